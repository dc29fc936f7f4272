// Lines that die without a word, browsers with many pages, proxies that answer for a server that is away.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { line } from "./support/line.mjs";
import { centre, program, startServer } from "./support/server.mjs";
import { alive, display, enter, kiosk, openPlace, openSettings, phone, showDisplay, shownNumber, signIn, staff, within } from "./support/steps.mjs";
import { plain, words } from "./support/words.mjs";

const t = words.fr;
/** Two beats are missing, and the page looks: twelve to fourteen seconds, on a machine that has time. */
const NOTICED = 25_000;
const BACK = 25_000;
let server;
let browser;
let way;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
beforeEach(async () => {
  way = await line(server.url);
});
afterEach(() => way.stop());
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function takeTicket() {
  const host = await staff(server.url, "host");
  return host("POST", `/centres/${centre}/tickets`, { need: "cv", language: "fr" });
}

const COUNSELLOR = "counsellor5";
const DESK = "4";

/** A counsellor's desk in a browser, with somebody who waits for it. */
async function atDesk(page, url) {
  await takeTicket();
  await signIn(page, url, COUNSELLOR);
  await openPlace(page, DESK);
  // The desk may be in sight before the page has its answer, and waits for that.
  await page.waitForSelector("button[aria-keyshortcuts=N]:not([aria-disabled])");
}

/** The last call to that desk, as every display knows it. */
async function lastCall() {
  const host = await staff(server.url, "host");
  const board = await host("GET", `/centres/${centre}/display`);
  const call = board.calls.find(({ desk }) => desk === DESK);
  return call && `${call.number} ${call.at}`;
}

/** Whoever was called waits again, and the desk is closed. */
async function leaveDesk() {
  const counsellor = await staff(server.url, COUNSELLOR);
  const desks = await counsellor("GET", `/centres/${centre}/desks`);
  const [place] = desks.find((desk) => desk.name === DESK).places;
  await counsellor("POST", `/places/${place.id}/undo`).catch(() => {});
  await counsellor("POST", `/places/${place.id}/close`);
}

test("every live page says within fifteen seconds that its line is dead, and comes back by itself", async () => {
  const { follow } = await takeTicket();
  const people = [];
  const open = async (size, go) => {
    const one = await visitor(browser, { size });
    people.push(one);
    await go(one.page);
    return one.page;
  };
  const mark = (page) => ({
    stale: async () => plain(await page.locator(".live").innerText()).startsWith(t.staff.stale.split("{")[0].trim()),
    live: () => page.locator(".live.on").isVisible(),
  });
  const pages = await Promise.all([
    open(sizes.staff, (page) => signIn(page, way.url, "host")).then(mark),
    open(sizes.staff, (page) => signIn(page, way.url, "counsellor1")).then(mark),
    open(sizes.staff, (page) => signIn(page, way.url, "manager1")).then(mark),
    open(sizes.staff, async (page) => {
      await signIn(page, way.url, "coordinator");
      await openSettings(page, way.url, "devices");
    }).then(mark),
    open(sizes.display, (page) => showDisplay(page, way.url)).then((page) => ({
      stale: () => page.locator("[data-stale]").isVisible(),
      live: () => page.locator("[data-stale]").isHidden(),
    })),
    open(sizes.phone, (page) => page.goto(phone(way.url, follow.split("/").at(-1)))).then((page) => ({
      stale: () => page.locator(".offline").isVisible(),
      live: () => page.locator(".offline").isHidden(),
    })),
    open(sizes.kiosk, (page) => enter(page, way.url, "kiosk")).then((page) => ({
      stale: () => page.locator("#offline").isVisible(),
      live: () => page.locator("#offline").isHidden(),
    })),
  ]);
  way.hold();
  const took = await Promise.all(pages.map((page, i) => within(NOTICED, `page ${i} says so`, page.stale)));
  way.release();
  await Promise.all(pages.map((page, i) => within(BACK, `page ${i} is back`, page.live)));
  console.log(`# said after ${took.map((ms) => (ms / 1000).toFixed(1)).join(", ")} s`);
  await Promise.all(people.map((one) => one.close()));
});

