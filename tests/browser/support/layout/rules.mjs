// The rule for every page: whatever can be touched can be reached, what matters is in sight, nothing is cut, hidden or
// on top of something else. `examine` runs inside the page and says in words what is wrong.

/**
 * Texts that a page shows in part, and may: each with the reason.
 * @type {Record<string, string>}
 */
export const shortened = {
  ".row small": "a list of what was found shows two lines to choose from; the whole text is one touch away",
  ".row-need": "a line of those who wait is one row high; touched, it opens with everything in full",
};

/**
 * Boxes that are moved sideways by a finger, and may: each with the reason.
 * @type {Record<string, string>}
 */
export const sideways = {
  ".narrow > .facets": "one row of filters on a phone, its last one cut by the edge, so that what was found is in sight",
};

/**
 * Looks at the page as it rests, and at each control brought into view.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ see: Record<string, Seen>, marks: Record<string, string | [string, number]>, within?: string }} what
 *   `see`: what has to be in sight at rest, by name: a selector, or how many of the first that one finds, or else another;
 *   `marks`: whose boxes are kept, by name; `within`: what lies above the rest of the page and is looked at alone.
 * @typedef {string | { at: string, or?: string, first: number }} Seen
 * @returns {Promise<{ faults: string[], boxes: Record<string, number[]> }>}
 */
export async function examine(page, { see = {}, marks = {}, within = "" }) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Two frames: what follows a change of the window is laid out.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
  return page.evaluate(look, { see, marks, within, shortened: Object.keys(shortened), sideways: Object.keys(sideways) });
}

