// Looking around in career information: without a ticket, with one finger, with mistakes, without typing, on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, assertFitsWidth, picture, sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { enter, kiosk, within } from "./support/steps.mjs";
import { languages } from "./support/words.mjs";

let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (lang) => `${server.url}/i/valmont/${lang}`;

const pages = {
  home: "/look",
  search: "/look/search?q=bread",
  nothing: "/look/search?q=zzzzzzz",
  entry: "/look/entry/starter:baker",
  document: "/look/entry/starter:writing-a-cv",
  sectors: "/look/sectors",
  sector: "/look/sectors/health",
  places: "/look/places",
  likes: "/look/likes?like=animals&dislike=night",
  explorer: "/look/explorer",
  profile: `/look/explorer?replies=${"nnnyny".repeat(5)}`,
  documents: "/look/documents",
};

for (const [name, size] of [["tall", sizes.kiosk], ["wide", sizes.kioskWide], ["phone", sizes.phone]]) {
  test(`every page, ${name}: no barrier, nothing cut off`, async (t) => {
    const { page, close } = await visitor(browser, { size });
    if (name !== "phone") await enter(page, server.url, "kiosk");
    for (const lang of languages) {
      const at = name === "phone" ? open(lang) : kiosk(server.url, lang);
      for (const [what, path] of Object.entries(pages)) {
        await t.test(`look-${name}-${what}-${lang}`, async () => {
          await page.goto(at + path);
          await picture(page, `look-${name}-${what}-${lang}`);
          await assertFitsWidth(page, what);
          if (name !== "wide" || lang === "ar") await assertAccessible(page, what);
        });
      }
    }
    await close();
  });
}

test("somebody who mistypes finds the occupation with the keys on the screen", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(kiosk(server.url, "fr"));
  await page.locator("a[href*='/look']").first().click();
  await page.waitForURL(/\/look$/);
  for (const key of "jadrinié") await page.locator(`[data-key="${key}"]`).click();
  const first = page.locator("#found .row").first();
  await within(3000, "it is found while one writes", async () => /Jardinier/.test((await first.textContent()) ?? ""));
  await first.click();
  await page.waitForSelector("h1:has-text('Jardinier')");
  assert.match(page.url(), /\/look\/entry\/starter:gardener/);
  assert.ok(await page.locator(".on-phone .qr").isVisible());
  await page.locator("a.back").click();
  await page.waitForURL(/\/look\/search/);
  await page.waitForSelector("#found .row");
  await close();
});

test("whoever only knows what they dislike sees what remains, as they touch", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url, "en")}/look/likes`);
  const count = async () => Number.parseInt((await page.locator("#found h2").textContent({ timeout: 3000 })) ?? "", 10);
  await page.locator("[name=dislike][value=night]").check();
  const without = await count();
  await page.locator("[name=like][value=animals]").check();
  await within(3000, "fewer remain", async () => (await count()) < without);
  assert.ok((await count()) > 0);
  await close();
});

test("thirty replies make a profile with a reason for each occupation, and nothing is kept", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url, "fr")}/look/explorer`);
  for (let n = 0; n < 30; n++) {
    const before = await page.locator("h1").textContent();
    await page.locator(n % 6 === 3 ? ".reply.thumbs-up" : ".reply.thumbs-down").click();
    await within(3000, "the next is asked", async () => (await page.locator("h1").textContent()) !== before);
  }
  await page.waitForSelector(".hexagon .own");
  assert.match(await page.locator(".profile-table tr").first().textContent(), /100/);
  assert.ok((await page.locator(".rows .row").count()) >= 10);
  assert.ok((await page.locator(".rows .why").count()) >= 1);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.equal(kept, "{}");
  await close();
});

test("a phone without script finds, reads and sees where every fact comes from", async () => {
  const { page, close } = await visitor(browser, { size: sizes.phone, script: false });
  await page.goto(`${server.url}/i/valmont`);
  await page.locator("input[type=search]").fill("truck");
  await page.locator(".find button.solid").click();
  await page.locator("#found .row").first().click();
  assert.match(await page.locator("h1").textContent(), /routier|truck/i);
  assert.ok(await page.locator(".source").first().isVisible());
  const data = JSON.parse(await page.locator("script[type='application/ld+json']").textContent());
  assert.equal(data["@type"], "Occupation");
  assert.ok(data["@id"].startsWith("http"));
  await close();
});
