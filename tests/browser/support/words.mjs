// The product's own sentences, so that a test looks for what a person reads and survives a better wording.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../app/texts/", import.meta.url));

function read(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  const plain = lines.map((line) => /^(\w+) = (".*")$/.exec(line)).filter(Boolean);
  return Object.fromEntries(plain.map(([, key, value]) => [key, JSON.parse(value)]));
}

function language(code) {
  const files = readdirSync(`${folder}${code}`).filter((name) => name.endsWith(".toml"));
  const sections = files.map((name) => {
    const section = name.replace(".toml", "");
    const known = read(`${folder}${code}/${name}`);
    const strict = new Proxy(known, {
      get(texts, key) {
        if (typeof key === "string" && !(key in texts)) throw new Error(`no text ${code} ${section}.${key}`);
        return texts[key];
      },
    });
    return [section, strict];
  });
  return Object.fromEntries(sections);
}

export const languages = ["fr", "en", "ar"];
/** `words.fr.kiosk.take_ticket`; plural forms are not among them. */
export const words = Object.fromEntries(languages.map((code) => [code, language(code)]));

/** Without the invisible marks that keep a number's direction. */
export const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, "").replace(/\s+/g, " ").trim();
