// What phone and display do over time: calls that come together, a connection that goes away, a day that ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { centre, password, startServer } from "./support/server.mjs";
import { display, phone, shownNumber, within } from "./support/steps.mjs";
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

/** Somebody of the staff, by the HTTP API. */
async function staff(login) {
  const ask = async (method, path, body, token) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const { token } = await ask("POST", "/session", { login, password });
  return (method, path, body) => ask(method, path, body, token);
}

test("two calls at once are each large for twelve seconds, and both are in sight from the first", async () => {
  const host = await staff("host");
  const needs = await host("GET", `/centres/${centre}/needs`);
  for (const need of needs) await host("POST", `/centres/${centre}/tickets`, { need: need.id, language: "fr" });
  const places = (await host("GET", `/centres/${centre}/desks`)).flatMap((desk) => desk.places);
  const screen = await visitor(browser, { size: sizes.display });
  await screen.page.goto(display(server.url));
  await screen.page.waitForSelector("[data-idle]:not([hidden])");

  const desks = await Promise.all([staff("counsellor1"), staff("counsellor8")]);
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

test("a phone that was cut off says so, catches up, and forgets the ticket when the day ends", async () => {
  const host = await staff("host");
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

  const coordinator = await staff("coordinator");
  await coordinator("POST", `/centres/${centre}/day/close`, { force: true });
  await within(4000, "the link is gone", async () => (await own.page.title()) === words.fr.phone.gone);
  assert.ok(!(await own.page.locator("header").isVisible()), "nothing of the ticket is left");
  await own.close();
});