test("six displays, then Welcome and a desk in one browser: all are live, and N calls", async () => {
  const { context, page, close, assertCalm } = await visitor(browser, { size: sizes.display });
  await showDisplay(page, server.url);
  const displays = [page];
  while (displays.length < 6) {
    const other = await context.newPage();
    await other.goto(display(server.url));
    displays.push(other);
  }
  const welcome = await context.newPage();
  await signIn(welcome, server.url, "host");
  const desk = await context.newPage();
  await context.clearCookies();
  await atDesk(desk, server.url);
  await desk.keyboard.press("n");
  await within(5000, "N calls", lastCall);
  const [number] = (await lastCall()).split(" ");
  for (const shown of displays)
    await within(5000, "each display calls", async () => (await shownNumber(shown, "[data-now]")).includes(number));
  assertCalm((trouble) => /401|AudioContext/.test(trouble));
  await leaveDesk();
  await close();
});

test("N is repeated while the line is away for some seconds, and calls once", async () => {
  const { page, close } = await visitor(browser);
  await atDesk(page, way.url);
  const before = await lastCall();
  way.hold();
  await page.keyboard.press("n");
  await page.getByText(t.refusals.trying).waitFor();
  assert.equal(await lastCall(), before);
  way.release();
  await within(10_000, "somebody is called", async () => (await lastCall()) !== before);
  const called = await lastCall();
  await page.getByText(t.refusals.trying).waitFor({ state: "detached" });
  assert.equal(await lastCall(), called, "once");
  await leaveDesk();
  await close();
});

test("N that found no line for ten seconds is said to be not done, and is not done later", async () => {
  const { page, close } = await visitor(browser);
  await atDesk(page, way.url);
  const before = await lastCall();
  way.hold();
  await page.keyboard.press("n");
  await page.getByText(t.refusals.not_done).waitFor();
  way.release();
  await page.waitForSelector(".live.on", { timeout: BACK });
  await page.getByText(t.refusals.not_done).waitFor({ state: "detached" });
  assert.equal(await lastCall(), before);
  await leaveDesk();
  await close();
});

test("a phone's button that found no line says that it was not done, and is not done later", async () => {
  const ticket = await takeTicket();
  const { page, close } = await visitor(browser, { size: sizes.phone });
  await page.goto(phone(way.url, ticket.follow.split("/").at(-1)));
  await page.waitForLoadState("networkidle").catch(() => {});
  way.hold();
  await page.locator("footer form[action*=leave] button").click();
  await page.getByText(t.phone.not_done).waitFor();
  way.release();
  await page.locator(".offline").waitFor({ state: "hidden" });
  const host = await staff(server.url, "host");
  assert.equal((await host("GET", `/tickets/${ticket.id}`)).state, "waiting");
  await close();
});

test("what a host counted can be undone after the page was loaded again, and another host's cannot", async () => {
  const { page, close } = await visitor(browser);
  await signIn(page, server.url, "host");
  const total = () => page.locator(".counter-total").nth(1).innerText();
  const before = Number(await total());
  const counted = (n) => within(5000, `${n} counted`, async () => Number(await total()) === before + n);
  await page.keyboard.press("2");
  await counted(1);
  const other = await staff(server.url, "coordinator");
  await other("POST", `/centres/${centre}/counts`, { what: "quick_answer" });
  await counted(2);
  await page.reload();
  await alive(page);
  await page.keyboard.press("u");
  await counted(1);
  await page.getByRole("button", { name: t.welcome.undo_count }).waitFor({ state: "detached" });
  await close();
});

test("a kiosk and a display that are opened while a proxy answers 502 come back alone", async () => {
  const { context, page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, way.url, "kiosk");
  await page.waitForSelector("body.kiosk");
  const board = await context.newPage();
  await board.goto(display(way.url, "ar"));
  for (const one of [page, board]) await one.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  way.away(true);
  await Promise.all([page.goto(kiosk(way.url)), board.goto(display(way.url, "ar"))]);
  assert.equal(await page.locator("h1").first().innerText(), t.home.back_soon);
  assert.equal(await board.locator("h1").first().innerText(), words.ar.home.back_soon);
  way.away(false);
  await Promise.all([page.waitForSelector("body.kiosk"), board.waitForSelector("[data-idle]", { state: "attached" })]);
  // Nothing of a visit is kept.
  assert.deepEqual(await page.evaluate(async () => [await caches.keys(), { ...localStorage }]), [[], {}]);
  await close();
});

test("a kiosk that was never there starts with a page of its own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parvis-start-"));
  const file = join(folder, "start.html");
  writeFileSync(file, execFileSync(program, ["start-page", display(way.url)]));
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  way.away(true);
  await page.goto(`file://${file}`);
  assert.equal(await page.locator("h1").first().innerText(), t.home.back_soon);
  way.away(false);
  await page.waitForSelector("body.enrolment");
  assert.ok(page.url().startsWith(way.url));
  await close();
  rmSync(folder, { recursive: true });
});
