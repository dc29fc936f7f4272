// Where what matters stands, kept as text beside the tests: what moves it without meaning to is seen.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../boxes/", import.meta.url));
/** Coarse on purpose: another version of the browser, or of a font, moves nothing by as much. */
const UNIT = 16;
const TOLERANCE = 1.5 * UNIT;

const file = (family) => `${folder}${family}.txt`;
const head = (family) => `# ${family}: left, top, width×height in units of ${UNIT} px. Written by \`npm run boxes\`, see docs/tests.md.\n`;

const said = (box) => {
  const [x, y, w, h] = box.map((n) => Math.round(n / UNIT));
  return `${x},${y} ${w}×${h}`;
};
const read = (text) => text.match(/-?\d+/g).map((n) => Number(n) * UNIT);

/** The kept boxes of a family: for each page and combination, by the name of what matters. */
export function kept(family) {
  const boxes = new Map();
  if (!existsSync(file(family))) return boxes;
  for (const line of readFileSync(file(family), "utf8").split("\n").filter((l) => l && !l.startsWith("#"))) {
    const [row, ...marks] = line.split(" | ");
    boxes.set(row.trim(), new Map(marks.map((mark) => mark.split(": "))));
  }
  return boxes;
}

/**
 * What of a row is not where it was, sideways. Up and down (`everyWay`) it also stands where the words above it let it: a
 * wait in minutes, or a line that is being made again, may take one line more at one moment than at another.
 */
export function moved(before, boxes, everyWay = false) {
  const changes = [];
  const isTold = (n) => everyWay || n % 2 === 0;
  for (const name of new Set([...before.keys(), ...Object.keys(boxes)])) {
    const [was, is] = [before.get(name), boxes[name]];
    if (was && is && read(was).every((n, i) => !isTold(i) || Math.abs(n - is[i]) <= TOLERANCE)) continue;
    changes.push(`${name} was ${was ?? "not there"}, is ${is ? said(is) : "not there"}`);
  }
  return changes;
}

/** Writes a family's boxes anew; what is still where it was keeps its line. */
export function write(family, rows) {
  const before = kept(family);
  const lines = [...rows].map(([row, boxes]) => {
    const old = before.get(row);
    const marks = Object.entries(boxes).map(([name, box]) => `${name}: ${said(box)}`);
    const isSame = old && moved(old, boxes, true).length === 0;
    return [row, ...(isSame ? [...old].map((mark) => mark.join(": ")) : marks)].join(" | ");
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(file(family), `${head(family)}${lines.sort().join("\n")}\n`);
}
