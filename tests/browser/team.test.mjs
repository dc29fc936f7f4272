// The host, the coordinator and the settings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { alive, enter, kiosk, openPlace, openSettings, phone, showDisplay, signIn, takeTicketAtKiosk } from "./support/steps.mjs";
import { words } from "./support/words.mjs";

const t = words.fr;
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** A button by how its words begin; a name's no-break spaces are read as any other. */
const press = (page, name) => page.getByRole("button", { name: new RegExp(`^${name.replaceAll(/\s+/g, "\\s+")}`) }).first().click();

test("the host counts with one touch, and takes it back", async () => {
  const { page, close, assertCalm } = await visitor(browser);
  await signIn(page, server.url, "host");
  const total = page.locator(".counter-total").first();
  assert.equal(await total.innerText(), "0");
  await press(page, t.welcome.came_in);
  await total.filter({ hasText: /^1$/ }).waitFor();
  await page.locator(".counter button").first().and(page.locator(":not([aria-disabled])")).waitFor();
  await page.keyboard.press("1");
  await total.filter({ hasText: /^2$/ }).waitFor();
  await press(page, t.welcome.undo_count);
  await total.filter({ hasText: /^1$/ }).waitFor();
  assertCalm();
  await close();
});

test("a number for somebody on the telephone is called, but not on the display; messages are shown there", async () => {
  const screen = await visitor(browser, { size: sizes.display });
  await showDisplay(screen.page, server.url);
  const host = await visitor(browser);
  await signIn(host.page, server.url, "host");
  await press(host.page, t.welcome.take);
  const panel = host.page.locator(".panel");
  await panel.getByRole("button", { name: "CV, candidature" }).click();
  await panel.getByLabel(t.desk.by_phone).check();
  await press(panel, t.welcome.take_now);
  const number = await panel.locator(".given-number").innerText();
  assert.match(await panel.locator(".given").innerText(), new RegExp(t.welcome.read_out));
  await panel.getByRole("button", { name: t.staff.close_panel }).click();

  const desk = await visitor(browser);
  await signIn(desk.page, server.url, "counsellor5");
  await openPlace(desk.page, "3");
  assert.equal(await desk.page.locator(".who.next .who-number").innerText(), number);
  await desk.page.keyboard.press("n");
  await desk.page.getByText(t.desk.not_called_aloud).waitFor();
  await host.page.locator(".row-time", { hasText: "Bureau 3" }).waitFor();

  await press(host.page, t.welcome.message);
  await press(host.page, t.common.message_closing_soon);
  await screen.page.locator("[data-say=closing_soon]", { hasText: t.common.message_closing_soon }).waitFor({ timeout: 2000 });
  assert.ok(await screen.page.locator("[data-idle]").isVisible(), "the display called nobody");
  assert.ok(!(await screen.page.content()).includes(number), "the display does not know the number");

  await press(host.page, t.welcome.message);
  await press(host.page, t.welcome.message_take_away);
  await screen.page.locator("[data-message]").waitFor({ state: "hidden", timeout: 2000 });
  screen.assertCalm((trouble) => trouble.includes("AudioContext"));
  for (const one of [host, desk]) one.assertCalm();
  for (const one of [host, desk, screen]) await one.close();
});

test("when everything is suspended, kiosk, phone, display and desk say so, and go on afterwards", async () => {
  const guest = await visitor(browser, { size: sizes.kiosk });
  await enter(guest.page, server.url, "kiosk");
  const { token } = await takeTicketAtKiosk(guest.page);
  await guest.page.goto(kiosk(server.url));
  const own = await visitor(browser, { size: sizes.phone });
  await own.page.goto(phone(server.url, token));
  const screen = await visitor(browser, { size: sizes.display });
  await showDisplay(screen.page, server.url);
  const desk = await visitor(browser);
  await signIn(desk.page, server.url, "counsellor6");
  const host = await visitor(browser);
  await signIn(host.page, server.url, "host");

  await host.page.getByText(t.welcome.pause_all).click();
  await press(host.page, t.welcome.fire_alarm);
  await screen.page.waitForSelector("body[data-state=fire_alarm]", { timeout: 2000 });
  await own.page.waitForSelector("body[data-halt=fire_alarm]", { timeout: 2000 });
  await guest.page.getByRole("heading", { name: t.kiosk.fire_alarm }).waitFor({ timeout: 4000 });
  await desk.page.getByRole("heading", { name: t.alarm.title_leave }).waitFor({ timeout: 2000 });
  await host.page.getByRole("heading", { name: t.alarm.title, exact: true }).waitFor();
  await host.page.keyboard.press("f");
  await host.page.getByText(t.alarm.undo, { exact: true }).waitFor();
  await host.page.reload();
  await host.page.getByText(t.alarm.undo, { exact: true }).waitFor();
  assert.ok(!(await desk.page.getByRole("button", { name: t.alarm.resume }).isVisible()), "whoever leaves does not resume");

  const resume = host.page.getByRole("button", { name: t.alarm.resume });
  await resume.click();
  assert.ok(await host.page.locator(".alarm").isVisible(), "a hurried touch changes nothing");
  await resume.click({ delay: 2300 });
  await screen.page.waitForSelector("body[data-state=open]", { timeout: 2000 });
  await own.page.waitForSelector("body:not([data-halt=fire_alarm])[data-is=waiting]", { timeout: 2000 });
  await guest.page.getByRole("heading", { name: t.kiosk.what_brings_you }).waitFor({ timeout: 4000 });
  await desk.page.locator(".alarm").waitFor({ state: "detached", timeout: 2000 });
  screen.assertCalm((trouble) => trouble.includes("AudioContext"));
  for (const one of [guest, own, desk, host]) one.assertCalm();
  for (const one of [guest, own, desk, host, screen]) await one.close();
});

