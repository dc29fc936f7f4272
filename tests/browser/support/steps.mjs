// What people do, in the words of the screens.
import assert from "node:assert/strict";
import { password, centre } from "./server.mjs";
import { words } from "./words.mjs";

/** Opens a screen of the demo by its button on the first page. */
export async function enter(page, url, screen, language = "fr") {
  await page.goto(`${url}/?lang=${language}`);
  await page.click(`button[name=screen][value=${screen}]`);
}

/** Somebody of the staff, by the HTTP API. */
export async function staff(url, login) {
  const ask = async (method, path, body, token) => {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const { token } = await ask("POST", "/session", { login, password });
  return (method, path, body) => ask(method, path, body, token);
}

export async function signIn(page, url, login, language = "fr") {
  await page.goto(`${url}/${language}/sign-in`);
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", password);
  await page.click("form.form button[type=submit]");
  await page.waitForURL((address) => !address.pathname.endsWith("/sign-in"));
  await alive(page);
}

/** The page has been taken over by its script, and hears the server. */
export async function alive(page) {
  // During an alarm the bar is out of sight.
  await page.waitForSelector(".live.on", { state: "attached" });
}

/** A section of the settings, once all it asked for came. */
export async function openSettings(page, url, section, language = "fr") {
  await page.goto(`${url}/${language}/settings?section=${section}`, { waitUntil: "networkidle" });
  await alive(page);
}

/** From the kiosk's first page to the ticket, in four touches: space, question, language of the talk, number. */
export async function takeTicketAtKiosk(page, { language = "fr", talk = "fr" } = {}) {
  await page.click(".languages a[lang=" + language + "]");
  await page.waitForSelector(`html[lang=${language}]`);
  await page.click("a[href*='/space/C']");
  await page.click("a[href*='/need/cv']");
  await page.locator(`.talks a:has(bdi[lang=${talk}])`).click();
  await page.locator("form#take button").click();
  await page.waitForURL(/\/ticket\//);
  const number = await shownNumber(page);
  assert.match(number, /^C\d+$/);
  const token = new URL(page.url()).pathname.split("/").at(-1);
  return { number, token };
}

export async function shownNumber(page, place = ".hero") {
  const text = await page.locator(place).first().innerText();
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}

export const kiosk = (url, language = "fr") => `${url}/k/${centre}/${language}`;
export const display = (url, language = "fr") => `${url}/d/${centre}/${language}`;
/** Makes the browser a display of the demo, and shows it. */
export async function showDisplay(page, url, language = "fr") {
  await enter(page, url, "display");
  await page.goto(display(url, language));
}
export const phone = (url, token, language) => `${url}/t/${token}${language ? `?lang=${language}` : ""}`;

/** Opens the place of this name at the desk. */
export async function openPlace(page, name, language = "fr") {
  const place = words[language].common.desk_capital.replace("{name}", name);
  await page.locator("button.place", { hasText: new RegExp(`${place}(?!\\d)`) }).first().click();
  await page.waitForSelector("section.line");
}

/** Waits until `seen` is true, and says how long it took, in milliseconds. */
export async function within(milliseconds, what, seen) {
  const from = Date.now();
  for (;;) {
    if (await seen()) return Date.now() - from;
    assert.ok(Date.now() - from < milliseconds, `${what}: not within ${milliseconds} ms`);
    await new Promise((done) => setTimeout(done, 25));
  }
}
