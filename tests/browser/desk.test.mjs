// A counsellor: sign-in, the desk by keyboard only, sign-out.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { password, startServer } from "./support/server.mjs";
import { alive, enter, kiosk, openPlace, signIn, takeTicketAtKiosk } from "./support/steps.mjs";
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

test("a wrong password is answered in words", async () => {
  const { page, close } = await visitor(browser);
  await page.goto(`${server.url}/fr/sign-in`);
  await page.fill("input[name=login]", "counsellor5");
  await page.fill("input[name=password]", "something else");
  await page.click("form.form button[type=submit]");
  await page.getByRole("alert").waitFor();
  assert.match(page.url(), /trouble=wrong_password/);
  assert.equal(await page.getByRole("alert").innerText(), words.fr.refusals.wrong_password);
  await close();
});

test("a day at the desk by keyboard only", async () => {
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk");
  for (let i = 0; i < 2; i += 1) {
    await guest.page.goto(kiosk(server.url));
    await takeTicketAtKiosk(guest.page);
  }
  await guest.close();

  const { page, close, assertCalm } = await visitor(browser);
  const pressTab = async (wanted) => {
    for (let i = 0; i < 60; i += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the keyboard does not reach ${wanted}`);
  };
  await page.goto(`${server.url}/fr/sign-in`);
  await pressTab(page.locator("input[name=login]"));
  await page.keyboard.type("counsellor5");
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await alive(page);

  const place = page.locator("button.place", { hasText: /Bureau 3(?!\d)/ });
  await pressTab(place);
  await page.keyboard.press("Enter");
  await page.locator(".who.next").waitFor();
  const number = await page.locator(".who.next .who-number").innerText();

  await page.keyboard.press("n");
  await page.getByText(words.fr.desk.called, { exact: true }).waitFor();
  assert.equal(await page.locator(".who .who-number").innerText(), number);

  // Undo, and once more.
  await page.keyboard.press("z");
  await page.locator(".who.next").waitFor();
  await page.keyboard.press("n");
  await page.getByText(words.fr.desk.called, { exact: true }).waitFor();
  await page.keyboard.press("a");
  await page.getByText(words.fr.desk.finish).waitFor();
  await page.keyboard.press("t");
  await page.locator(".panel").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "panel-title", "the panel takes the focus");
  await page.keyboard.press("Escape");
  await page.locator(".panel").waitFor({ state: "detached" });
  await page.keyboard.press("t");
  await page.locator(".panel").waitFor();
  await page.keyboard.press("1");
  await page.getByText(words.fr.desk.undo_finish).waitFor();
  await page.keyboard.press("z");
  await page.getByText(words.fr.desk.finish).waitFor();
  await page.keyboard.press("t");
  await page.locator(".panel").waitFor();
  await page.keyboard.press("2");
  await page.locator(".who.next").waitFor();
  assert.notEqual(await page.locator(".who.next .who-number").innerText(), number, "the next visitor");
  assertCalm();
  await close();
});

test("the desk follows the kiosk without being touched, and survives a reload", async () => {
  const desk = await visitor(browser);
  await signIn(desk.page, server.url, "counsellor6", "en");
  await openPlace(desk.page, "4", "en");
  const before = await desk.page.locator("section.line .row").count();
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk", "en");
  await takeTicketAtKiosk(guest.page, { language: "en", talk: "en" });
  await guest.close();
  await desk.page.locator("section.line .row").nth(before).waitFor({ timeout: 2000 });
  await desk.page.reload();
  await alive(desk.page);
  assert.match(await desk.page.locator("h1").innerText(), /4/);
  desk.assertCalm();
  await desk.close();
});

test("a desk that cannot serve who waits says why", async () => {
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk");
  await guest.page.goto(kiosk(server.url));
  await takeTicketAtKiosk(guest.page);
  await guest.close();
  const { page, close } = await visitor(browser);
  await signIn(page, server.url, "counsellor1"); // serves another space
  await openPlace(page, "1");
  await page.locator(".calm").getByText(words.fr.desk.nobody_lead_others, { exact: true }).waitFor();
  await close();
});

test("whoever signed out is out: the page and the back button show the form", async () => {
  const { page, context, close } = await visitor(browser);
  await signIn(page, server.url, "counsellor7");
  await page.locator(".bar-account summary").click();
  await page.getByRole("button", { name: words.fr.staff.sign_out, exact: true }).click();
  await page.waitForURL(/\/fr\/sign-in/);
  const cookies = await context.cookies();
  assert.ok(!cookies.some((cookie) => /session/.test(cookie.name)), "the cookie is gone");
  await page.goto(`${server.url}/fr/desk`);
  await page.locator("input[name=password]").waitFor();
  assert.equal(await page.locator("section.line").count(), 0);
  await page.goBack();
  assert.equal(await page.locator("section.line").count(), 0);
  await close();
});
