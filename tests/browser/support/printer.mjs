// A receipt printer on the network, and what comes out of it.
import assert from "node:assert/strict";
import { createServer } from "node:net";

const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04]);
const HAS_PAPER = Buffer.from([0x12]);

/** A printer on a port of its own, which has paper; `next()` gives the bytes of its next receipt. */
export async function startPrinter() {
  const [printed, waiting] = [[], []];
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    let bytes = Buffer.alloc(0);
    socket.on("data", (more) => {
      bytes = Buffer.concat([bytes, more]);
      if (!bytes.subarray(-ASK_PAPER.length).equals(ASK_PAPER)) return;
      bytes = bytes.subarray(0, -ASK_PAPER.length);
      socket.write(HAS_PAPER);
    });
    socket.on("end", () => (waiting.length ? waiting.shift()(bytes) : printed.push(bytes)));
    socket.on("error", () => {});
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    address: `127.0.0.1:${server.address().port}`,
    next: () => (printed.length ? Promise.resolve(printed.shift()) : new Promise((done) => waiting.push(done))),
    stop() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}

/** The raster images of a receipt, in order: dots across, rows, and their bytes. */
export function pictures(bytes) {
  const found = [];
  const command = Buffer.from([0x1d, 0x76, 0x30, 0x00]);
  for (let at = bytes.indexOf(command); at >= 0; at = bytes.indexOf(command, at)) {
    const [across, rows] = [bytes.readUInt16LE(at + 4), bytes.readUInt16LE(at + 6)];
    const dots = bytes.subarray(at + 8, at + 8 + across * rows);
    assert.equal(dots.length, across * rows, "a picture is whole");
    found.push({ width: across * 8, rows, dots });
    at += 8 + across * rows;
  }
  return found;
}
