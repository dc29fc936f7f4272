// Opens a page as one of those who use it, in the window, letters and language of a row.
import { visitor } from "../browser.mjs";
import { enter, signIn } from "../steps.mjs";
import { sizes } from "./pages.mjs";

/** The least window of a page in letters of twice the size: what a small phone has. */
const LEAST = { width: 320, height: 256 };

/** The window of a row. Everything at 200 % leaves half of it, as a browser's own zoom does. */
export function windowOf({ size, text }) {
  const { width, height } = sizes[size];
  if (text !== "200 %") return { width, height };
  return { width: Math.max(LEAST.width, width / 2), height: Math.max(LEAST.height, height / 2) };
}

/** How high the window of a row is, measured in letters of the usual size. */
export function roomOf(row) {
  return windowOf(row).height / (row.text === "large letters" ? 2 : 1);
}

/** One person's browser, kept for all pages of theirs. */
export class Stage {
  #own;
  #shown = "";

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {{ url: string }} server
   * @param {{ day: object, who: string }} of
   */
  constructor(browser, server, { day, who }) {
    Object.assign(this, { browser, server, day, who });
  }

  async #begin() {
    this.#own = await visitor(this.browser);
    this.page = this.#own.page;
    const { who, page, server } = this;
    this.isStaff = !["kiosk", "display", "phone", "visitor"].includes(who);
    if (who === "kiosk" || who === "display") await enter(page, server.url, who);
    if (this.isStaff) await signIn(page, server.url, who, "fr");
  }

  /** Shows a page; what is shown already is only given another window. */
  async show(page, row, state) {
    if (!this.page) await this.#begin();
    const { language = "fr", text, low } = row;
    const choices = [text && `text=${text}`, low === "low" && "low=yes"].filter(Boolean).join("&");
    const path = page.at({ day: this.day, language, choices });
    const wanted = `${state} ${path}`;
    const open = `${wanted} ${page.open || page.offline ? page.name : ""}`;
    const view = windowOf(row);
    if (this.#shown !== open) {
      await this.close();
      await this.page.setViewportSize(view);
      if (this.base !== wanted || !this.isStaff) {
        await this.page.goto(this.server.url + path, { waitUntil: "load" });
        if (this.isStaff && /\/(desk|welcome|centre)$/.test(path)) await this.page.waitForSelector(".live.on:visible, .alarm h1:visible");
        this.base = wanted;
      }
      this.opened = page;
      if (page.offline) {
        await this.#own.context.setOffline(true);
        // Some notice at once, others when somebody touches them.
        await page.touch?.(this.page);
        await this.page.waitForSelector(page.offline);
      }
      await page.open?.(this.page, row);
      this.#shown = open;
    }
    await this.page.setViewportSize(view);
    await this.page.evaluate(() => {
      scrollTo(0, 0);
      // What has just opened has the focus, and a browser brings that into view.
      const focused = document.activeElement;
      if (focused?.closest(".panel")) {
        focused.blur();
        focused.focus();
      }
    });
  }

  /** Puts away what was opened on the page. */
  async close() {
    const { opened } = this;
    this.opened = undefined;
    this.#shown = "";
    if (opened?.offline) {
      await this.#own.context.setOffline(false);
      this.base = "";
    } else if (opened?.close) await opened.close(this.page);
    else if (opened?.open) {
      await this.page.keyboard.press("Escape");
      const what = this.page.locator(".panel, dialog[open], .bar-account[open]").first();
      if (this.isStaff) await what.waitFor({ state: "detached", timeout: 1_000 }).catch(() => (this.base = ""));
    }
  }

  async end() {
    await this.#own?.close();
  }
}
