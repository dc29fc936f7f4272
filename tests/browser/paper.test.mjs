// Receipts that a browser prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sizes, startBrowser, visitor } from "./support/browser.mjs";
import { pictures, startPrinter } from "./support/printer.mjs";
import { centre, program, startServer } from "./support/server.mjs";
import { enter, kiosk, showDisplay, staff, takeTicketAtKiosk } from "./support/steps.mjs";
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

/** Every number of the page with four digits instead of its own: those that break or stick out. */
const brokenNumbers = (page) =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const shown = [...document.querySelectorAll(".number")].filter((number) => number.getClientRects().length > 0);
    for (const number of shown) number.textContent = "C\u00a09999";
    const broken = shown.filter((number) => {
      const [own, range] = [number.getBoundingClientRect(), document.createRange()];
      range.selectNodeContents(number);
      const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
      const frame = number.closest(".card, .now, li, header, main").getBoundingClientRect();
      return lines.size !== 1 || own.left < frame.left - 1 || own.right > frame.right + 1;
    });
    return { shown: shown.length, broken: broken.map((number) => number.parentElement.outerHTML) };
  });

test("a number of four digits stays whole on one line, on paper and on every screen", async () => {
  const { page, close } = await visitor(browser, { size: sizes.kiosk });
  await enter(page, server.url, "kiosk");
  const { token } = await takeTicketAtKiosk(page);
  const check = async (name) => {
    const { shown, broken } = await brokenNumbers(page);
    assert.ok(shown > 0, `${name} shows no number`);
    assert.deepEqual(broken, [], name);
  };
  for (const text of ["normal", "large", "largest"]) {
    await page.evaluate((size) => {
      document.documentElement.classList.remove("normal", "large", "largest");
      document.documentElement.classList.add(size);
    }, text);
    await check(`the kiosk, ${text} letters`);
  }
  const ticket = page.url();
  for (const size of [sizes.kioskWide, { width: 1280, height: 720 }]) {
    await page.setViewportSize(size);
    await page.goto(ticket);
    await check(`the kiosk, ${size.width} wide`);
  }
  await page.setViewportSize({ width: 320, height: 568 });
  await page.goto(`${server.url}/t/${token}`);
  await check("the phone");
  await page.setViewportSize({ width: 302, height: 900 });
  await page.emulateMedia({ media: "print" });
  await page.goto(`${server.url}/print/${token}?auto=no`);
  await check("the receipt");
  await page.emulateMedia({ media: null });

  const counsellor = await staff(server.url, "counsellor5");
  const [{ places: [place] }] = await counsellor("GET", `/centres/${centre}/desks`);
  await counsellor("POST", `/places/${place.id}/open`);
  await counsellor("POST", `/places/${place.id}/next`);
  for (const size of [sizes.display, sizes.kiosk]) {
    await page.setViewportSize(size);
    await showDisplay(page, server.url);
    await page.locator(".now .hero .number").waitFor();
    await check(`the display, ${size.width} wide`);
  }
  await close();
});

// From here on there is another centre: a kiosk that prints on 58 mm paper, and needs in which directions are nested: Arabic, Persian, Hebrew.
const needs = ["هل ملف CV عبر Word جيد؟", "CV أم Word؟ (2 من 3)", "آیا رزومه‌ام در Word خوب است؟", "האם קובץ CV ב-Word טוב?"];
const kioskWithPrinter = (address) => `
[centre]
slug = "papier"
name = { fr = "Papier", ar = "مركز Papier للمهن" }
time_zone = "UTC"
languages = ["fr", "ar"]
talk_languages = ["fr", "ar"]
[hours]
${["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"].map((day) => `${day}day = ["00:00-23:59"]`).join("\n")}
[[spaces]]
letter = "A"
sign = 1
name = { fr = "A", ar = "أ" }
question = { fr = "A", ar = "أبحث عن عمل" }
hint = { fr = "A", ar = "أ" }
directions = { fr = "A", ar = "الطابق 2، القاعة C 12 (من 9:30 إلى 17:00)، قرب Café" }
needs = [${needs.map((ar, n) => `{ code = "n${n}", question = { fr = "A", ar = "${ar}" }, label = { fr = "A" } }`)}]
[[organisations]]
code = "centre"
name = "Papier"
[[desks]]
name = "1"
space = "A"
[[devices]]
kind = "printer"
name = "Imprimante"
connection = "tcp://${address}"
paper = "58"
[[devices]]
kind = "kiosk"
name = "Borne"
printer = "Imprimante"
`;

/** Loads a centre beside the running server; gives the secret of its kiosk. */
function importCentre(toml) {
  const file = join(tmpdir(), `parvis-paper-${process.pid}.toml`);
  writeFileSync(file, toml);
  const said = execFileSync(program, ["admin", "import", "--database", server.database, file], { encoding: "utf8" });
  rmSync(file);
  return /^\s*kiosk\s+(\w+)/m.exec(said)[1];
}

