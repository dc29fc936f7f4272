// What phone and display do over time: calls that come together, a connection that goes away, a day that ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { centre, startServer } from "./support/server.mjs";
import { phone, showDisplay, shownNumber, staff, within } from "./support/steps.mjs";
import { words } from "./support/words.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("two calls at once are each large for twelve seconds, and both are in sight from the first", async () => {
  const host = await staff(server.url, "host");
  const needs = await host("GET", `/centres/${centre}/needs`);
  for (const need of needs) await host("POST", `/centres/${centre}/tickets`, { need: need.id, language: "fr" });
  const places = (await host("GET", `/centres/${centre}/desks`)).flatMap((desk) => desk.places);
  const screen = await visitor(browser, { size: sizes.display });
  await showDisplay(screen.page, server.url);
  await screen.page.waitForSelector("[data-idle]:not([hidden])");

  const desks = await Promise.all([staff(server.url, "counsellor1"), staff(server.url, "counsellor8")]);
  await Promise.all(desks.map((desk, i) => desk("POST", `/places/${places[i].id}/open`, {})));
  const called = await Promise.all(desks.map((desk, i) => desk("POST", `/places/${places[i].id}/next`)));
  const numbers = called.map((ticket) => ticket.number);
  assert.ok(numbers.every(Boolean), JSON.stringify(called));

  const large = () => shownNumber(screen.page, "[data-hero]");
  await within(2000, "one is large", async () => numbers.includes(await large()));
  const from = Date.now();
  const first = await large();
  const second = numbers.find((number) => number !== first);
  const waiting = screen.page.locator("[data-recent] li.new");
  await within(2000, "the other is in the list", async () => (await waiting.count()) === 1);
  assert.equal(await shownNumber(screen.page, "[data-recent] li.new .number"), second);
  await within(16_000, "the other is large", async () => (await large()) === second);
  const dwelt = Date.now() - from;
  assert.ok(dwelt >= 11_500, `the first was large for ${dwelt} ms only`);
  assert.equal(await waiting.count(), 0);
  await screen.close();
});

test("while everything stands still a phone promises no call, and says why in every language", async () => {
  const host = await staff(server.url, "host");
  const { follow } = await host("POST", `/centres/${centre}/tickets`, { need: null, language: "ar" });
  const own = await visitor(browser, { size: sizes.phone });
  await own.page.goto(phone(server.url, follow.split("/").at(-1)));
  const said = (reason) => ["ar", "fr", "en"].map((language) => words[language].common[`suspended_${reason}`]);
  for (const reason of ["power_cut", "fire_alarm"]) {
    await host("POST", `/centres/${centre}/day/suspend`, { reason });
    await own.page.waitForSelector(`[data-halted=${reason}]:not([hidden])`);
    assert.deepEqual(await own.page.locator(`[data-halted=${reason}] > [lang]`).allInnerTexts(), said(reason));
    assert.ok(!(await own.page.locator("[data-when=waiting]").first().isVisible()), "nobody is called");
    assert.ok(!(await own.page.locator("footer").isVisible()), "no wish is heard");
    assert.equal(await own.page.locator("header").isVisible(), reason === "power_cut", "an alarm has the whole screen");
    await host("POST", `/centres/${centre}/day/resume`);
    await own.page.locator("[data-when=waiting] h1").filter({ visible: true }).first().waitFor();
  }
  await own.close();
});

test("a phone that was cut off says so, catches up, and forgets the ticket when the day ends", async () => {
  const host = await staff(server.url, "host");
  const { follow } = await host("POST", `/centres/${centre}/tickets`, { need: null, language: "fr" });
  const own = await visitor(browser, { size: sizes.phone });
  await own.page.goto(phone(server.url, follow.split("/").at(-1)));
  await own.context.setOffline(true);
  await own.page.waitForSelector(".offline:not([hidden])");
  await host("POST", `/centres/${centre}/message`, { message: { ready: "quieter" } });
  await own.context.setOffline(false);
  await own.page.waitForSelector("[data-say=quieter]:not([hidden])");
  // It is connected again, and says so no later than the newest line.
  await own.page.waitForSelector(".offline", { state: "hidden", timeout: 5000 });

  const coordinator = await staff(server.url, "coordinator");
  await coordinator("POST", `/centres/${centre}/day/close`, { force: true });
  await within(4000, "the link is gone", async () => (await own.page.title()) === words.fr.phone.gone);
  assert.ok(!(await own.page.locator("header").isVisible()), "nothing of the ticket is left");
  await own.close();
});