/** Runs in the page, so it knows nothing of this file. */
function look({ see, marks, within, shortened, sideways }) {
  const faults = new Set();
  const width = document.documentElement.clientWidth;
  const height = document.documentElement.clientHeight;
  const styles = new Map();
  const style = (e) => {
    if (!styles.has(e)) styles.set(e, getComputedStyle(e));
    return styles.get(e);
  };
  const plain = (text) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, "").replace(/\s+/g, " ").trim();
  const name = (e) => {
    const words = plain(e.innerText ?? e.textContent ?? "").slice(0, 40);
    const label = words || e.getAttribute("aria-label") || e.getAttribute("name") || e.id;
    const kind = [e.localName, ...[...e.classList].slice(0, 2)].join(".");
    return label ? `${kind} “${label}”` : kind;
  };
  const round = (...numbers) => numbers.map((n) => Math.round(n)).join(" ");

  // A modal dialog is all there is; so is a menu while it is open.
  const scope = document.querySelector(within || "dialog:modal") ?? document.body;
  const all = (selector) => [...scope.querySelectorAll(selector)];
  const isThere = (e) => {
    if (!e.checkVisibility({ visibilityProperty: true })) return false;
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !isForEarsOnly(e);
  };
  const isForEarsOnly = (e) => e.closest(".unseen, .skip:not(:focus)") !== null || style(e).clipPath === "inset(50%)";

  /** The ancestors that cut or scroll, with which way they do. */
  const frames = new Map();
  const framesOf = (e) => {
    if (frames.has(e)) return frames.get(e);
    const parent = e.parentElement;
    let found = [];
    if (e !== document.documentElement && e !== document.body && parent) {
      found = style(e).position === "fixed" ? [] : framesOf(parent);
      const { overflowX, overflowY } = style(e);
      if (overflowX !== "visible" || overflowY !== "visible") found = [{ e, overflowX, overflowY }, ...found];
    }
    // What the page itself does not scroll is cut at the window's edge.
    if (e === document.body && [e, document.documentElement].some((b) => /hidden|clip/.test(style(b).overflowY))) {
      found = [{ e, overflowX: "hidden", overflowY: "hidden" }];
    }
    frames.set(e, found);
    return found;
  };
  const inner = (e) => {
    const box = e.getBoundingClientRect();
    const left = box.left + e.clientLeft;
    const top = box.top + e.clientTop;
    if (e === document.body) return { left: 0, top: 0, right: width, bottom: height };
    return { left, top, right: left + e.clientWidth, bottom: top + e.clientHeight };
  };
  const cross = (a, b) => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (box) => box.right - box.left < 1 || box.bottom - box.top < 1;
  const area = (box) => Math.max(0, box.right - box.left) * Math.max(0, box.bottom - box.top);
  /** The part of a box of `e` that its frames leave. */
  const left = (e, box = e.getBoundingClientRect()) =>
    framesOf(e.parentElement ?? e).reduce((part, frame) => cross(part, inner(frame.e)), box);
  const screen = { left: 0, top: 0, right: width, bottom: height };
  const inSight = (e, box) => cross(left(e, box), screen);

  const isDrawn = (e) => {
    const s = style(e);
    const isFilled = !/^(transparent|rgba\(.*, 0\))$/.test(s.backgroundColor);
    return isFilled || s.boxShadow !== "none" || Number.parseFloat(s.borderTopWidth) > 0;
  };

  // --- touching ---
  const target = (e) => (/^(checkbox|radio)$/.test(e.type) && e.closest("label")) || e;
  const middle = (e) => {
    // A link over two lines has its middle between them.
    const boxes = [...e.getClientRects()].filter((b) => b.width > 1 && b.height > 1);
    const box = style(e).display === "inline" && boxes.length > 1 ? boxes[0] : e.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  };
  const at = (x, y) => (x >= 0 && y >= 0 && x < width && y < height ? document.elementFromPoint(x, y) : null);
  const isHit = (e, x, y) => {
    const hit = at(x, y);
    return hit !== null && (e.contains(hit) || hit.closest("label")?.control === e);
  };
  const controls = all(
    "a[href], button, summary, input:not([type=hidden]), select, textarea, [tabindex='0'], [role=button]",
  ).map((e) => ({ e, box: target(e) })).filter(({ box }) => isThere(box));

  const scrollers = [document.scrollingElement, ...document.querySelectorAll("*")].filter(
    (e) => e && (e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth),
  );
  const rest = scrollers.map((e) => [e, e.scrollTop, e.scrollLeft]);
  const toRest = () => {
    for (const [e, top, start] of rest) {
      if (e.scrollTop !== top) e.scrollTop = top;
      if (e.scrollLeft !== start) e.scrollLeft = start;
    }
  };

  // --- what has to be in sight ---
  // One thing whole; of several, three quarters of each.
  const boxes = {};
  const keep = (key, e) => {
    const box = e.getBoundingClientRect();
    boxes[key] = [box.left, box.top, box.width, box.height].map(Math.round);
  };
  const isSeen = (e, share) => {
    const box = e.getBoundingClientRect();
    const seen = inSight(e, box);
    if (area(seen) < share * area(box)) return false;
    const x = (seen.left + seen.right) / 2;
    return [0.25, 0.5, 0.75].every((part) => {
      const hit = at(x, seen.top + part * (seen.bottom - seen.top));
      return hit !== null && (e.contains(hit) || hit.contains(e));
    });
  };
  for (const [what, asked] of Object.entries(see)) {
    const { at: selector, or, first } = typeof asked === "string" ? { at: asked, first: 1 } : asked;
    const shown = (where) => [...new Set(all(where).map(target))].filter(isThere);
    const found = [selector, or].filter(Boolean).map(shown).find((some) => some.length > 0) ?? [];
    if (found.length === 0) faults.add(`${what} is not there (${selector})`);
    for (const e of found.slice(0, first)) {
      const box = e.getBoundingClientRect();
      if (!isSeen(e, first > 1 ? 0.75 : 0.95)) faults.add(`${what} is not in sight at rest: ${name(e)} at ${round(box.left, box.top, box.width, box.height)}`);
    }
  }
  for (const [what, asked] of Object.entries(marks)) {
    const [selector, nth] = [asked].flat().length > 1 ? asked : [asked, 0];
    const found = [...new Set(all(selector).map(target))].filter(isThere)[nth];
    if (found) keep(what, found);
  }

  // --- no hidden scroll boxes ---
  // What fills the window is moved as a page is, and looks like one.
  const isPage = (e) => area(e.getBoundingClientRect()) > 0.7 * width * height;
  const roots = scrollers.filter(
    (e) => e !== document.scrollingElement && /auto|scroll/.test(style(e).overflowY) && !/^(textarea|select)$/.test(e.localName),
  ).filter((e) => e.scrollHeight > e.clientHeight + 1 && isThere(e) && scope.contains(e) && !isPage(e));
  const size = (e) => area(e.getBoundingClientRect());
  const largest = roots.reduce((a, b) => (a && size(a) >= size(b) ? a : b), null);
  // Neither is what is moved in the middle of a screen, where one reads on.
  for (const box of roots.filter((e) => e !== largest && !e.querySelector(".panel"))) {
    const own = (e) => framesOf(e).find((frame) => /auto|scroll/.test(frame.overflowY))?.e === box;
    const within = controls.map((c) => c.box).filter((c) => box.contains(c) && own(c.parentElement));
    const isShown = (c) => !isEmpty(inSight(c));
    const hidden = within.filter((c) => !isShown(c)).filter((c) => {
      const list = c.closest("ul, ol, table, dl");
      const begins = list && box.contains(list) && [...list.querySelectorAll("li, tr, dt")].some((row) => isThere(row) && isShown(row));
      // Neither is the next list in a column that is full of rows.
      const follows = list && within.filter((other) => other.closest("li") && isShown(other)).length > 2;
      return !begins && !follows;
    });
    if (hidden.length > 0) faults.add(`hidden in a box that scrolls (${name(box).split(" ")[0]}): ${hidden.slice(0, 3).map(name).join(", ")}`);
  }

  // --- texts ---
  const texts = [];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const e = node.parentElement;
    if (!node.data.trim() || /^(script|style|noscript|option|title)$/.test(e.localName)) continue;
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || isForEarsOnly(e)) continue;
    range.selectNodeContents(node);
    // The letters themselves stand in the middle of their line.
    const lines = [...range.getClientRects()].filter((b) => b.width > 0.5).map((b) => {
      const spare = b.height * 0.22;
      return { left: b.left, right: b.right, top: b.top + spare, bottom: b.bottom - spare };
    });
    if (lines.length > 0) texts.push({ node, e, lines });
  }
  const words = ({ node }) => `“${plain(node.data).slice(0, 50)}”`;
  const may = (e, selectors) => selectors.some((selector) => e.closest(selector));
  const layers = new Map();
  const layerOf = (e) => {
    if (!e || e === scope) return scope;
    if (!layers.has(e)) {
      const { position } = style(e);
      layers.set(e, position === "sticky" || position === "fixed" || position === "absolute" ? e : layerOf(e.parentElement));
    }
    return layers.get(e);
  };
  const beyond = [];
  for (const text of texts) {
    const { e, lines } = text;
    if (may(e, shortened) || e.closest("svg")) continue;
    for (const line of lines) {
      // cut by a frame, unless it scrolls there
      let free = { x: false, y: false };
      for (const frame of framesOf(e)) {
        const box = inner(frame.e);
        free = { x: free.x || /auto|scroll/.test(frame.overflowX), y: free.y || /auto|scroll/.test(frame.overflowY) };
        if (!free.x && (line.left < box.left - 2 || line.right > box.right + 2)) faults.add(`cut at the side: ${words(text)} in ${name(frame.e)}`);
        if (!free.y && (line.top < box.top - 1 || line.bottom > box.bottom + 1)) faults.add(`cut above or below: ${words(text)} in ${name(frame.e)}`);
      }
      // outside of what is drawn around it
      for (let a = e; a && a !== scope; a = a.parentElement) {
        if (style(a).position === "absolute" || style(a).position === "fixed" || framesOf(a)[0]?.e === a) break;
        if (style(a).display === "inline" || style(a).display === "contents" || !isDrawn(a)) continue;
        const box = a.getBoundingClientRect();
        if (line.left < box.left - 1.5 || line.right > box.right + 1.5 || line.top < box.top - 1.5 || line.bottom > box.bottom + 1.5) {
          faults.add(`outside of its box: ${words(text)} of ${name(a)}`);
        }
        break;
      }
      if (!framesOf(e).some((f) => /auto|scroll/.test(f.overflowX)) && (line.left < -1 || line.right > width + 1)) beyond.push(words(text));
    }
  }
  for (const { e } of texts) {
    if (may(e, shortened)) continue;
    const { overflowX, overflowY } = style(e);
    if (/hidden|clip/.test(overflowX) && e.scrollWidth > e.clientWidth + 1) faults.add(`cut at the side: ${name(e)}`);
    if (/hidden|clip/.test(overflowY) && e.scrollHeight > e.clientHeight + Math.ceil(0.3 * Number.parseFloat(style(e).fontSize))) faults.add(`cut below: ${name(e)}`);
  }
  for (const e of all("input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=range])")) {
    if (isThere(e) && e.scrollWidth > e.clientWidth + 1) faults.add(`cut in its field: ${name(e)} “${e.value || e.placeholder}”`);
  }

  // --- two texts on one another: only those that move together ---
  const placed = texts.filter(({ e }) => !e.closest("svg")).flatMap((text) =>
    text.lines.map((line) => ({ text, line: framesOf(text.e).reduce((part, f) => cross(part, inner(f.e)), line) })).filter(({ line }) => !isEmpty(line)),
  );
  placed.sort((a, b) => a.line.top - b.line.top);
  for (let i = 0; i < placed.length; i += 1) {
    for (let j = i + 1; j < placed.length && placed[j].line.top < placed[i].line.bottom - 2; j += 1) {
      if (placed[i].text === placed[j].text || layerOf(placed[i].text.e) !== layerOf(placed[j].text.e)) continue;
      const both = cross(placed[i].line, placed[j].line);
      if (both.right - both.left > 3 && both.bottom - both.top > 2) faults.add(`one on the other: ${words(placed[i].text)} and ${words(placed[j].text)}`);
    }
  }

  // --- sideways ---
  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth + 1 || beyond.length > 0) {
    // The innermost that stick out are what makes it wide.
    const isOut = (e) => {
      const box = e.getBoundingClientRect();
      return (box.right > width + 1 || box.left < -1) && box.width > 1 && !framesOf(e).some((f) => f.overflowX !== "visible");
    };
    const out = all("*").filter((e) => isThere(e) && isOut(e) && ![...e.children].some(isOut));
    const widest = out.sort((a, b) => b.getBoundingClientRect().width - a.getBoundingClientRect().width);
    const which = widest.slice(0, 3).map(name).join(", ") || beyond.slice(0, 3).join(", ");
    faults.add(`the page is ${page.scrollWidth} px wide in a window of ${page.clientWidth} px: ${which}`);
  }
  for (const e of scrollers) {
    if (e === page || !/auto|scroll/.test(style(e).overflowX) || !isThere(e) || may(e, sideways)) continue;
    if (e.scrollWidth > e.clientWidth + 1) faults.add(`scrolls sideways, ${e.scrollWidth} px in ${e.clientWidth} px: ${name(e)}`);
  }
  for (const text of all("svg text")) {
    const [own, frame] = [text, text.ownerSVGElement].map((e) => e.getBoundingClientRect());
    if (own.width > 0 && (own.left < frame.left - 1 || own.right > frame.right + 1)) faults.add(`outside of its picture: “${text.textContent}”`);
  }

  // --- each control can be brought into view, and its middle is not covered ---
  for (const { e, box } of controls) {
    if (isHit(box, ...middle(box)) || isHit(e, ...middle(box))) continue;
    box.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    const [x, y] = middle(box);
    if (isHit(box, x, y) || isHit(e, x, y)) continue;
    const hit = at(x, y);
    faults.add(hit ? `covered by ${name(hit)}: ${name(box)}` : `cannot be brought into view: ${name(box)} at ${round(x, y)} of ${width}×${height}`);
  }
  toRest();
  return { faults: [...faults], boxes };
}
