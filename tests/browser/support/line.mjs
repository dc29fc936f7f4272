// A line to the server that can fail as real ones do.
import { connect, createServer } from "node:net";

const AWAY = "<h1>502 Bad Gateway</h1>";
const BAD_GATEWAY = `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: ${AWAY.length}\r\nconnection: close\r\n\r\n${AWAY}`;

/**
 * Stands before the server. `hold()`: no byte passes any more, and nothing is closed; `release()`: what waited passes.
 * `away(true)`: answers 502 for a server that is not there.
 */
export async function line(url) {
  const { hostname, port } = new URL(url);
  const sockets = new Set();
  let held = false;
  let isAway = false;
  const kept = (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (held) socket.pause();
    return socket;
  };
  const pass = (from, to) => {
    from.on("data", (bytes) => to.write(bytes));
    from.on("end", () => to.end());
    from.on("close", () => to.destroy());
    if (held) from.pause();
  };
  const proxy = createServer((client) => {
    kept(client);
    if (isAway) return client.once("data", () => client.end(BAD_GATEWAY));
    const server = kept(connect(Number(port), hostname));
    pass(client, server);
    pass(server, client);
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    hold() {
      held = true;
      sockets.forEach((socket) => socket.pause());
    },
    release() {
      held = false;
      sockets.forEach((socket) => socket.resume());
    },
    away(is) {
      isAway = is;
      sockets.forEach((socket) => socket.destroy());
    },
    stop() {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((done) => proxy.close(done));
    },
  };
}
