// The notebook: kept at the kiosk, taken along on a phone and on paper, shown to a counsellor, and handed back with advice.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { assertAccessible, assertFitsWidth, picture, sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { alive, enter, kiosk, openPlace, shownNumber, signIn, within } from "./support/steps.mjs";
import { languages, words } from "./support/words.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const kept = "keep=starter:baker&keep=starter:gardener&keep=starter:writing-a-cv&profile=80-20-60-100-40-0";
const sheet = (language) => ({
  c: "Cité des métiers de Valmont",
  d: "2026-11-27",
  l: language,
  k: [["starter:baker", "Boulanger"]],
  p: "80-20-60-100-40-0",
  s: [["write_cv", "Écrire son CV"]],
  r: [["starter:gardener", "Jardinier"]],
});
const folded = (content) => deflateRawSync(Buffer.from(JSON.stringify(content))).toString("base64url");

for (const [name, size] of [["tall", sizes.kiosk], ["wide", sizes.kioskWide], ["phone", sizes.phone]]) {
  test(`the notebook, ${name}: no barrier, nothing cut off`, async (t) => {
    const { page, close } = await visitor(browser, { size });
    if (name !== "phone") await enter(page, server.url, "kiosk");
    for (const lang of languages) {
      const at = name === "phone" ? `${server.url}/i/valmont/${lang}` : kiosk(server.url, lang);
      const pages = {
        empty: "/look/notebook",
        full: `/look/notebook?${kept}`,
        entry: `/look/entry/starter:plumber?${kept}`,
        kept: `/look/entry/starter:baker?${kept}`,
        ...(name === "phone"
          ? { carried: `/look/notebook#${folded(sheet(lang))}` }
          : { largest: `/look/notebook?${kept}&text=largest`, ready: `/need/cv/ready?talk=${lang}&${kept}` }),
      };
      for (const [what, path] of Object.entries(pages)) {
        await t.test(`notebook-${name}-${what}-${lang}`, async () => {
          await page.goto("about:blank");
          await page.goto(at + path);
          if (what === "carried") await page.waitForSelector("#carried:not([hidden])");
          await picture(page, `notebook-${name}-${what}-${lang}`);
          await assertFitsWidth(page, what);
          if (name !== "wide" || lang === "ar") await assertAccessible(page, what);
        });
      }
    }
    await close();
  });
}

test("what a code carries is shown by the phone alone, and no server is asked for it", async () => {
  const { page, close } = await visitor(browser, { size: sizes.phone });
  const asked = [];
  page.on("request", (request) => asked.push(request.url() + (request.postData() ?? "")));
  const carried = folded(sheet("fr"));
  await page.goto(`${server.url}/i/valmont/fr/look/notebook#${carried}`);
  await page.locator("[data-part=k]").getByText("Boulanger").waitFor();
  assert.equal(await page.locator("[data-part=s] li").textContent(), "Écrire son CV");
  assert.equal(await page.locator("[data-part=p] li").first().locator("meter").evaluate((meter) => meter.value), 100);
  for (const address of asked) assert.ok(!address.split("#")[0].includes(carried.slice(0, 20)), address);
  await page.locator("[data-part=r] a").click();
  await page.waitForSelector("h1:has-text('Jardinier')");
  await page.goto("about:blank");
  await page.goto(`${server.url}/i/valmont/fr/look/notebook#${carried.slice(0, 40)}`);
  await page.locator("#unreadable:not([hidden])").waitFor();
  await close();
});

test("what somebody else wrote into an address is not said by the centre, and does not fill the memory", async () => {
  const { page, close } = await visitor(browser, { size: sizes.phone });
  for (const lang of languages) {
    const at = `${server.url}/i/valmont/${lang}/look/notebook`;
    const forged = { c: "Cité des métiers de Valmont", d: "2026-11-27", l: lang, s: [["write_cv", "20 €"]] };
    await page.goto("about:blank");
    await page.goto(`${at}#${folded(forged)}`);
    await page.locator("#carried:not([hidden])").waitFor();
    const shown = await page.locator("#carried").innerText();
    assert.ok(shown.indexOf(words[lang].notebook.carried_own) >= 0, shown);
    assert.ok(shown.indexOf(words[lang].notebook.carried_own) < shown.indexOf("20 €"), "it is said first");
    assert.ok(!shown.includes(forged.c), "no centre is named");
    for (const bomb of [deflateRawSync(Buffer.alloc(12_000_000, 32)).toString("base64url"), "A".repeat(1_900_000)]) {
      await page.goto("about:blank");
      await page.goto(`${at}#${bomb}`);
      await page.locator("#unreadable:not([hidden])").waitFor();
    }
  }
  await close();
});

