// What takes two sides: a hand-over between counsellors, and the end of a day with people still waiting.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { picture, sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { enter, kiosk, openPlace, phone, signIn, takeTicketAtKiosk, within } from "./support/steps.mjs";
import { plain, words } from "./support/words.mjs";

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

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Tickets taken at a kiosk without script. */
async function tickets(count) {
  const guest = await visitor(browser, { size: sizes.kiosk, script: false });
  await enter(guest.page, server.url, "kiosk");
  const taken = [];
  for (let i = 0; i < count; i += 1) {
    await guest.page.goto(kiosk(server.url));
    taken.push(await takeTicketAtKiosk(guest.page));
  }
  await guest.close();
  return taken;
}

/** A counsellor at an open place. */
async function counsellor(login, place) {
  const desk = await visitor(browser);
  await signIn(desk.page, server.url, login);
  await openPlace(desk.page, place);
  return desk;
}

const shown = async (page) => plain(await page.locator(".who .who-number").innerText());

test("a hand-over is offered with its advice, refused with a reason, offered again and accepted", async () => {
  await tickets(1);
  const from = await counsellor("counsellor5", "3");
  const to = await counsellor("counsellor1", "1");
  await from.page.keyboard.press("n");
  await from.page.getByText(t.desk.called, { exact: true }).waitFor();
  await from.page.keyboard.press("a");
  await from.page.locator("[aria-keyshortcuts=T]:not([aria-disabled])").waitFor();
  const number = await shown(from.page);

  const handOver = async () => {
    await from.page.keyboard.press("p");
    const panel = from.page.locator(".panel");
    await panel.waitFor();
    await from.page.keyboard.press("o");
    assert.equal(await panel.locator("input[type=radio]:checked").count(), 0, "a hurried key sends nobody anywhere");
    await panel.getByLabel("Orientation").check();
    await panel.getByLabel(t.desk.any_need).check();
    await panel.locator("summary").click();
    const advice = panel.getByText(t.desk.advice_write_cv);
    if (!(await panel.getByLabel(t.desk.advice_write_cv).isChecked().catch(() => false))) await advice.click();
    await from.page.keyboard.press("o");
    await panel.waitFor({ state: "detached" });
  };
  await handOver();
  const offer = to.page.locator(".row", { has: to.page.locator(".offer") });
  await offer.waitFor({ timeout: 2000 });
  assert.ok(plain(await offer.innerText()).includes(number), "the number is kept");
  await picture(to.page, "desk-offered-fr");
  await button(offer, t.desk.refuse).click();
  await to.page.locator(".panel").waitFor();
  await to.page.keyboard.press("1");

  // It comes back to the one who offered it, with the reason.
  const back = from.page.locator(".who.next .who-number");
  await within(4000, "the visitor is back", async () => (await back.count()) === 1 && plain(await back.innerText()) === number);
  await from.page.keyboard.press("n");
  await from.page.getByText(t.desk.called, { exact: true }).waitFor();
  await from.page.keyboard.press("a");
  await from.page.locator("[aria-keyshortcuts=T]:not([aria-disabled])").waitFor();
  await from.page.getByText(t.desk.refused_because.split("{")[0].trim()).waitFor();
  await handOver();

  await offer.waitFor({ timeout: 2000 });
  await button(offer, t.desk.accept).click();
  await to.page.getByText(t.desk.kept_for_me).waitFor();
  await to.page.keyboard.press("n");
  await to.page.getByText(t.desk.called, { exact: true }).waitFor();
  assert.equal(await shown(to.page), number);
  await to.page.keyboard.press("a");
  await to.page.locator("[aria-keyshortcuts=T]:not([aria-disabled])").waitFor();
  await to.page.getByText(t.desk.advice_write_cv).first().waitFor();
  await picture(to.page, "desk-received-fr");
  await to.page.keyboard.press("t");
  await to.page.locator(".panel").waitFor();
  await to.page.keyboard.press("1");
  await to.page.getByText(t.desk.undo_finish).waitFor();
  for (const one of [from, to]) one.assertCalm();
  for (const one of [from, to]) await one.close();
});

test("at the end of the day one gets a slip, one other help, and the slip goes first when the day opens again", async () => {
  const [first, second] = await tickets(2);
  const host = await visitor(browser);
  await signIn(host.page, server.url, "host");
  const close = host.page.locator(".around").getByRole("button", { name: t.welcome.close_day });
  await close.click();
  const panel = host.page.locator(".panel");
  const line = (number) => panel.locator(".row.still", { hasText: number.replace(/^C/, "C\u00a0") });
  await line(first.number).waitFor();
  await picture(host.page, "welcome-closing-two-fr");

  const paper = host.context.waitForEvent("page");
  await button(line(first.number), t.welcome.give_slip).click();
  const slip = await paper;
  await slip.getByRole("heading", { name: t.receipt.slip_title }).waitFor();
  const code = await slip.locator(".code").innerText();
  assert.ok(!(await slip.content()).includes(first.number), "the slip does not say who it was");
  await picture(slip, "slip-fr");
  await slip.close();
  await line(first.number).waitFor({ state: "detached", timeout: 3000 });
  await button(line(second.number), t.welcome.other_help).click();
  await panel.getByText(t.welcome.closing_nobody).waitFor();
  await panel.getByRole("button", { name: t.welcome.close_now }).click();

  const open = host.page.getByRole("button", { name: t.desk.open_day });
  await open.waitFor({ timeout: 3000 });
  const own = await visitor(browser, { size: sizes.phone });
  assert.equal((await own.page.goto(phone(server.url, second.token))).status(), 404, "the link is gone with the day");
  const guest = await visitor(browser, { size: sizes.kiosk });
  await enter(guest.page, server.url, "kiosk");
  // Which of the two depends on the hour at which this runs.
  const closed = [t.kiosk.centre_closed, t.kiosk.not_open_now].map((name) => guest.page.getByRole("heading", { name }));
  await closed[0].or(closed[1]).waitFor();
  await picture(guest.page, "kiosk-closed-fr");

  await open.click();
  await guest.page.getByRole("heading", { name: t.kiosk.what_brings_you }).waitFor({ timeout: 5000 });
  await tickets(1);
  await guest.page.getByRole("link", { name: t.kiosk.have_slip }).click();
  await guest.page.getByLabel(t.kiosk.slip_code).fill(code);
  await guest.page.getByRole("button", { name: t.kiosk.continue, exact: true }).click();
  await guest.page.getByText(t.kiosk.slip_noted).waitFor();
  const { token } = await takeTicketAtKiosk(guest.page);
  await own.page.goto(phone(server.url, token));
  const ahead = plain(await own.page.locator("[data-slot=ahead]").innerText());
  assert.match(ahead, /^Aucun/, `before everybody who came today: ${ahead}`);
  host.assertCalm();
  for (const one of [host, guest, own]) await one.close();
});
