// A real browser, and what is watched on every page: an error in the console or a refused resource fails the test.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import axe from "@axe-core/playwright";
import { chromium } from "playwright-core";

const AxeBuilder = axe.default ?? axe;
const output = fileURLToPath(new URL("../output/", import.meta.url));
const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const sizes = {
  kiosk: { width: 1080, height: 1920 },
  kioskWide: { width: 1920, height: 1080 },
  phone: { width: 390, height: 844 },
  display: { width: 1920, height: 1080 },
  staff: { width: 1440, height: 900 },
};

/** A browser; `letters` is the size in pixels that its user set for texts. */
export async function startBrowser({ letters = 16 } = {}) {
  const executablePath = places.find((path) => path && existsSync(path));
  assert.ok(executablePath, "no Chromium: name one with CHROMIUM=…");
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", `--blink-settings=defaultFontSize=${letters}`, ...quiet];
  return chromium.launch({ executablePath, args });
}

/** Somebody with a browser of their own: cookies, language and size are theirs. */
export async function visitor(browser, { size = sizes.staff, locale = "fr-FR", script = true } = {}) {
  const context = await browser.newContext({ viewport: size, locale, javaScriptEnabled: script, reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  const troubles = [];
  context.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => troubles.push(`uncaught: ${error.error()}`));
  context.on("response", (answer) => {
    if (answer.status() >= 400) troubles.push(`${answer.status()}: ${answer.url()}`);
  });
  return {
    context,
    page: await context.newPage(),
    troubles,
    /** Nothing went wrong that a person would not see. */
    assertCalm(allowed = () => false) {
      const left = troubles.filter((trouble) => !allowed(trouble));
      assert.deepEqual(left, [], "the browser complained");
    },
    close: () => context.close(),
  };
}

/** No violation of any weight, as far as a machine can tell. (No page has frames: the quicker mode sees everything.) */
export async function assertAccessible(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const said = violations.map((v) => {
    const where = v.nodes.slice(0, 3).map((n) => `    ${n.target.join(" ")}\n      ${n.html.slice(0, 200)}\n      ${n.failureSummary?.replace(/\n\s*/g, " ")}`);
    return `  ${v.id} (${v.impact}, ${v.nodes.length}×): ${v.help}\n${where.join("\n")}`;
  });
  assert.equal(violations.length, 0, `${name}, ${page.url()}\n${said.join("\n")}`);
}

/** A picture of the page, if SCREENSHOTS is set. */
export async function picture(page, name) {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(output, { recursive: true });
  await page.screenshot({ path: `${output}${name}.png` });
}

/** Nothing is cut off at the side, of the page or of the part of it that is moved. */
export async function assertFitsWidth(page, name) {
  const wide = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll(".pane")]
    .filter((e) => e.scrollWidth > e.clientWidth)
    .map((e) => `${e.className} is ${e.scrollWidth} px wide in ${e.clientWidth} px`));
  assert.deepEqual(wide, [], name);
  const outside = await page.evaluate(() => [...document.querySelectorAll("svg text")].filter((text) => {
    const [own, frame] = [text, text.ownerSVGElement].map((e) => e.getBoundingClientRect());
    return own.width > 0 && (own.left < frame.left - 1 || own.right > frame.right + 1);
  }).map((text) => text.textContent));
  assert.deepEqual(outside, [], `${name}: words outside of their picture`);
}
