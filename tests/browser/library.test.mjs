// Staff and career information: entries in the centre's own words, hidden ones, an upload with its report, what is missing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, assertFitsWidth, picture, sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { signIn, within } from "./support/steps.mjs";
import { languages, words } from "./support/words.mjs";

const t = words.fr.library;
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const views = {
  entries: "view=entries",
  found: "view=entries&q=boulang&kind=occupation",
  nothing: "view=entries&q=zzzzzzz",
  entry: "view=entry&id=starter:baker",
  new: "view=new",
  import: "view=import",
  refused: "view=import&told=zip",
  quality: "view=quality",
  missing: "view=quality&of=missing-ar",
  searches: "view=searches",
};

async function open(page, view, lang = "fr") {
  await page.goto(`${server.url}/${lang}/settings?section=library&${view}`, { waitUntil: "networkidle" });
}

/** The page of an entry, as a visitor with any browser sees it. */
async function asVisitor(id, lang = "fr") {
  const answer = await fetch(`${server.url}/i/valmont/${lang}/look/entry/${id}`);
  return { status: answer.status, text: await answer.text() };
}

async function coordinator() {
  const somebody = await visitor(browser);
  await signIn(somebody.page, server.url, "coordinator");
  return somebody;
}

const save = (page) => page.getByRole("button", { name: words.fr.settings.save, exact: true }).click();
const isSaved = (page) => page.getByRole("status").filter({ hasText: new RegExp(`^${words.fr.settings.saved}$`) }).waitFor();

test("every view, in every language: no barrier, nothing cut off", async (t) => {
  const { page, close, assertCalm } = await coordinator();
  for (const lang of languages) {
    for (const [name, view] of Object.entries(views)) {
      await t.test(`library-${name}-${lang}`, async () => {
        await open(page, view, lang);
        await page.waitForSelector(".career h2, .quality-tile");
        await picture(page, `library-${name}-${lang}`);
        await assertFitsWidth(page, name);
        await assertAccessible(page, name);
      });
    }
  }
  assertCalm();
  await close();
});

test("the centre's words stand in the place of the source's, and can be taken back", async () => {
  const { page, close, assertCalm } = await coordinator();
  await open(page, "view=entries");
  await page.getByLabel(t.search_label).fill("boulang");
  await page.getByLabel(t.search_label).press("Enter");
  await page.waitForURL(/q=boulang/);
  await page.locator(".career-row", { hasText: "Boulanger" }).first().click();
  await page.waitForURL(/view=entry/);
  await page.getByLabel(t.field_summary).fill("Vous faites le pain du quartier.");
  await page.getByText(t.not_saved_yet).waitFor();
  await page.getByLabel(t.feature).check();
  await save(page);
  await isSaved(page);
  const { text } = await asVisitor("starter:baker");
  assert.ok(text.includes("Vous faites le pain du quartier.") && text.includes(words.fr.look.own_words));
  const home = await (await fetch(`${server.url}/i/valmont/fr/look`)).text();
  assert.ok(home.includes(words.fr.look.picked_by_centre) && home.includes("starter:baker"));
  await open(page, "view=entries&only=featured");
  assert.equal(await page.locator(".career-row").count(), 1);
  await page.locator(".career-row").click();
  await page.getByText(t.take_back, { exact: true }).click();
  await page.getByRole("button", { name: t.take_back_now }).click();
  await within(5000, "it is the source's again", async () => !(await asVisitor("starter:baker")).text.includes("du quartier"));
  assertCalm();
  await close();
});

test("a hidden entry is nowhere, until it is shown again", async () => {
  const { page, close, assertCalm } = await coordinator();
  await open(page, "view=entry&id=starter:cook");
  await page.getByLabel(t.hide).check();
  await save(page);
  await isSaved(page);
  assert.equal((await asVisitor("starter:cook")).status, 404);
  await open(page, "view=entries&only=hidden");
  await page.locator(".career-row", { hasText: t.is_hidden }).click();
  await page.waitForURL(/view=entry/);
  await page.getByLabel(t.hide).uncheck();
  await save(page);
  await isSaved(page);
  assert.equal((await asVisitor("starter:cook")).status, 200);
  assertCalm();
  await close();
});