test("while everything is suspended, nothing invites to what cannot be done", async () => {
  const desk = await visitor(browser);
  await signIn(desk.page, server.url, "counsellor6");
  const host = await visitor(browser);
  await signIn(host.page, server.url, "host");
  const give = host.page.getByRole("button", { name: t.welcome.take });
  await openPlace(desk.page, "4");
  await press(host.page, t.welcome.take);
  await host.page.locator(".panel").getByRole("button", { name: "CV, candidature" }).click();
  await press(host.page.locator(".panel"), t.welcome.take_now);
  await host.page.locator(".given-number").waitFor();
  await host.page.getByRole("button", { name: t.staff.close_panel }).click();
  const next = desk.page.locator(".here .acts .action.main");
  await next.waitFor();
  await host.page.getByText(t.welcome.pause_all).click();
  await press(host.page, t.welcome.power_cut);
  await desk.page.getByRole("heading", { name: t.desk.nobody_is_called }).waitFor({ timeout: 2000 });
  for (const invitation of [give, next]) await invitation.waitFor({ state: "detached", timeout: 2000 });
  assert.ok(!(await desk.page.getByText(t.desk.free, { exact: true }).isVisible()));
  await press(host.page, t.welcome.resume_day);
  for (const invitation of [give, next]) await invitation.waitFor({ timeout: 2000 });
  for (const one of [desk, host]) one.assertCalm();
  for (const one of [desk, host]) await one.close();
});

test("who speaks a language that nobody here speaks is one cause: one touch for all, and its undo", async () => {
  const host = await visitor(browser);
  await signIn(host.page, server.url, "host");
  const take = async (people) => {
    await press(host.page, t.welcome.take);
    const panel = host.page.locator(".panel");
    await panel.getByRole("button", { name: "CV, candidature" }).click();
    await panel.locator("select").selectOption("ti");
    await panel.getByLabel(String(people), { exact: true }).check();
    await press(panel, t.welcome.take_now);
    await panel.locator(".given-number").waitFor();
    await panel.getByRole("button", { name: t.staff.close_panel }).click();
  };
  await take(1);
  await take(9);
  const cards = host.page.locator(".cause", { hasText: words.fr.languages.ti });
  await cards.filter({ hasText: /^10/ }).waitFor();
  assert.equal(await cards.count(), 1, "one cause, one card");

  const { page } = await visitor(browser);
  await signIn(page, server.url, "coordinator");
  await page.goto(`${server.url}/fr/centre`);
  await alive(page);
  const card = page.locator(".cause", { hasText: words.fr.languages.ti });
  assert.match(await card.innerText(), /10 personnes/);
  await card.getByRole("button", { name: new RegExp(t.causes.interpreter) }).click();
  await card.waitFor({ state: "detached", timeout: 5000 });
  await page.getByRole("button", { name: t.causes.undo }).click();
  await card.waitFor({ timeout: 5000 });
  await card.getByRole("button", { name: new RegExp(t.causes.interpreter) }).click();
  await cards.waitFor({ state: "detached", timeout: 5000 });
  host.assertCalm();
  await host.close();
  await page.context().close();
});

test("the coordinator sees the day, and a rule that is saved stays", async () => {
  const { page, close, assertCalm } = await visitor(browser);
  await signIn(page, server.url, "coordinator");
  await page.goto(`${server.url}/fr/centre`);
  await alive(page);
  await page.getByRole("heading", { name: t.centre.title }).waitFor();
  await page.getByRole("link", { name: t.staff.page_settings }).click();
  await page.getByRole("link", { name: t.settings.rules, exact: true }).click();
  const promise = page.getByLabel(t.settings.promise);
  await promise.fill("25");
  await page.getByRole("button", { name: t.settings.save }).click();
  await page.getByRole("status").filter({ hasText: t.settings.saved }).waitFor();
  await page.reload();
  assert.equal(await page.getByLabel(t.settings.promise).inputValue(), "25");
  assertCalm();
  await close();
});

test("a kiosk is enrolled by the code that it shows, and keeps the language of its address", async () => {
  const device = await visitor(browser, { size: sizes.kiosk });
  await device.page.goto(`${server.url}/k/valmont/en`);
  assert.equal(await device.page.getAttribute("html", "lang"), "en");
  await device.page.getByRole("button", { name: words.en.kiosk.enrol_ask }).click();
  const code = device.page.getByText(/^[A-Z0-9]{6}$/);
  await code.waitFor();
  const coordinator = await visitor(browser);
  await signIn(coordinator.page, server.url, "coordinator");
  await openSettings(coordinator.page, server.url, "devices");
  await coordinator.page.getByLabel(t.settings.code).fill(await code.innerText());
  await coordinator.page.locator("form.form").getByLabel(t.settings.device_name).fill("Borne du fond");
  await coordinator.page.getByRole("button", { name: t.settings.enrol_now }).click();
  await device.page.getByRole("heading", { name: words.en.kiosk.what_brings_you }).waitFor({ timeout: 10_000 });
  coordinator.assertCalm();
  device.assertCalm();
  await coordinator.close();
  await device.close();
});
