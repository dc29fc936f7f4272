// The server as it is after an upgrade: a way to it on which everything says that another build answers.
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { pipeline, Transform } from "node:stream";

const OTHER = "another-build-ok";

/** Stands before the server; `upgrade()` cuts every connection, and from then on names another build. */
export async function upgradable(url) {
  const { build } = /data-build="(?<build>[^"]+)"/.exec(await (await fetch(url)).text()).groups;
  let isUpgraded = false;
  const sockets = new Set();
  // The other name is as long, so that a socket's frames stay whole.
  const rename = (bytes) => Buffer.from(bytes.toString("latin1").replaceAll(build, OTHER), "latin1");
  const renamed = () =>
    new Transform({ transform: (bytes, _, done) => done(null, isUpgraded ? rename(bytes) : bytes) });
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers, "accept-encoding": "identity" };
    const onward = request(url + asked.url, { method: asked.method, headers }, (answered) => {
      const { "content-length": _, ...kept } = answered.headers;
      answer.writeHead(answered.statusCode, kept);
      const isText = /^text\/(html|event-stream)/.test(kept["content-type"] ?? "");
      pipeline(isText ? [answered, renamed(), answer] : [answered, answer], () => {});
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    pipeline(asked, onward, () => {});
  });
  proxy.on("upgrade", (asked, client) => {
    const { hostname, port } = new URL(url);
    const server = connect(Number(port), hostname);
    const headers = asked.rawHeaders.flatMap((name, i, all) => (i % 2 ? [] : [`${name}: ${all[i + 1]}`]));
    server.write([`GET ${asked.url} HTTP/1.1`, ...headers, "", ""].join("\r\n"));
    sockets.add(client);
    client.on("close", () => sockets.delete(client));
    pipeline(server, renamed(), client, () => {});
    pipeline(client, server, () => {});
  });
  const cut = () => {
    sockets.forEach((socket) => socket.destroy());
    proxy.closeAllConnections();
  };
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    upgrade() {
      isUpgraded = true;
      cut();
    },
    stop() {
      cut();
      return new Promise((done) => proxy.close(done));
    },
  };
}
