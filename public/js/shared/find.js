/** Shows what is found while somebody writes or ticks: the same page that the form's own button asks for, its results only. */
const PAUSE = 140;

/** Follows the form of the page, if it looks for something. */
export function findAsOneWrites() {
  const form = document.querySelector("[data-find], [data-find-choices]");
  if (!form) return;
  let waiting;
  let newest = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const mine = ++newest;
      const found = await results(form);
      // An answer that was overtaken by a later one says nothing any more.
      if (found && mine === newest && form.isConnected) put(form, found);
    }, PAUSE);
  });
}

async function results(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(address, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("found");
  } catch {
    return null; // the button says what is wrong
  }
}

function put(form, found) {
  const shown = document.getElementById("found");
  if (shown) shown.replaceWith(document.adoptNode(found));
  else form.after(document.adoptNode(found));
}
