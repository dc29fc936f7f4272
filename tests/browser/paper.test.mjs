// Receipts that a browser prints.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { centre, startServer } from "./support/server.mjs";
import { enter, kiosk, staff, takeTicketAtKiosk } from "./support/steps.mjs";
import { words } from "./support/words.mjs";

const MILLIMETRES = 25.4 / 72; // of a point
let server;
let browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(), startBrowser()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Width and height of every page that comes out, in millimetres. */
async function pages(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
  return boxes.map(([, width, height]) => [width * MILLIMETRES, height * MILLIMETRES]);
}

for (const language of ["fr", "ar"])
  test(`a receipt in ${language} is one piece of 80 mm paper, as long as what is on it`, async () => {
    const { page, close, assertCalm } = await visitor(browser, { size: sizes.kiosk });
    await enter(page, server.url, "kiosk");
    const { token } = await takeTicketAtKiosk(page, { language });
    await page.goto(`${server.url}/print/${token}?auto=no`);
    await page.evaluate(() => document.fonts.ready);
    const sheets = await pages(page);
    assert.equal(sheets.length, 1, JSON.stringify(sheets));
    const [[width, height]] = sheets;
    const content = await page.evaluate(() => (document.querySelector("main").offsetHeight * 25.4) / 96);
    assert.ok(Math.abs(width - 80) < 1, `${width} mm wide`);
    assert.ok(height >= content && height < content + 8, `${height} mm long for ${content} mm`);
    assert.ok(!(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)));
    assertCalm();
    await close();
  });

test("a kiosk that prints with its own browser prints a notebook, and is back at it", async () => {
  const { page, close, assertCalm } = await visitor(browser, { size: sizes.kiosk });
  await page.addInitScript(() => {
    window.print = () => {
      sessionStorage.setItem("printed", document.body.className);
      dispatchEvent(new Event("afterprint"));
    };
  });
  await enter(page, server.url, "kiosk");
  const coordinator = await staff(server.url, "coordinator");
  const devices = await coordinator("GET", `/centres/${centre}/devices`);
  for (const { id, name } of devices.filter((device) => device.kind === "kiosk"))
    await coordinator("PUT", `/centres/${centre}/devices/${id}`, { name, connection: "browser" });

  await page.goto(`${kiosk(server.url)}/look/entry/starter:baker`);
  await page.getByRole("link", { name: words.fr.notebook.keep }).click();
  await page.locator(".top .notebook").click();
  await page.waitForURL(/\/look\/notebook\?/);
  await page.getByRole("button", { name: words.fr.notebook.print }).click();
  await page.waitForFunction(() => sessionStorage.getItem("printed"));
  await page.waitForURL(/\/look\/notebook\?/);
  assert.equal(await page.evaluate(() => sessionStorage.getItem("printed")), "paper sheet");
  assert.ok(await page.locator("body.kiosk .rows.kept .row").isVisible());
  assertCalm();
  await close();
});
