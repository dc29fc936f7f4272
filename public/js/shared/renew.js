const SPREAD = 10000 + Math.random() * 50000; // screens do not all ask at once
const EVERY = 5000;
let due = false;

/**
 * Loads the page again if another build of the server answers than the one that made it, as soon as `free()`: its script
 * may not understand what comes. Never while the server does not answer.
 */
export function renew(build, free) {
  if (due || build === document.documentElement.dataset.build) return;
  due = true;
  setTimeout(() => setInterval(look, EVERY, free), SPREAD);
}

async function look(free) {
  if (!free()) return;
  const page = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (page && page.ok && free()) location.reload();
}
