// Contact sheets: small pictures of everything that was looked at, to be looked at by a person.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../output/layout/", import.meta.url));
const PER_SHEET = 30;

/** Things by what they have in common, in the order in which it first came up. */
export function grouped(things, by) {
  const groups = new Map();
  for (const thing of things) {
    const key = by(thing);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(thing);
  }
  return groups;
}

export class Sheet {
  #pictures = [];

  /** Takes pictures only if somebody wants to see them. */
  constructor(isWanted) {
    this.isWanted = Boolean(isWanted);
    if (this.isWanted) rmSync(folder, { recursive: true, force: true });
  }

  async take(page, family, caption) {
    if (!this.isWanted) return;
    mkdirSync(folder, { recursive: true });
    const file = `${family}-${String(this.#pictures.length).padStart(4, "0")}.jpg`;
    await page.screenshot({ path: folder + file, type: "jpeg", quality: 70 });
    this.#pictures.push({ family, file, caption });
  }

  /** One picture for every thirty, with what each shows. */
  async write(browser) {
    if (this.#pictures.length === 0) return;
    const page = await browser.newPage({ viewport: { width: 1800, height: 1200 } });
    for (const [family, some] of grouped(this.#pictures, (picture) => picture.family)) {
      for (let from = 0; from < some.length; from += PER_SHEET) {
        const figures = some.slice(from, from + PER_SHEET).map(({ file, caption }) => `<figure><img src="${file}"><figcaption>${caption} <small>${file}</small></figcaption></figure>`);
        const style = "body{display:grid;grid-template-columns:repeat(6,1fr);gap:8px;font:12px sans-serif;margin:8px}figure{margin:0}img{max-width:100%;max-height:420px;outline:1px solid #888}";
        const html = `${folder}sheet-${family}-${from / PER_SHEET}.html`;
        writeFileSync(html, `<!doctype html><meta charset=utf-8><style>${style}</style>${figures.join("")}`);
        await page.goto(`file://${html}`);
        await page.screenshot({ path: html.replace(".html", ".png"), fullPage: true });
      }
    }
    await page.close();
  }
}
