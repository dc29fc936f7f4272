/** The server is out of reach: says what to do, and comes back by itself. */

const EVERY = 2000;
/** Later than this whoever touched the screen is gone, and a ticket would be nobody's. */
const STILL_THERE = 15000;
let waiting;

/** Shows the notice until the server answers; then `again` if that was soon, else `home`. */
export function lost(again, home) {
  if (waiting) return;
  const since = Date.now();
  raise();
  waiting = setInterval(async () => {
    raise();
    if (!(await answers())) return;
    clearInterval(waiting);
    waiting = undefined;
    const notice = document.getElementById("offline");
    if (notice) notice.close();
    if (Date.now() - since < STILL_THERE) again();
    else home();
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

function raise() {
  const notice = document.getElementById("offline");
  if (notice && !notice.open) {
    notice.addEventListener("cancel", (event) => event.preventDefault());
    notice.showModal();
  }
}

/** Whether the notice is shown. */
export const isLost = () => waiting !== undefined;