/** Takes a ticket at a kiosk of the API, as soon as the centre is there and its day is open. */
async function take(secret, need) {
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  const body = JSON.stringify({ need, language: "ar" });
  for (const until = Date.now() + 20_000; ; ) {
    const answer = await fetch(`${server.url}/api/v1/centres/papier/tickets`, { method: "POST", headers, body });
    const text = await answer.text();
    if (answer.status === 201) return JSON.parse(text);
    assert.ok(Date.now() < until, `${answer.status} ${text}`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** What the receipt's page says, in the order of the printer, each with its size and weight there. */
const paragraphs = (page) =>
  page.evaluate(() => {
    const [small, strong] = ["400 28px", "700 36px"];
    const places = [
      [".centre", strong], ["h1", small], [".space span", strong], [".need", small], [".ahead", strong], [".taken", small],
      ["main > p:last-child", small], ["section:not(.follow) h2", strong], ["section:not(.follow) p", small],
      [".follow h2", strong], [".follow p", small],
    ];
    return places.map(([place, font]) => ({ text: document.querySelector(place).textContent, font }));
  });

/** The same paragraphs as Chromium lays them out on paper as wide, in the printer's fonts. */
async function layOut(page, said, width) {
  const folder = fileURLToPath(new URL("../../node_modules/@expo-google-fonts/", import.meta.url));
  const faces = ["", "Arabic", "Hebrew"].flatMap((script) =>
    [[400, "Regular"], [700, "Bold"]].map(([weight, name]) => {
      const kind = `ibm-plex-sans${script && `-${script.toLowerCase()}`}`;
      const bytes = readFileSync(`${folder}${kind}/${weight}${name}/IBMPlexSans${script}_${weight}${name}.ttf`);
      const source = `url(data:font/ttf;base64,${bytes.toString("base64")})`;
      return `@font-face { font-family: "P${script}"; font-weight: ${weight}; src: ${source}; }`;
    }),
  );
  const lines = said.map(({ text, font }) => `<p dir="rtl" style="font: ${font}/1.5 P, PArabic, PHebrew">${text}</p>`);
  const style = `${faces.join("")} body { margin: 0; width: ${width}px; } p { margin: 0; text-align: center; }`;
  await page.setContent(`<!doctype html><style>${style}</style><body>${lines.join("")}</body>`);
  await page.evaluate(() => document.fonts.ready);
  return page.locator("body").screenshot();
}

/** How much of the ink of each of two pictures lies where the other has some, line by line: the worst of them. */
const alike = (page, png, printed) =>
  page.evaluate(
    async ([png, printed]) => {
      const [width, height] = [printed[0].width, printed.reduce((sum, { rows }) => sum + rows, 0)];
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
      canvas.drawImage(image, 0, 0);
      const { data } = canvas.getImageData(0, 0, image.width, image.height);
      const seen = (x, y) => x >= 0 && x < width && data[(y * image.width + x) * 4] < 128;
      let top = 0;
      const lines = printed.map(({ rows, dots }) => {
        const bytes = Uint8Array.from(atob(dots), (c) => c.charCodeAt(0));
        const [own, from] = [(x, y) => (bytes[(y * width + x) >> 3] >> (7 - (x & 7))) & 1, top];
        top += rows;
        const near = (has, x, y) => {
          for (let dy = -2; dy <= 2; dy++)
            for (let dx = -2; dx <= 2; dx++) {
              const [nx, ny] = [x + dx, y + dy];
              if (nx >= 0 && nx < width && ny >= 0 && ny < rows && has(nx, ny)) return true;
            }
          return false;
        };
        const covered = (has, other) => {
          let [all, met] = [0, 0];
          for (let y = 0; y < rows; y++)
            for (let x = 0; x < width; x++) if (has(x, y)) [all, met] = [all + 1, met + (near(other, x, y) ? 1 : 0)];
          return all ? met / all : 0;
        };
        // Centred lines may stand some dots apart: a browser counts spaces at their end otherwise.
        const shifted = [-3, 0, 3].map((shift) => {
          const theirs = (x, y) => seen(x + shift, from + y);
          return Math.min(covered(own, theirs), covered(theirs, own));
        });
        return Math.max(...shifted);
      });
      return { lines, heights: [image.height, height] };
    },
    [png.toString("base64"), printed.map((line) => ({ ...line, dots: line.dots.toString("base64") }))],
  );

test("an Arabic receipt is laid out on paper as Chromium lays it out", async (t) => {
  const printer = await startPrinter();
  t.after(() => printer.stop());
  const secret = importCentre(kioskWithPrinter(printer.address));
  const { page, close } = await visitor(browser, { size: { width: 400, height: 900 } });
  for (const [n, need] of needs.entries()) {
    const taken = await take(secret, `n${n}`);
    assert.equal(taken.receipt, "on_its_way");
    const printed = pictures(await printer.next());
    await page.goto(`${server.url}/print/${taken.follow}?auto=no`);
    const said = await paragraphs(page);
    assert.ok(said.some(({ text }) => text === need), JSON.stringify(said));
    await page.goto("about:blank");
    const drawn = await layOut(page, said, printed[0].width);
    const { lines, heights } = await alike(page, drawn, printed);
    assert.equal(heights[0], heights[1], `lines are broken elsewhere: ${heights}`);
    for (const [line, share] of lines.entries()) assert.ok(share > 0.9, `${need}, line ${line}: ${share}`);
  }
  await close();
});
