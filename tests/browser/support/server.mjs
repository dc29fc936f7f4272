// The program under test: a demo of its own on a free port, with a database of its own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export const program = resolve(process.env.PARVIS ?? join(root, "target/debug/parvis"));
export const password = "only-for-browser-tests";
/** The demo's centre. */
export const centre = "valmont";

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Starts the demo and answers once it is ready. */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "parvis-browser-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const database = `sqlite:${join(folder, "demo.db")}`;
  const listen = ["--listen", `127.0.0.1:${port}`, "--database", database];
  // Whether all is tried, or a part, is no matter of the program's.
  const { PARVIS_SOAK: _, ...own } = process.env;
  const env = { ...own, PARVIS_DEMO_PASSWORD: password };
  const child = spawn(program, ["serve", "--demo=empty", ...listen], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const pipe of [child.stdout, child.stderr]) pipe.on("data", (bytes) => (said += bytes));
  const ended = new Promise((done) => child.once("exit", done));
  const stopNow = () => child.kill("SIGKILL");
  process.once("exit", stopNow);

  const until = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
    if (ready) break;
    if (child.exitCode !== null || Date.now() > until) {
      stopNow();
      throw new Error(`the program did not get ready:\n${said}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    url,
    database,
    log: () => said,
    async stop() {
      child.kill("SIGTERM");
      const late = setTimeout(stopNow, 5_000);
      await ended;
      clearTimeout(late);
      process.removeListener("exit", stopNow);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
