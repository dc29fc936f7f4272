/**
 * Follows a live stream for as long as the page lives.
 *
 * Through a WebSocket, because a browser has only six connections of the other kind for all its pages of a site; over
 * fetch where nothing lets a socket through, and for phones (`small`), which cost the server least that way. A beat
 * comes every five seconds at least, so that a line that died without a word is noticed. A hidden page closes its line
 * and catches up when it is shown.
 *
 * `on.line(data, event)` for every event, `on.open({ build, at })` first on every line, `on.lost()` when a line ended,
 * `on.quiet(silence)` every second with the milliseconds since something was heard, `on.stale(silence)` only while that is
 * too long, `on.refused(status)` when the server says no (then it stops; without
 * `on.refused` it goes on trying), `on.stays()` = whether the line stays open while the page is hidden.
 */
export const SILENCE = 12000; // two beats are missing: what the page shows may be old

export function stream(url, on) {
  const PATIENCE = 6000; // until a new line says something
  const GRACE = 3000; // a page that is shown again catches up before it complains
  let heard = Date.now(); // something came
  let tried = heard; // a line was begun
  let shown = 0; // the page was shown again
  let spoke = false; // whether this line said something
  let works; // whether a socket ever did
  let bySocket = !on.small && "WebSocket" in window;
  let wait = 0;
  let again;
  let over = false;
  let close; // closes the line; none is open without

  const sleeps = () => document.hidden && !(on.stays && on.stays());

  function run() {
    clearTimeout(again);
    cut();
    if (over || sleeps()) return;
    tried = Date.now();
    spoke = false;
    let mine = true;
    let text = "";
    const line = {
      hear(more) {
        if (!mine) return;
        heard = Date.now();
        spoke = true;
        wait = 0;
        text += more;
        for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) frame(text.slice(0, end));
      },
      end() {
        if (mine) later();
      },
      refuse(status) {
        if (!mine) return;
        stop();
        on.refused(status);
      },
    };
    const hangUp = bySocket ? socket(url, line) : fetched(url, line, on);
    close = () => {
      mine = false;
      hangUp();
    };
  }

  function cut() {
    if (close) close();
    close = undefined;
  }

  function later() {
    cut();
    turn();
    if (on.lost) on.lost();
    wait = Math.min(10000, wait * 2 || 500);
    again = setTimeout(run, wait * (0.5 + Math.random()));
  }

  /** What said nothing is tried the other way. */
  function turn() {
    if (bySocket) works = spoke || works;
    if (!spoke && !on.small && "WebSocket" in window) bySocket = !bySocket;
  }

  function frame(block) {
    let event = "message";
    const data = [];
    for (const part of block.split("\n")) {
      if (part.startsWith("data:")) data.push(part.slice(5).replace(/^ /, ""));
      else if (part.startsWith("event:")) event = part.slice(6).trim();
    }
    if (event === "hello") begun(JSON.parse(data[0]));
    else if (data.length && event !== "beat") on.line(data.join("\n"), event);
  }

  function begun(hello) {
    on.open(hello);
    // The server is there again: where sockets work, this is the wrong way.
    if (bySocket || !works) return;
    works = false;
    bySocket = true;
    run();
  }

  const still = () => Date.now() - Math.max(heard, tried);

  function seen() {
    if (sleeps()) {
      clearTimeout(again);
      return cut();
    }
    shown = Date.now();
    if (!close || still() > SILENCE) run();
  }

  function look() {
    if (over || sleeps()) return;
    if (still() > (spoke ? SILENCE : PATIENCE)) {
      turn();
      run();
    }
    const silence = Date.now() - heard;
    if (Date.now() - shown < GRACE) return;
    if (on.quiet) on.quiet(silence);
    if (on.stale && silence > SILENCE) on.stale(silence);
  }

  function stop() {
    over = true;
    clearTimeout(again);
    clearInterval(looking);
    document.removeEventListener("visibilitychange", seen);
    removeEventListener("pageshow", seen);
    removeEventListener("online", run);
    cut();
  }

  document.addEventListener("visibilitychange", seen);
  addEventListener("pageshow", seen);
  addEventListener("online", run);
  const looking = setInterval(look, 1000);
  run();
  return { restart: run, stop };
}

function socket(url, line) {
  const { href } = new URL(url, location.href);
  const open = new WebSocket(href.replace(/^http/, "ws"));
  open.onmessage = ({ data }) => line.hear(data);
  open.onclose = line.end; // an error closes it too
  return () => open.close();
}

function fetched(url, line, on) {
  const control = new AbortController();
  read().then(line.end, line.end); // whatever it was: it is tried again
  return () => control.abort();

  async function read() {
    const answer = await fetch(url, { headers: { accept: "text/event-stream" }, cache: "no-store", signal: control.signal });
    if (on.refused && [401, 403, 404, 410].includes(answer.status)) return line.refuse(answer.status);
    if (!answer.ok) throw new Error(String(answer.status));
    const reader = answer.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      line.hear(decoder.decode(value, { stream: true }));
    }
  }
}
