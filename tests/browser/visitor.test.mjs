// A visitor: kiosk, phone and display, with a counsellor at work in another browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { centre, startServer } from "./support/server.mjs";
import { enter, kiosk, openPlace, phone, showDisplay, shownNumber, signIn, staff, takeTicketAtKiosk, within } from "./support/steps.mjs";
import { plain, words } from "./support/words.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("at the kiosk, in French: space, question, language, number; and taken back", async () => {
  const { page, close, assertCalm } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  assert.equal(new URL(page.url()).pathname, "/k/valmont/fr");
  const { token } = await takeTicketAtKiosk(page);

  assert.ok(await page.locator(".code svg").isVisible(), "a code for the phone");
  assert.equal((await fetch(phone(server.url, token))).status, 200);
  const number = plain(await page.locator(".hero").innerText());

  await page.getByRole("button", { name: words.fr.kiosk.mistake }).click();
  await page.waitForURL(/\/taken-back\//);
  const said = words.fr.kiosk.taken_back.replace("{number}", number);
  assert.equal(plain(await page.locator("h1").innerText()), said);
  const gone = await fetch(phone(server.url, token));
  assert.ok(!(await gone.text()).includes('data-is="waiting"'), "nobody waits for it any more");
  assertCalm();
  await close();
});

test("every screen of the first page opens", async () => {
  const { page, close } = await visitor(browser);
  await page.goto(`${server.url}/?lang=fr`);
  const screens = await page.locator("button[name=screen]").evaluateAll((buttons) => buttons.map((button) => button.value));
  assert.equal(screens.length, 8);
  for (const screen of screens) {
    await enter(page, server.url, screen);
    await page.waitForURL((url) => url.pathname !== "/");
    assert.equal((await page.reload()).status(), 200, screen);
  }
  await close();
});

test("the kiosk without script: the same by plain forms", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kioskWide, script: false });
  await enter(page, server.url, "kiosk");
  const first = await takeTicketAtKiosk(page);
  await page.getByRole("button", { name: words.fr.kiosk.mistake }).click();
  await page.waitForURL(/\/taken-back\//);
  await page.getByRole("link", { name: words.fr.kiosk.choose_again }).click();
  const second = await takeTicketAtKiosk(page);
  assert.notEqual(second.number, first.number);
  await close();
});

test("every language is offered by its own name, in letters that Parvis brings along", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url)}/need/cv?how=interpreter`);
  const strange = await page.evaluate(async () => {
    await document.fonts.ready;
    const loaded = [...document.fonts].filter((face) => face.status === "loaded");
    const ranges = loaded.flatMap((face) => face.unicodeRange.split(",")).map((range) => {
      const [from, to = from] = range.trim().slice(2).split("-");
      return [from.replaceAll("?", "0"), to.replaceAll("?", "F")].map((code) => Number.parseInt(code, 16));
    });
    const known = (letter) => ranges.some(([from, to]) => from <= letter.codePointAt(0) && letter.codePointAt(0) <= to);
    const names = [...document.querySelectorAll(".talk [lang]")].map((name) => name.textContent.trim());
    return { count: names.length, unknown: names.filter((name) => ![...name.replaceAll(/\s/g, "")].every(known)) };
  });
  assert.ok(strange.count > 30, `${strange.count} names`);
  assert.deepEqual(strange.unknown, []);
  await close();
});

test("the kiosk in Arabic reads from the right and keeps the numbers from the left", async () => {
  const { page, close, assertCalm } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.click(".languages a[lang=ar]");
  await page.waitForSelector("html[lang=ar]");
  assert.equal(await page.getAttribute("html", "dir"), "rtl");
  assert.equal(await page.locator("h1").innerText(), words.ar.kiosk.what_brings_you);
  await takeTicketAtKiosk(page, { language: "ar", talk: "ar" });
  assert.equal(await page.locator(".hero bdi").getAttribute("dir"), "ltr");
  assertCalm();
  await close();
});

test("a second touch on the ticket's button takes one ticket only", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url)}/need/cv/ready?talk=fr`);
  const form = await page.locator("form#take").evaluate((f) => ({
    action: f.action,
    fields: Object.fromEntries(new FormData(f)),
  }));
  const take = () => page.request.post(form.action, { form: form.fields, headers: { origin: server.url } });
  const [once, twice] = [await take(), await take()];
  assert.match(once.url(), /\/ticket\//);
  assert.equal(once.url(), twice.url());
  await close();
});

