/**
 * Follows a stream of server-sent events for as long as the page lives.
 *
 * Over fetch, not EventSource: so it sees the keep-alive comments (a connection that sleeps without an error is noticed),
 * the answer's status and its date, and one half-dead connection is cut when the page comes back from sleep.
 *
 * `on.line(data, event)` for every message, `on.open(response)`, `on.quiet()` when nothing was heard for a while,
 * `on.gone()` when the address does not exist any more (then it stops; without `on.gone` it goes on trying).
 */
export function stream(url, on) {
  const SILENCE = 25000; // a keep-alive comes every 15 s
  const AFTER_SLEEP = 17000; // one is missing: do not wait any longer
  let control;
  let heard = Date.now(); // bytes came
  let tried = heard; // a connection was begun
  let wait = 0;
  let again;
  let over = false;

  async function run() {
    clearTimeout(again);
    if (control) control.abort();
    const mine = (control = new AbortController());
    tried = Date.now();
    try {
      const answer = await fetch(url, { headers: { accept: "text/event-stream" }, cache: "no-store", signal: mine.signal });
      if (on.gone && (answer.status === 404 || answer.status === 410)) {
        over = true;
        on.gone();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      on.open(answer);
      await read(answer.body.getReader());
    } catch (ignored) {
      // Whatever it was: it is tried again, and the watchdog tells the page.
    }
    if (mine === control && !over) {
      wait = Math.min(15000, wait * 2 || 500);
      again = setTimeout(run, wait * (0.5 + Math.random()));
    }
  }

  async function read(reader) {
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard = Date.now();
      wait = 0;
      text += decoder.decode(value, { stream: true });
      for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) frame(text.slice(0, end));
    }
  }

  function frame(block) {
    let event = "message";
    const data = [];
    for (const line of block.split("\n")) {
      if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      else if (line.startsWith("event:")) event = line.slice(6).trim();
    }
    if (data.length) on.line(data.join("\n"), event);
  }

  const still = () => Date.now() - Math.max(heard, tried);

  function awake() {
    if (!over && !document.hidden && still() > AFTER_SLEEP) run();
  }

  document.addEventListener("visibilitychange", awake);
  addEventListener("pageshow", awake);
  addEventListener("online", () => over || run());
  setInterval(() => {
    if (over) return;
    if (still() > SILENCE) run();
    on.quiet(Date.now() - heard);
  }, 2000);
  run();
  return { restart: run };
}
