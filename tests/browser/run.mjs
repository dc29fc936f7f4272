// Runs every journey of this folder against the program named by PARVIS, one file after the other.
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { program } from "./support/server.mjs";

if (!existsSync(program)) {
  console.error(`${program} is not there: build it with \`make programs bundle\`, or name it with PARVIS=…`);
  process.exit(1);
}
const folder = fileURLToPath(new URL(".", import.meta.url));
const asked = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => asked.length === 0 || asked.some((part) => name.includes(part)))
  .sort()
  .map((name) => `${folder}${name}`);
// One at a time: timings such as "within two seconds" mean something only on a machine that is not overrun.
const patience = process.env.PARVIS_SOAK ? 7_200_000 : 480_000;
const options = ["--test", "--test-concurrency=1", "--test-reporter=tap", `--test-timeout=${patience}`];
const runner = spawn(process.execPath, [...options, ...files], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => runner.kill(signal));
runner.on("exit", (code) => process.exit(code ?? 1));