test("the phone: how many before, more time, leaving and coming back", async () => {
  const { page, close, assertCalm } = await visitor(browser, { size: sizes.phone });
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk");
  const { token, number } = await takeTicketAtKiosk(guest.page);
  await guest.close();

  await page.goto(phone(server.url, token));
  assert.equal(await shownNumber(page), number);
  assert.equal(await page.getAttribute("body", "data-is"), "waiting");
  assert.match(await page.locator("[data-slot=ahead]").innerText(), /\d|Aucun/);

  await page.getByRole("button", { name: words.fr.phone.more_time }).click();
  await page.waitForSelector("body[data-is=parked]");
  await page.getByRole("button", { name: words.fr.phone.back, exact: true }).click();
  await page.waitForSelector("body[data-is=waiting]");
  await page.getByRole("button", { name: words.fr.phone.more_time }).click();
  await page.waitForSelector("body[data-is=parked]");
  await page.getByRole("button", { name: words.fr.phone.leave }).click();
  await page.waitForSelector("body[data-is=left]");
  await page.getByRole("button", { name: words.fr.phone.come_back }).click();
  await page.waitForSelector("body:is([data-is=waiting], [data-is=parked])");
  assertCalm();
  await close();
});

test("the phone without script: plain forms, in the language that was chosen", async () => {
  const { page, close } = await visitor(browser, { size: sizes.phone, script: false });
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk");
  const { token } = await takeTicketAtKiosk(guest.page);
  await guest.close();
  await page.goto(phone(server.url, token, "en"));
  await page.getByRole("button", { name: words.en.phone.more_time }).click();
  await page.getByRole("button", { name: words.en.phone.back, exact: true }).click();
  await page.locator("body[data-is=waiting] main h1").filter({ visible: true }).first().waitFor();
  await page.getByRole("button", { name: words.en.phone.leave }).click();
  await page.getByRole("heading", { name: words.en.phone.left }).waitFor();
  await page.getByRole("button", { name: words.en.phone.come_back }).click();
  await page.locator("body[data-is=waiting] main h1").filter({ visible: true }).first().waitFor();
  assert.equal(await page.getAttribute("html", "lang"), "en");
  await close();
});

