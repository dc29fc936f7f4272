/** The server is out of reach: says what to do, and comes back by itself. */

import { touch } from "../shared/insist.js";

const EVERY = 2000;
let waiting;

/**
 * Shows the notice until the server answers; then `again` if that is soon after the touch, else `home`: whoever touched
 * the screen is gone, and a ticket would be nobody's. If something was `asked`, the notice says then that it was not done.
 */
export function lost(again, home, touched = touch(), asked = false) {
  if (waiting) return;
  raise(false);
  waiting = setInterval(async () => {
    raise(asked && touched.isOver());
    if (!(await answers()) || !waiting) return;
    clearInterval(waiting);
    waiting = undefined;
    const notice = document.getElementById("offline");
    if (notice) notice.close();
    if (touched.isOver()) home();
    else again();
  }, EVERY);
}

/** Whether the server answers now. */
export async function answers() {
  const control = new AbortController();
  const patience = setTimeout(() => control.abort(), EVERY);
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: control.signal })).ok;
  } catch (unreachable) {
    return false;
  } finally {
    clearTimeout(patience);
  }
}

function raise(isOver) {
  const notice = document.getElementById("offline");
  if (notice) notice.querySelectorAll("[data-not-done]").forEach((words) => (words.hidden = !isOver));
  if (notice && !notice.open) {
    notice.addEventListener("cancel", (event) => event.preventDefault());
    notice.showModal();
  }
}

/** Whether the notice is shown. */
export const isLost = () => waiting !== undefined;
