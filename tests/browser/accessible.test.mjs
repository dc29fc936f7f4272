// Every page in every language: no barrier that a machine can find, nothing cut off at the side. SCREENSHOTS=1 keeps
// a picture of each in output/.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { assertAccessible, assertFitsWidth, picture, sizes, startBrowser, visitor } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";
import { alive, enter, kiosk, openPlace, openSettings, phone, showDisplay, signIn, takeTicketAtKiosk } from "./support/steps.mjs";
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

/** Looks at one page; the others are looked at even if this one fails. */
async function look(t, page, name, { closely = true } = {}) {
  await t.test(name, async () => {
    await picture(page, name);
    await assertFitsWidth(page, name);
    if (closely) await assertAccessible(page, name);
  });
}

test("the first page and the form to sign in", async (t) => {
  const { page, close } = await visitor(browser);
  for (const lang of languages) {
    await page.goto(`${server.url}/?lang=${lang}`);
    await look(t, page, `home-${lang}`);
    await page.goto(`${server.url}/${lang}/sign-in`);
    await look(t, page, `sign-in-${lang}`);
    await page.goto(`${server.url}/${lang}/sign-in?trouble=wrong_password`);
    await look(t, page, `sign-in-wrong-${lang}`);
  }
  await page.setViewportSize(sizes.phone);
  await page.goto(`${server.url}/?lang=fr`);
  await look(t, page, "home-fr-narrow");
  await page.goto(`${server.url}/nowhere`);
  await look(t, page, "nowhere");
  await close();
});

for (const [name, size] of [["tall", sizes.kiosk], ["wide", sizes.kioskWide]]) {
  // The same documents at another size: one language is enough to look at them closely once more.
  const how = (lang) => ({ closely: name === "tall" || lang === "ar" });
  test(`the kiosk, ${name}`, async (t) => {
    for (const lang of languages) {
      const { page, close } = await visitor(browser, { size, locale: lang });
      await page.goto(`${server.url}/k/valmont`);
      assert.equal(await page.getAttribute("html", "lang"), lang, "whoever sets a kiosk up reads the browser's language");
      await look(t, page, `kiosk-${name}-enrolment-${lang}`, how(lang));
      await close();
    }
    const { page, close } = await visitor(browser, { size });
    await enter(page, server.url, "kiosk");
    for (const lang of languages) {
      const at = kiosk(server.url, lang);
      const steps = {
        start: "",
        space: "/space/C",
        talk: "/need/cv",
        interpreter: "/need/cv?how=interpreter",
        party: "/need/cv/details/party?talk=fr",
        needs: "/need/cv/details/access?talk=fr",
        ready: "/need/cv/ready?talk=fr&party=2",
        otherwise: "/need/cv/ready?talk=wo&access=sign_language",
        planned: "/planned",
        slip: "/slip",
        large: "?text=largest&low=yes",
      };
      for (const [step, path] of Object.entries(steps)) {
        await page.goto(at + path);
        await look(t, page, `kiosk-${name}-${step}-${lang}`, how(lang));
      }
      await page.goto(at);
      await takeTicketAtKiosk(page, { language: lang });
      await look(t, page, `kiosk-${name}-ticket-${lang}`, how(lang));
      await page.locator("form[action*='take-back'] button").click();
      await page.waitForURL(/taken-back/);
      await look(t, page, `kiosk-${name}-taken-back-${lang}`, how(lang));
    }
    await close();
  });
}

