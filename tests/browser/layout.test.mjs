// The rule that every page follows in every state, size, text size and language (support/layout/rules.mjs): what can be
// touched can be reached, what matters is in sight, nothing is cut, hidden or on top of something else; and what matters
// stands where it stood (boxes/). docs/tests.md says how to run a part of it and how to look at it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "./support/browser.mjs";
import { kept, moved, write } from "./support/layout/boxes.mjs";
import { seeded } from "./support/layout/faults.mjs";
import { families, sizes } from "./support/layout/pages.mjs";
import { all, few, missingPairs, pairwise } from "./support/layout/rows.mjs";
import { examine } from "./support/layout/rules.mjs";
import { grouped, Sheet } from "./support/layout/sheet.mjs";
import { roomOf, Stage } from "./support/layout/stage.mjs";
import { begin, states } from "./support/layout/states.mjs";
import { startServer } from "./support/server.mjs";

const isSoak = Boolean(process.env.PARVIS_SOAK);
const isWriting = process.env.BOXES === "write";
const only = process.env.LAYOUT && new RegExp(process.env.LAYOUT, "i");
/** In a window lower than this there is room for little more than what the page is about… */
const LOW_WINDOW = 560;
/** …and in one lower than this, not even for that. */
const LOWEST_WINDOW = 350;

test("the rows of a family have every pair of its sizes, text sizes and languages", () => {
  for (const [family, { factors, pages }] of Object.entries(families)) {
    const rows = pairwise(pages.map((page) => page.name), factors);
    assert.deepEqual(missingPairs([...rows.values()].flat(), factors), [], family);
    for (const [name, own] of rows)
      for (const [factor, values] of Object.entries(factors))
        for (const value of values) assert.ok(own.some((row) => row[factor] === value), `${family}: ${name} never ${value}`);
  }
  assert.equal(few("a", { x: ["1", "2", "3"], y: ["1", "2"] }).length, 3);
  assert.equal(all({ x: ["1", "2", "3"], y: ["1", "2"] }).length, 6);
});

test("the rule finds each kind of fault, and nothing where nothing is wrong", async () => {
  const page = await browser.newPage({ viewport: sizes.tablet });
  for (const [name, { html, see, says }] of Object.entries(seeded)) {
    await page.setContent(html);
    const { faults } = await examine(page, { see });
    if (says) assert.ok(faults.some((fault) => says.test(fault)), `${name}: ${JSON.stringify(faults)}`);
    else assert.deepEqual(faults, [], name);
  }
  await page.close();
});

const sayRow = (row) => Object.values(row).join(" ");

/** What there is to look at: each page in a state with its rows, in the order of the day. */
function plan() {
  const looks = [];
  for (const [family, { factors, pages, marks, who }] of Object.entries(families)) {
    const rows = pairwise(pages.map((page) => page.name), factors);
    pages.forEach((page) =>
      page.in.forEach((state, n) => {
        // In each state other rows, so that all of them are met.
        const own = n === 0 ? rows.get(page.name) : few(`${page.name} ${state}`, factors);
        const name = page.in.length > 1 ? `${page.name}, ${state}` : page.name;
        looks.push({ family, who, name, page, state, isFirst: n === 0, marks: page.marks ?? marks, rows: isSoak ? all(factors) : own });
      }),
    );
  }
  return looks.filter(({ family, name }) => !only || only.test(`${family} ${name}`));
}

let server;
let browser;
/** The same, with twice as large letters in its settings. */
let largeBrowser;
const sheet = new Sheet(process.env.SCREENSHOTS);
const found = new Map(Object.keys(families).map((family) => [family, []]));
const boxes = new Map(Object.keys(families).map((family) => [family, new Map()]));

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  largeBrowser = await startBrowser({ letters: 32 });
});
after(async () => {
  await browser?.close();
  await largeBrowser?.close();
  await server?.stop();
});

/** Looks at one page in one row, and keeps what is wrong. */
async function lookAt(stage, look, row) {
  const { family, name, page, marks, state } = look;
  const say = (fault) => found.get(family).push({ name, row: sayRow(row), path: stage.page?.url().replace(server.url, ""), fault });
  try {
    await stage.show(page, row, state);
    const height = roomOf(row);
    const asked = Object.entries(typeof page.see === "function" ? page.see(row) : page.see);
    const see = Object.fromEntries(height < LOWEST_WINDOW ? [] : height < LOW_WINDOW ? asked.slice(0, 1) : asked);
    const { faults, boxes: now } = await examine(stage.page, { see, marks, within: page.within });
    faults.forEach(say);
    boxes.get(family).set(`${name} | ${sayRow(row)}`.replace(" | ", ": "), now);
    await sheet.take(stage.page, family, `${name} – ${sayRow(row)}`);
  } catch (error) {
    say(`cannot be looked at: ${error.message.split("\n").slice(0, 3).join(" ")}`);
    await stage.close().catch(() => {});
  }
}

/** Those who take turns: what visitors look at changes nothing for staff, so both are looked at side by side. */
const lanes = [["kiosk", "visitor"], ["phone", "display", "counsellor5", "host", "coordinator"]];

async function goThrough() {
  const day = await begin(server.url);
  const stages = new Map();
  const stageOf = (who, row) => {
    const isLarge = row.text === "large letters";
    const name = `${who}${isLarge ? ", large letters" : ""}`;
    if (!stages.has(name)) stages.set(name, new Stage(isLarge ? largeBrowser : browser, server, { day, who }));
    return stages.get(name);
  };
  const looks = plan();
  for (const state of Object.keys(states)) {
    const now = looks.filter((look) => look.state === state);
    if (now.length === 0) continue;
    await day.reach(state);
    await Promise.all(
      lanes.map(async (lane) => {
        for (const look of now.filter(({ who }) => lane.includes(who))) {
          if (look.isFirst && look.page.before) await look.page.before(day);
          const byLanguage = [...look.rows].sort((a, b) => (a.language ?? "").localeCompare(b.language ?? ""));
          for (const row of byLanguage) await lookAt(stageOf(look.who, row), look, row);
          for (const stage of stages.values()) if (stage.who === look.who) await stage.close();
        }
      }),
    );
  }
  for (const stage of stages.values()) await stage.end();
}

test("every page in every state is opened", { timeout: isSoak ? 7_200_000 : 600_000 }, async () => {
  await goThrough();
  await sheet.write(browser);
});

/** What is wrong by page, each with the first combination that shows it. */
function said(faults) {
  const groups = grouped(faults, ({ name, fault }) => `${name}: ${fault}`);
  return [...groups].map(([what, some]) => `  ${what}\n    ${some.length}× ${some[0].row}  ${some[0].path}`).join("\n");
}

for (const family of Object.keys(families)) {
  test(`${family}: everything can be reached, nothing is cut or covered`, () => {
    const faults = found.get(family);
    assert.equal(faults.length, 0, `${faults.length} faults\n${said(faults)}`);
  });
  test(`${family}: what matters stands where it stood`, () => {
    if (isWriting) {
      if (!only) write(family, boxes.get(family));
      return;
    }
    const before = kept(family);
    const changes = [...boxes.get(family)].flatMap(([row, now]) => {
      const old = before.get(row);
      if (!old) return isSoak ? [] : [`  ${row}: not known yet`];
      return moved(old, now, isSoak).map((change) => `  ${row}: ${change}`);
    });
    assert.equal(changes.length, 0, `(units of 16 px)\n${changes.join("\n")}\nIf that is meant: npm run boxes`);
  });
}
