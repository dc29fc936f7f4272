// Looking around in career information: without a ticket, with one finger, with mistakes, without typing, on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertAccessible, assertFitsWidth, picture, sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { enter, kiosk, staff, within } from "./support/steps.mjs";
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

const open = (lang) => `${server.url}/i/valmont/${lang}`;

const pages = {
  home: "/look",
  search: "/look/search?q=bread",
  narrowed: "/look/search?q=enfant&level=none&with=people",
  nothing: "/look/search?q=zzzzzzz",
  entry: "/look/entry/starter:baker",
  document: "/look/entry/starter:writing-a-cv",
  sectors: "/look/sectors",
  training: "/look/entry/starter:cap-bakery",
  sector: "/look/sectors/health",
  places: "/look/places",
  likes: "/look/likes?like=animals&dislike=night",
  explorer: "/look/explorer",
  profile: `/look/explorer?replies=${"nnnyny".repeat(5)}`,
  flat: `/look/explorer?replies=${"ynmyn".repeat(6)}`,
  interests: "/look/interests",
  interest: "/look/interests/A?outdoors=no",
  job: "/look/job?q=serveuse",
  from: "/look/job/starter:waiter?q=serveuse",
  documents: "/look/documents",
};
/** What only the kiosk has. */
const atKiosk = { taken: "/look/taken", printed: "/look/entry/starter:baker/printed/00000000-0000-0000-0000-000000000000" };

for (const [name, size] of [["tall", sizes.kiosk], ["wide", sizes.kioskWide], ["phone", sizes.phone]]) {
  test(`every page, ${name}: no barrier, nothing cut off`, async (t) => {
    const { page, close } = await visitor(browser, { size });
    if (name !== "phone") await enter(page, server.url, "kiosk");
    for (const lang of languages) {
      const at = name === "phone" ? open(lang) : kiosk(server.url, lang);
      const all = name === "phone" ? pages : { ...pages, ...atKiosk };
      for (const [what, path] of Object.entries(all)) {
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

test("whoever likes everything alike is led on by other ways", async () => {
  const { page, close } = await visitor(browser, { size: sizes.phone });
  await page.goto(`${open("fr")}${pages.flat}`);
  await page.getByText(words.fr.look.explorer_flat).waitFor();
  await page.locator(".ways-out").getByRole("link", { name: words.fr.look.by_likes }).click();
  await page.waitForURL(/\/look\/likes/);
  await close();
});

test("one finger and no glasses: the largest letters, low, and nothing cut off", async (t) => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  for (const [what, path] of Object.entries({ ...pages, ...atKiosk })) {
    await t.test(what, async () => {
      await page.goto(`${kiosk(server.url, "fr")}${path}${path.includes("?") ? "&" : "?"}text=largest&low=yes`);
      await picture(page, `look-largest-${what}-fr`);
      await assertFitsWidth(page, what);
      const small = await page.evaluate(() => {
        const touched = [...document.querySelectorAll("main a, main button, main summary, main input:not([type=hidden])")];
        const boxes = touched.filter((e) => e.checkVisibility()).map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)]);
        return boxes.filter(([box]) => box.height && box.height < 59.5).map(([box, html]) => `${box.height} px: ${html}`);
      });
      assert.deepEqual(small, [], "a finger needs more");
    });
  }
  await close();
});

test("a touch on a chip narrows what was found, and back from an entry leads to it again", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url, "fr")}/look/search?q=enfant`);
  const rows = () => page.locator("#found .row").count();
  const before = await rows();
  await page.locator("a.facet", { hasText: "Sans diplôme" }).click();
  await page.waitForURL(/level=none/);
  assert.ok((await rows()) < before);
  await page.locator("#find").fill("enfants");
  await page.waitForFunction(() => document.querySelector("#found .row[href*='enfants']"));
  assert.ok(await page.locator("#found .facet.on").isVisible(), "it stays narrowed while one writes");
  await page.locator("#found .row").first().click();
  await page.waitForURL(/\/look\/entry\//);
  await page.locator("a.back").click();
  await page.waitForURL(/search\?.*level=none/);
  await page.locator(".facet.on").click();
  await page.waitForURL((address) => !address.search.includes("level"));
  await close();
});

test("from an occupation straight to the question that helps, with its line as it is now", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url, "fr")}/look/entry/starter:baker`);
  const help = page.locator(".helps li").first();
  assert.match(await help.textContent(), /À quoi ressemble ce métier/);
  const desk = await staff(server.url, "counsellor1");
  const one = (await desk("GET", "/centres/valmont/desks")).find((d) => d.name === "1").places[0].id;
  await desk("POST", `/places/${one}/open`, {});
  const device = await page.evaluate(() => fetch("/api/v1/centres/valmont/tickets", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ need: "this-occupation", language: "fr" }),
  }).then((answer) => answer.status));
  assert.equal(device, 201);
  await within(5000, "the page says so by itself", async () => /1 numéro avant vous/.test(await help.textContent()));
  await help.locator("a.button").click();
  await page.waitForURL(/\/need\/this-occupation/);
  await desk("POST", `/places/${one}/close`, {});
  await close();
});