describe("with a counsellor at work", () => {
  let token;
  const opened = [];
  const someone = async (options) => {
    const one = await visitor(browser, options);
    opened.push(one);
    return one.page;
  };
  let desk;
  let own;
  let screen;
  before(async () => {
    const guest = await visitor(browser, { size: sizes.kiosk, script: false });
    await enter(guest.page, server.url, "kiosk");
    for (let i = 0; i < 3; i += 1) {
      await guest.page.goto(kiosk(server.url));
      const taken = await takeTicketAtKiosk(guest.page);
      token ??= taken.token;
    }
    await guest.close();
    [desk, own, screen] = [await someone(), await someone({ size: sizes.phone }), await someone({ size: sizes.display })];
    await signIn(desk, server.url, "counsellor5");
  });
  after(async () => {
    for (const one of opened) await one.close();
  });

  const atDesk = async (lang) => {
    await desk.goto(`${server.url}/${lang}/desk`);
    await alive(desk);
  };
  const everyLanguage = async (t, state) => {
    for (const lang of languages) {
      await own.goto(phone(server.url, token, lang));
      await look(t, own, `phone-${state}-${lang}`);
      await showDisplay(screen, server.url, lang);
      await look(t, screen, `display-${state}-${lang}`);
      await atDesk(lang);
      await look(t, desk, `desk-${state}-${lang}`);
    }
  };
  const panels = async (t, state, keys) => {
    for (const lang of languages) {
      await atDesk(lang);
      for (const [name, key] of Object.entries(keys)) {
        await desk.keyboard.press(key);
        await desk.locator(".panel").waitFor();
        await look(t, desk, `desk-${state}-${name}-${lang}`);
        await desk.keyboard.press("Escape");
        await desk.locator(".panel").waitFor({ state: "detached" });
      }
    }
  };

  test("before a desk is open", (t) => everyLanguage(t, "closed"));
  test("at an open desk", async (t) => {
    await atDesk("fr");
    await openPlace(desk, "3");
    await everyLanguage(t, "free");
  });
  test("while a number is called", async (t) => {
    await atDesk("fr");
    await desk.keyboard.press("n");
    await desk.locator(".who:not(.next)").waitFor();
    await everyLanguage(t, "called");
  });
  test("in a talk", async (t) => {
    await atDesk("fr");
    await desk.keyboard.press("a");
    await desk.locator("[aria-keyshortcuts=T]").waitFor();
    await everyLanguage(t, "talk");
    await panels(t, "talk", { hold: "m", "hand-over": "p", advice: "c", need: "k", finish: "t" });
  });

  test("at the welcome", async (t) => {
    const host = await someone();
    await signIn(host, server.url, "host");
    for (const lang of languages) {
      await host.goto(`${server.url}/${lang}/welcome`);
      await alive(host);
      await look(t, host, `welcome-${lang}`);
      await host.locator(".here .row-head").first().click();
      await look(t, host, `welcome-row-${lang}`);
      for (const [name, key] of Object.entries({ take: "t", message: "m", needs: "b" })) {
        await host.keyboard.press(key);
        await host.locator(".panel").waitFor();
        await look(t, host, `welcome-${name}-${lang}`);
        await host.keyboard.press("Escape");
        await host.locator(".panel").waitFor({ state: "detached" });
      }
      await host.locator(".around .stack button").last().click();
      await host.locator(".panel").waitFor();
      await look(t, host, `welcome-closing-${lang}`);
    }
  });

  test("for the coordinator", async (t) => {
    const coordinator = await someone();
    await signIn(coordinator, server.url, "coordinator");
    for (const lang of languages) {
      await coordinator.goto(`${server.url}/${lang}/centre`);
      await alive(coordinator);
      await look(t, coordinator, `centre-${lang}`);
      for (const section of ["devices", "rules", "hours", "accounts"]) {
        await openSettings(coordinator, server.url, section, lang);
        await look(t, coordinator, `settings-${section}-${lang}`);
      }
      await coordinator.goto(`${server.url}/${lang}/password`);
      await look(t, coordinator, `password-${lang}`);
    }
  });

  test("when everything is suspended, and after leaving", async (t) => {
    const host = await someone();
    await signIn(host, server.url, "host");
    await host.getByRole("button", { name: words.fr.welcome.pause_all }).click();
    await host.locator(".panel .choices button").first().click();
    await host.locator(".alarm").waitFor();
    for (const lang of languages) {
      await host.goto(`${server.url}/${lang}/welcome`);
      await alive(host);
      await look(t, host, `welcome-fire-${lang}`);
      await atDesk(lang);
      await look(t, desk, `desk-fire-${lang}`);
    }
    const borne = await someone({ size: sizes.kiosk });
    await enter(borne, server.url, "kiosk");
    for (const lang of languages) {
      await own.goto(phone(server.url, token, lang));
      await look(t, own, `phone-fire-${lang}`);
      await showDisplay(screen, server.url, lang);
      await look(t, screen, `display-fire-${lang}`);
      await borne.goto(kiosk(server.url, lang));
      await look(t, borne, `kiosk-fire-${lang}`);
      await own.goto(`${server.url}/t/unknown?lang=${lang}`);
      await look(t, own, `phone-gone-${lang}`);
    }
  });
});