test("an entry that is made here is checked, found by visitors, and deleted", async () => {
  const { page, close, assertCalm } = await coordinator();
  await open(page, "view=new");
  await page.locator(".entry-facts select").first().selectOption("offer");
  await page.getByLabel(t.field_title, { exact: true }).fill("Serveur pour l’été");
  await page.getByLabel(t.field_url).fill("exemple");
  await save(page);
  await page.getByRole("alert").filter({ hasText: t.fault_not_an_address }).waitFor();
  await page.getByLabel(t.field_url).fill("https://exemple.fr/offre");
  await save(page);
  await page.getByRole("alert").filter({ hasText: t.field_expires }).waitFor();
  await picture(page, "library-fault-fr");
  await assertAccessible(page, "a fault");
  await page.getByLabel(t.field_expires).fill("2099-12-31");
  await page.locator(".entry-links").getByLabel(t.search_label).fill("serveur");
  await page.locator(".entry-links").getByLabel(t.search_label).press("Enter");
  await page.locator(".entry-links .pill").first().click();
  await page.locator(".entry-links .linked").waitFor();
  await save(page);
  await page.waitForURL(/id=own/);
  const id = new URL(page.url()).searchParams.get("id");
  assert.equal(id, "own:serveur-pour-l-ete");
  assert.ok((await asVisitor(id)).text.includes("Serveur pour l’été"));
  await page.getByText(t.delete, { exact: true }).click();
  await page.getByRole("button", { name: t.delete_now }).click();
  await page.waitForURL(/view=entries/);
  assert.equal((await asVisitor(id)).status, 404);
  assertCalm();
  await close();
});

test("an uploaded file with a wrong row is imported, and its report says which and why", async () => {
  const { page, close, assertCalm } = await coordinator();
  await open(page, "view=import");
  const csv = [
    "kind,code,lang,title,url",
    "link,the-town,fr,La ville,https://ville.example.org/",
    "link,broken,fr,Cassé,nulle-part",
    "document,loose,fr,Sans rayon,",
  ].join("\r\n");
  await page.locator("input[type=file]").setInputFiles({ name: "centre.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: t.import_begin, exact: true }).click();
  await page.getByRole("heading", { name: t.import_done }).waitFor();
  const row = page.locator(".listing tbody tr");
  assert.equal(await row.count(), 1);
  const cells = await row.locator("td").allInnerTexts();
  assert.deepEqual(cells.slice(0, 3), ["centre.csv", "3", "url"]);
  assert.match(cells[3], /nulle-part/);
  await picture(page, "library-report-fr");
  await assertAccessible(page, "the report");
  assert.equal((await asVisitor("own:the-town")).status, 200);

  await page.locator("input[type=file]").setInputFiles({ name: "centre.zip", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004") });
  await page.getByRole("button", { name: t.import_begin, exact: true }).click();
  await page.getByRole("alert").filter({ hasText: t.told_zip }).waitFor();
  await open(page, "view=quality&of=shelfless");
  await page.locator(".career-row", { hasText: "Sans rayon" }).click();
  await page.waitForURL(/id=own/);
  assertCalm();
  await close();
});

test("what one person searches in vain again and again is shown to nobody", async () => {
  const ask = (text, sent) => fetch(`${server.url}/i/valmont/fr/look/search?q=${encodeURIComponent(text)}${sent ? "&sent=1" : ""}`);
  for (let n = 0; n < 5; n++) await ask("zzyzx qqq", true);
  for (let n = 0; n < 20; n++) await ask("zzzzyyy typed", false);
  const { page, close, assertCalm } = await coordinator();
  await open(page, "view=searches");
  await page.getByText(t.searches_none).waitFor();
  assert.equal(await page.locator(".listing tbody tr").count(), 0);
  await assertAccessible(page, "searches");
  assertCalm();
  await close();
  // And the button of the form is what sends a search: the script that follows the typing does not.
  const guest = await visitor(browser, { size: sizes.phone });
  await guest.page.goto(`${server.url}/i/valmont/fr/look/search`);
  const asked = [];
  guest.page.on("request", (request) => asked.push(request.url()));
  await guest.page.locator("input[type=search]").fill("boulanger");
  await within(3000, "it is asked while one writes", () => asked.some((url) => url.includes("q=boulanger")));
  assert.ok(asked.every((url) => !url.includes("sent=")));
  await guest.page.locator(".find button.solid").click();
  await guest.page.waitForURL(/sent=1/);
  await guest.close();
});