test("a sheet of paper, from any browser: prints itself and goes back", async () => {
  const { page, close } = await visitor(browser, { size: sizes.staff });
  await page.addInitScript(() => {
    window.print = () => {
      document.title = "printed";
      dispatchEvent(new Event("afterprint"));
    };
  });
  await page.goto(`${server.url}/i/valmont/fr/look/notebook?${kept}`);
  await page.locator(".take-away form button").click();
  await page.waitForURL(/\/look\/notebook\?/);
  await page.goto(`${server.url}/i/valmont/ar/look/notebook?${kept}`);
  await close();
});

test("kept at the kiosk, passed on with a yes, advised, printed, and read again by the next counsellor", async () => {
  const t = words.fr;
  const seat = await visitor(browser, { size: sizes.staff });
  await signIn(seat.page, server.url, "counsellor1");
  await seat.page.goto(`${server.url}/fr/desk`);
  await alive(seat.page);
  await openPlace(seat.page, "1");

  const stand = await visitor(browser, { size: sizes.kiosk });
  await enter(stand.page, server.url, "kiosk");
  await stand.page.goto(`${kiosk(server.url)}/look/entry/starter:baker`);
  await stand.page.getByRole("link", { name: t.notebook.keep }).click();
  await stand.page.locator(".keep.kept").waitFor();
  await stand.page.goto(`${kiosk(server.url)}/look/entry/starter:gardener?keep=starter:baker`);
  await stand.page.getByRole("link", { name: t.notebook.keep }).click();
  await stand.page.locator(".keep.kept").waitFor();
  await stand.page.locator(".top .notebook").click();
  await stand.page.waitForURL(/\/look\/notebook\?/);
  assert.equal(await stand.page.locator(".rows.kept .row").count(), 2);
  await stand.page.locator(".drop a").last().click();
  await stand.page.waitForURL((address) => address.searchParams.getAll("keep").length === 1);
  assert.equal(await stand.page.locator(".rows.kept .row").count(), 1);
  assert.equal(await stand.page.locator(".take-away .qr").count(), 2);

  // On to a ticket, with the notebook.
  await stand.page.locator(".onward .button.solid").click();
  await stand.page.click("a[href*='/space/']");
  await stand.page.click("a[href*='/need/']");
  await stand.page.locator(".talks a:has(bdi[lang=fr])").click();
  await stand.page.locator("label.show-notebook").click();
  await stand.page.locator("form#take button").click();
  await stand.page.waitForURL(/\/ticket\//);
  const number = await shownNumber(stand.page);
  await picture(stand.page, "notebook-ticket-fr");

  // The counsellor sees it once the visitor is here.
  await seat.page.locator(".row", { hasText: number.slice(1) }).first().waitFor();
  await within(5000, "the visitor is called", async () => {
    const next = seat.page.locator(".acts .action.main");
    if (await next.isVisible()) await next.click();
    return (await seat.page.locator(".who-number").textContent())?.replace(/\W/g, "") === number;
  });
  await seat.page.getByRole("button", { name: t.desk.arrived }).click();
  const card = seat.page.locator(".card.notebook");
  await card.getByText("Boulanger").waitFor();
  await picture(seat.page, "notebook-desk-talk-fr");
  await assertAccessible(seat.page, "talk with a notebook");

  // Advice: a next step and a training.
  await seat.page.keyboard.press("c");
  await seat.page.getByText(t.desk.advice_write_cv).first().click();
  const find = seat.page.getByLabel(t.desk.recommend_find);
  await find.fill("boulang");
  await seat.page.locator(".options button").first().click();
  await seat.page.locator(".recommend .named:not(.options) li").first().waitFor();
  await picture(seat.page, "notebook-desk-advice-fr");
  await assertAccessible(seat.page, "advice");
  await assertFitsWidth(seat.page, "advice");
  const [paper] = await Promise.all([
    seat.context.waitForEvent("page"),
    seat.page.getByRole("link", { name: t.desk.dossier_show }).click(),
  ]);
  await paper.waitForSelector("h1");
  await picture(paper, "notebook-dossier-fr");
  await assertAccessible(paper, "dossier");
  assert.match(await paper.locator("main").textContent(), new RegExp(t.desk.advice_write_cv));
  assert.equal(await paper.locator(".qr").count(), 2);
  await paper.close();

  // A dossier of another house is not believed; what is wrong is said.
  const scan = seat.page.getByLabel(t.desk.dossier_scan);
  await scan.fill(`https://elsewhere.example/i/x/fr/look/notebook#${folded(sheet("fr"))}.AAAAAAAAAAAAAA`);
  await seat.page.getByRole("button", { name: t.desk.dossier_read }).click();
  await seat.page.getByText(t.refusals.unknown_dossier).waitFor();
  await Promise.all([stand.close(), seat.close()]);
});
