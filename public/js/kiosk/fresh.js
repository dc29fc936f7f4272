/** Keeps numbers and states up to date: the stream is a hint, the page itself is asked for what changed. */
import { stream } from "../shared/stream.js";
import { home, isAnswer, isBusy, load, onPage, show } from "./steps.js";
import { isBare } from "./idle.js";
import { serverTime } from "../shared/insist.js";
import { renew } from "../shared/renew.js";
import { answers, isLost, lost } from "./offline.js";

const AT_MOST_EVERY = 1000;
/** Two beats are missing: with the question whether the server answers at all, it is known within fifteen seconds. */
const SILENT = 10500;
/** Pages that say whether something is printed. */
const ON_PAPER = ["ticket", "printed"];
/** Pages that take the place of whatever is shown. */
const STANDING_STILL = ["alarm", "suspended"];
/** When a printer has said whether it prints, in milliseconds after such a page: the day does not change by that. */
const PRINTER_ANSWERS = [2500, 6000, 12000];
let due;
let again = false;
let asking = false;

/** Follows the centre's day for as long as the kiosk runs. */
export function followTheDay() {
  const { live } = document.body.dataset;
  if (!live) return;
  onPage(() => {
    if (ON_PAPER.includes(document.body.dataset.page)) PRINTER_ANSWERS.forEach((after) => setTimeout(soon, after));
  });
  stream(live, {
    open({ build, at }) {
      serverTime(at);
      soon();
      renew(build, () => isBare() && !isBusy() && !isLost());
    },
    line: soon,
    // Not a kiosk of this centre any more: its page says what it can become.
    refused: () => setTimeout(() => location.reload(), 2000),
    async quiet(silence) {
      if (silence < SILENT || asking || isLost()) return;
      asking = true;
      if (await answers()) soon();
      else lost(soon, home);
      asking = false;
    },
  });
}

function soon() {
  if (due) {
    again = true;
    return;
  }
  due = setTimeout(async () => {
    await refresh();
    due = undefined;
    if (again) {
      again = false;
      soon();
    }
  }, AT_MOST_EVERY * Math.random() ** 2);
}

async function refresh() {
  if (isBusy() || isLost()) return;
  const asked = location.href;
  try {
    const fresh = await load(asked);
    // Meanwhile somebody touched the screen: what they asked for comes first.
    if (isBusy() || location.href !== asked) return;
    const [was, is] = [document, fresh.page].map((page) => page.body.dataset.page);
    if (was === "notice" && isAnswer() && !STANDING_STILL.includes(is)) return;
    if (was !== is) return show(fresh);
    fresh.page.querySelectorAll("[data-fresh]").forEach(replace);
  } catch (unreachable) {
    // The stream notices too, and says so.
  }
}

function replace(fresh) {
  const shown = document.getElementById(fresh.id);
  if (shown && shown.outerHTML !== fresh.outerHTML) shown.replaceWith(document.adoptNode(fresh));
}