test("what nobody here speaks is said before the ticket and after, with what helps, with script and without", async () => {
  const desk = await staff(server.url, "counsellor5");
  const three = (await desk("GET", `/centres/${centre}/desks`)).find((one) => one.name === "3").places[0].id;
  await desk("POST", `/places/${three}/open`, {});
  const t = words.fr.kiosk;
  const nobody = t.nobody_speaks.replace("{language}", words.fr.languages.wo);
  for (const script of [true, false]) {
    const guest = await visitor(browser, { size: sizes.kiosk, script });
    await enter(guest.page, server.url, "kiosk");
    await guest.page.goto(`${kiosk(server.url)}/need/cv/ready?talk=wo`);
    assert.equal(plain(await guest.page.locator("h1").innerText()), plain(nobody));
    assert.equal(await guest.page.locator("main .button.solid").count(), 0, "nothing is chosen already");
    await guest.page.locator(".way", { hasText: t.accompanied }).click();
    await guest.page.waitForURL(/how=accompanied/);
    assert.match(plain(await guest.page.locator("h1").innerText()), /avant vous$/);
    await guest.page.goto(`${kiosk(server.url)}/need/cv/ready?talk=wo`);
    await guest.page.locator(".way", { hasText: t.take_number_anyway }).click();
    await guest.page.waitForURL(/\/ticket\//);
    const token = new URL(guest.page.url()).pathname.split("/").at(-1);
    await guest.close();

    const own = await visitor(browser, { size: sizes.phone, script });
    await own.page.goto(phone(server.url, token));
    // The day's clock finds out once a second.
    await within(5000, "the phone says so too", async () => {
      if (!script) await own.page.reload();
      return (await own.page.locator(".alone").innerText().catch(() => "")).includes(plain(nobody));
    });
    await own.page.locator(".alone button", { hasText: t.accompanied }).click();
    await within(5000, "somebody who translates helps", async () => !(await own.page.locator(".alone").isVisible()));
    await own.close();
  }
  await desk("POST", `/places/${three}/close`);
});

test("what was assumed changes by one touch, and comes back to where it was", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk, script: false });
  const desk = await staff(server.url, "counsellor5");
  const three = (await desk("GET", `/centres/${centre}/desks`)).find((one) => one.name === "3").places[0].id;
  await desk("POST", `/places/${three}/open`, {});
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url)}/need/cv/ready?talk=fr`);
  await page.locator(".assumed").nth(0).click();
  await page.locator(".option.digit").nth(2).click();
  await page.locator(".assumed").nth(1).click();
  await page.locator(".choice", { hasText: words.fr.kiosk.for_my_child }).click();
  await page.locator(".assumed").nth(2).click();
  await page.locator("label.option").nth(0).click();
  await page.getByRole("button", { name: words.fr.kiosk.continue, exact: true }).click();
  const { searchParams } = new URL(page.url());
  assert.deepEqual(["talk", "party", "for", "access"].map((name) => searchParams.get(name)), ["fr", "3", "my_child", "wheelchair"]);
  await desk("POST", `/places/${three}/close`);
  await close();
});

test("a link that never was one says so kindly", async () => {
  const { page, close } = await visitor(browser, { size: sizes.phone });
  const answer = await page.goto(phone(server.url, "not-a-ticket"));
  assert.equal(answer.status(), 404);
  assert.equal(await page.locator("h1").first().innerText(), words.fr.phone.gone);
  await close();
});

test("a call reaches phone and display within two seconds, and the display never tells the need", async () => {
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk");
  const { token, number } = await takeTicketAtKiosk(guest.page);
  await guest.close();

  const screen = await visitor(browser, { size: sizes.display });
  await showDisplay(screen.page, server.url);
  const desk = await visitor(browser);
  await signIn(desk.page, server.url, "counsellor5");
  await openPlace(desk.page, "3");
  const own = await visitor(browser, { size: sizes.phone });
  await own.page.goto(phone(server.url, token));
  assert.equal(await own.page.getAttribute("body", "data-is"), "waiting");

  // Whoever waits longest is next: the visitors of the tests before this one come first, or this one.
  await desk.page.locator("section.line .row-head", { hasText: number.replace(/^C/, "C\u00a0") }).click();
  const call = desk.page.locator(".row-more button", { hasText: words.fr.desk.call_this.split(" ")[0] });
  await call.waitFor();
  const from = Date.now();
  await call.click();
  await within(2000, "the display shows the number", async () => (await shownNumber(screen.page, "[data-hero]")) === number);
  const left = 2000 - (Date.now() - from);
  await within(left, "the phone is called", async () => (await own.page.getAttribute("body", "data-is")) === "called");
  assert.equal(plain(await own.page.locator("section.called .desk").innerText()), "Bureau 3");
  assert.equal(plain(await screen.page.locator("[data-hero-desk]").innerText()), "Bureau 3");

  const everything = await screen.page.content();
  for (const need of ["CV", "candidature", "سيرة"]) assert.ok(!everything.includes(need), `the display says ${need}`);
  // Sound waits for a touch: that is what the screen's own button is for.
  screen.assertCalm((trouble) => trouble.includes("AudioContext"));
  own.assertCalm();
  desk.assertCalm();
  for (const { close } of [own, screen, desk]) await close();
});

test("what the kiosk answered stays while others come and go; an alarm takes its place", async () => {
  const guest = await visitor(browser, { size: sizes.kiosk });
  await enter(guest.page, server.url, "kiosk");
  const [host, coordinator] = [await staff(server.url, "host"), await staff(server.url, "coordinator")];
  const came = () => host("POST", `/centres/${centre}/tickets`, { need: null, language: "fr" });
  const rules = await coordinator("GET", `/centres/${centre}/policies`);
  await coordinator("PUT", `/centres/${centre}/policies`, { ...rules, last_number: 2 });
  try {
    await guest.page.goto(`${kiosk(server.url)}/need/cv/ready?talk=fr`);
    for (let taken = 0; taken < 3 && !(await guest.page.locator("body.notice").count()); taken += 1) {
      await guest.page.goto(`${kiosk(server.url)}/need/cv/ready?talk=fr`);
      await guest.page.locator("form#take button").first().click();
      await guest.page.waitForSelector("body.notice, .hero");
    }
    const said = await guest.page.locator("h1").innerText();
    await came();
    await guest.page.waitForResponse((answer) => answer.request().method() === "GET");
    await guest.page.waitForTimeout(300);
    assert.equal(await guest.page.locator("body.notice h1").innerText(), said);
    await host("POST", `/centres/${centre}/day/suspend`, { reason: "fire_alarm" });
    await guest.page.getByRole("heading", { name: words.fr.kiosk.fire_alarm }).waitFor({ timeout: 4000 });
    await host("POST", `/centres/${centre}/day/resume`);
    await guest.page.getByRole("heading", { name: words.fr.kiosk.what_brings_you }).waitFor({ timeout: 4000 });
  } finally {
    await coordinator("PUT", `/centres/${centre}/policies`, rules);
  }
  await guest.close();
});