test("a document is taken without a ticket", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url, "fr")}/look/documents`);
  assert.ok(await page.locator(".plan svg").isVisible());
  await page.locator(".row", { hasText: "CV clair" }).click();
  await page.waitForSelector(".plan .here");
  assert.match(await page.locator(".plan figcaption").textContent(), /Rayon C.*gauche/);
  await page.getByRole("button", { name: "Je l’ai pris" }).click();
  await page.waitForURL(/\/look\/taken$/);
  await close();
});

for (const lang of ["fr", "ar"])
  test(`an entry in ${lang} on A4: what there is to read and the way back to it, nothing to touch`, async () => {
    const { page, close } = await visitor(browser, { size: sizes.staff });
    await page.goto(`${open(lang)}/look/entry/starter:baker`);
    assert.ok(await page.locator("[data-print]").isVisible());
    assert.ok(await page.locator(".on-phone").isHidden(), "whoever reads on a screen of their own needs no code");
    await page.emulateMedia({ media: "print" });
    await picture(page, `look-paper-${lang}`);
    for (const there of ["h1", ".day", ".ways_in", ".source", ".on-phone .qr", ".address"]) {
      assert.ok(await page.locator(there).first().isVisible(), there);
    }
    for (const away of [".onward", ".bar", ".promise", ".keep"]) assert.ok(await page.locator(away).first().isHidden(), away);
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    assert.ok((pdf.match(/\/MediaBox/g) ?? []).length <= 2, "one leaf");
    await close();
  });

test("the way on stays in sight above the bar, however high that is, on every page", async () => {
  const { page, close, assertCalm } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  await page.goto(`${kiosk(server.url, "fr")}/look/sectors/health`);
  const isAbove = async (height) => {
    await page.evaluate((height) => (document.querySelector(".bar").style.minBlockSize = `${height}px`), height);
    await within(2000, "it stands on the bar", () => page.evaluate(() => {
      const [way, bar] = [".onward .button", ".bar"].map((of) => document.querySelector(of).getBoundingClientRect());
      return way.bottom <= bar.top && bar.top - way.bottom < 60 && bar.bottom <= innerHeight + 1;
    }));
  };
  assert.ok(await page.evaluate(() => document.querySelector(".pane").scrollHeight > innerHeight + 300), "there is more to scroll to");
  await isAbove(100);
  await isAbove(220);
  await page.locator(".row").first().click();
  await page.waitForSelector("body.entry");
  await isAbove(160);
  assertCalm();
  await close();
});

test("by the open door too it is read aloud where the browser has a voice", async () => {
  const { page, context, close } = await visitor(browser, { size: sizes.phone });
  await page.goto(`${open("fr")}/look/entry/starter:baker`);
  assert.ok(await page.locator("[data-listen]").isHidden(), "this browser has no voice");
  await context.addInitScript(() => {
    const said = [];
    const voices = () => [{ lang: "fr-FR", name: "A voice" }];
    Object.defineProperty(window, "speechSynthesis", { value: { getVoices: voices, cancel() {}, speak: (what) => said.push(what.text) } });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
    window.said = said;
  });
  await page.reload();
  await page.locator("[data-listen]").click();
  const said = await page.evaluate(() => window.said);
  assert.match(said.slice(0, 2).join(), /Boulanger/);
  assert.ok(said.length > 8 && said.every((words) => !words.includes("http")), "what is for paper is not said: " + said.join(" | "));
  await page.goto(`${open("ar")}/look/entry/starter:baker`);
  assert.ok(await page.locator("[data-listen]").isHidden(), "no voice for Arabic");
  await close();
});

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
