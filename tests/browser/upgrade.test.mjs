// Pages that stay open while the server is upgraded.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { alive, enter, phone, signIn, takeTicketAtKiosk, within } from "./support/steps.mjs";
import { upgradable } from "./support/upgrade.mjs";
import { words } from "./support/words.mjs";

const t = words.fr;
// A page that is loaded again closes the line that it was just opening.
const REFUSED = (trouble) => /ERR_|AudioContext|preloaded|closed before the connection/.test(trouble);
let server;
let browser;
let way;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
beforeEach(async () => {
  way = await upgradable(server.url);
});
afterEach(() => way.stop());
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The next connection to the server. */
const hears = (page) => {
  const isLive = (line) => /\/live(\/|$)/.test(new URL(line.url()).pathname);
  const options = { predicate: isLive, timeout: 20_000 };
  return Promise.any([page.waitForEvent("response", options), page.waitForEvent("websocket", options)]);
};
/** Remembers the page as it is now. */
const remember = (page) => page.evaluate(() => void (window.remembered = true));
const isRemembered = (page) => page.evaluate(() => window.remembered === true).catch(() => undefined);
const isLoadedAgain = async (page) => (await isRemembered(page)) === false;

/** Lets a minute and a half go by in the page, so that everything that waits for its time has had it. */
async function later(page) {
  for (let i = 0; i < 10; i += 1) {
    await page.clock.runFor(9_000).catch(() => {});
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function withClock(size) {
  const one = await visitor(browser, { size });
  await one.page.clock.install();
  return one;
}

/** A page that listens to the server is loaded again once, by itself, after an upgrade, and not without one. */
async function assertRenewed(page) {
  await remember(page);
  await later(page);
  assert.ok(await isRemembered(page), "no other build answered");
  const back = hears(page);
  way.upgrade();
  await back;
  await later(page);
  await within(10_000, "the page is loaded again", () => isLoadedAgain(page));
  await page.waitForSelector("html[data-build=another-build-ok]");
  await remember(page);
  await later(page);
  assert.ok(await isRemembered(page), "once is enough");
}

for (const screen of ["display", "kiosk"])
  test(`the ${screen} is loaded again after an upgrade`, async () => {
    const { page, close, assertCalm } = await withClock(sizes[screen]);
    await enter(page, way.url, screen);
    await page.waitForLoadState();
    await assertRenewed(page);
    assertCalm(REFUSED);
    await close();
  });

test("a phone is loaded again after an upgrade, but not while its sound is on", async () => {
  const guest = await visitor(browser, { size: sizes.kiosk });
  await enter(guest.page, way.url, "kiosk");
  const { token } = await takeTicketAtKiosk(guest.page);
  await guest.close();
  const loud = await withClock(sizes.phone);
  await loud.page.goto(phone(way.url, token));
  await loud.page.getByRole("button", { name: t.phone.sound }).click();
  await loud.page.locator("[data-sound] button[aria-pressed=true]").waitFor();
  await remember(loud.page);
  const own = await withClock(sizes.phone);
  await own.page.goto(phone(way.url, token));
  await Promise.all([assertRenewed(own.page), hears(loud.page)]);
  await later(loud.page);
  assert.ok(await isRemembered(loud.page), "it can still ring");
  for (const one of [own, loud]) {
    one.assertCalm(REFUSED);
    await one.close();
  }
});

test("a staff page is loaded again after an upgrade, once nothing is open or typed in it", async () => {
  const { page, close, assertCalm } = await withClock(sizes.staff);
  await signIn(page, way.url, "host");
  await remember(page);
  await page.getByRole("button", { name: new RegExp(`^${t.welcome.take}`) }).first().click();
  await page.locator(".panel").waitFor();
  const back = hears(page);
  way.upgrade();
  await back;
  await alive(page);
  await later(page);
  assert.ok(await isRemembered(page), "a panel is open");
  await page.locator(".panel").getByRole("button", { name: t.staff.close_panel }).click();
  await page.locator("input[type=search]").fill("12");
  await later(page);
  assert.ok(await isRemembered(page), "something is typed");
  await page.locator("input[type=search]").fill("");
  await later(page);
  await within(10_000, "the page is loaded again", () => isLoadedAgain(page));
  await alive(page);
  await remember(page);
  await later(page);
  assert.ok(await isRemembered(page), "once is enough");
  assertCalm(REFUSED);
  await close();
});

test("a page whose texts the program cannot read is loaded again once, and then stays as the server made it", async () => {
  const { page, close, assertCalm } = await visitor(browser);
  await signIn(page, server.url, "host");
  let loaded = 0;
  await page.route("**/fr/welcome", async (route) => {
    loaded += 1;
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/"keys":"[^"]+"/, '"keys":"of another build"');
    await route.fulfill({ response: answer, body });
  });
  await page.goto(`${server.url}/fr/welcome`);
  await within(10_000, "the page is loaded again", () => loaded === 2);
  await page.waitForLoadState("networkidle");
  assert.equal(loaded, 2);
  const take = page.getByRole("button", { name: new RegExp(`^${t.welcome.take}`) }).first();
  assert.ok(await take.isVisible(), "what the server wrote is there");
  assert.equal(await page.locator(".live.on").count(), 0);
  assertCalm();
  await close();
});
