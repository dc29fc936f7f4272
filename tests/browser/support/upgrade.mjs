// The server as it is after an upgrade: a way to it on which everything says that another build answers.
import { createServer, request } from "node:http";
import { pipeline, Transform } from "node:stream";

const OTHER = "another-build-ok";

/** Stands before the server; `upgrade()` cuts every connection, and from then on names another build. */
export async function upgradable(url) {
  const { build } = /data-build="(?<build>[^"]+)"/.exec(await (await fetch(url)).text()).groups;
  let isUpgraded = false;
  const renamed = () =>
    new Transform({
      transform: (bytes, _, done) => done(null, isUpgraded ? bytes.toString().replaceAll(build, OTHER) : bytes),
    });
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers, "accept-encoding": "identity" };
    const onward = request(url + asked.url, { method: asked.method, headers }, (answered) => {
      const { "content-length": _, ...kept } = answered.headers;
      if (isUpgraded && kept["parvis-build"]) kept["parvis-build"] = OTHER;
      answer.writeHead(answered.statusCode, kept);
      const isText = /^text\/(html|event-stream)/.test(kept["content-type"] ?? "");
      pipeline(isText ? [answered, renamed(), answer] : [answered, answer], () => {});
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    pipeline(asked, onward, () => {});
  });
  await new Promise((done) => proxy.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    upgrade() {
      isUpgraded = true;
      proxy.closeAllConnections();
    },
    stop() {
      proxy.closeAllConnections();
      return new Promise((done) => proxy.close(done));
    },
  };
}
