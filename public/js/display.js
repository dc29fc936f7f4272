import { SILENCE, stream } from "./shared/stream.js";
import { renew } from "./shared/renew.js";
import { audioContext, chime } from "./shared/chime.js";
import { comeBackAlone } from "./shared/worker.js";
import { clock, counted, desk, long, mark, time } from "./shared/words.js";

const DWELL = 12000; // the least that a call stays large
const FORGOTTEN = 60000; // an older call is not called again after a reconnection
const ROOM = 5; // recent calls
const LOST = 120000; // and after this it shows no call any more

const screen = document.body;
const { live, zone, clock: clockForm, desk: deskForm, welcome } = screen.dataset;
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
const local = clock(zone);

let skew = 0; // the server's clock minus this screen's
const now = () => Date.now() + skew;

/* --- calls --- */

const key = (call) => call.number + "@" + call.at;
let board; // the newest
let known; // keys of calls that were seen
let queue = []; // called, not yet large
let current; // large now
let since = 0; // since when
let turn; // the timer of the next one

const spaced = (number) => number[0] + "\u00a0" + number.slice(1);
function row(call) {
  const template = document.getElementById("row-" + call.sign) || document.getElementById("row-0");
  const item = template.content.firstElementChild.cloneNode(true);
  one(".number", item).textContent = spaced(call.number);
  const letter = one("svg text", item);
  if (letter) letter.textContent = call.number[0];
  const to = one(".to", item);
  to.textContent = desk(call, deskForm, welcome);
  mark(to, "data-long", long(call.desk));
  if (queue.includes(call)) item.classList.add("new");
  return item;
}

function showCurrent(fresh) {
  const box = one("[data-now]");
  box.hidden = !current;
  one("[data-idle]").hidden = Boolean(current);
  if (!current) return;
  const copy = row(current);
  const to = one("[data-hero-desk]");
  to.textContent = desk(current, deskForm, welcome);
  mark(to, "data-long", long(current.desk));
  one("[data-hero]").replaceChildren(one(".number", copy));
  one("[data-big-sign]").replaceChildren(one("svg", copy));
  box.className = "now space-" + current.sign;
  if (!fresh) return;
  void box.offsetWidth; // so that the same animation runs again
  box.classList.add("fresh");
  ring();
}

function showRecent() {
  const shown = current && key(current);
  const waiting = queue.slice().reverse();
  const older = (board ? board.calls : []).filter((c) => key(c) !== shown && !queue.some((q) => key(q) === key(c)));
  const rows = waiting.concat(older).slice(0, ROOM);
  one("[data-recent]").replaceChildren(...rows.map(row));
  one("[data-recent-title]").hidden = !rows.length;
}

/** Every call is large for its time, in the order of the calls; meanwhile it is in the list. */
function advance() {
  clearTimeout(turn);
  if (!queue.length) return;
  const left = current ? since + DWELL - Date.now() : 0;
  // A repeated call of the number that is large wipes nobody.
  if (left > 0 && queue[0].number !== current.number) {
    turn = setTimeout(advance, left);
    return;
  }
  current = queue.shift();
  since = Date.now();
  showCurrent(true);
  showRecent();
  if (queue.length) turn = setTimeout(advance, DWELL);
}

function calls(next) {
  const age = (call) => now() - Date.parse(call.at);
  const fresh = next.calls.filter((c) => (known ? !known.has(key(c)) && age(c) < FORGOTTEN : age(c) < DWELL));
  const first = !known;
  known = new Set(next.calls.map(key));
  // The newest call of a number counts; an undone one is not called.
  queue = queue.filter((q) => known.has(key(q)) && !fresh.some((f) => f.number === q.number)).concat(fresh.reverse());
  if (current && !known.has(key(current)) && !next.calls.some((c) => c.number === current.number)) current = undefined;
  if (!current && !queue.length && next.calls.length) {
    current = next.calls[0];
    since = 0;
  }
  if (first || !queue.length) showCurrent(false);
  advance();
  showRecent();
}

/* --- everything else --- */

function lines(next) {
  const set = (id, waiting, closed, hidden) => {
    const item = one(`[data-space="${id}"]`);
    if (!item) return;
    item.hidden = hidden;
    one("[data-waiting]", item).textContent = waiting;
    const taking = one("[data-taking]", item);
    taking.textContent = counted(taking.dataset.taking, waiting, document.documentElement.lang);
    taking.hidden = closed;
    one("[data-no-more]", item).hidden = !closed;
  };
  next.spaces.forEach((s) => set(s.id, s.waiting, Boolean(s.closed), false));
  set("welcome", next.welcome_waiting, false, !next.welcome_waiting);
}

let said;
let voice = 0; // which language speaks
function message(next) {
  said = next.message;
  speak();
}
function speak() {
  const box = one("[data-message]");
  box.hidden = !said;
  const ready = said && said.ready;
  const voices = all("[data-say]", box).filter((e) => e.dataset.say === ready);
  all("[data-say]", box).forEach((e) => (e.hidden = true));
  const own = one("[data-say=words]", box);
  if (said && said.words) {
    own.textContent = said.words;
    own.hidden = false;
  } else if (voices.length) voices[voice % voices.length].hidden = false;
}
setInterval(() => {
  voice += 1;
  speak();
}, 9000);

/** The break that comes soon, or that there is now. */
function onBreak({ told_break: told }) {
  const box = one("[data-break]");
  box.hidden = !told;
  if (!told) return;
  all("[data-form]", box).forEach((e) => {
    const at = (when) => time(e.dataset.clock, local(Date.parse(when)));
    e.textContent = e.dataset.form.replace("{from}", at(told.from)).replace("{to}", at(told.to));
  });
}

function state(next) {
  const is = next.state.is === "suspended" ? next.state.reason : next.state.is;
  screen.dataset.state = is;
  all("[data-for-state]").forEach((e) => (e.hidden = e.dataset.forState !== is));
}

function show(next) {
  board = next;
  state(next);
  calls(next);
  lines(next);
  onBreak(next);
  message(next);
}

/* --- the clock, and whether this screen can be believed --- */

let fresh = Date.now();
function tick() {
  one("[data-time]").textContent = time(clockForm, local(now()));
}
tick();
setInterval(tick, 1000);

function believe(silence) {
  if (silence < SILENCE) fresh = Date.now() - silence;
  const stale = silence >= SILENCE;
  const lost = silence >= LOST;
  one("[data-stale]").hidden = !stale || lost;
  one("[data-lost]").hidden = !lost;
  if (stale)
    all("[data-since]").forEach((e) => {
      e.textContent = e.dataset.since.replace("{time}", time(e.dataset.clock || clockForm, local(fresh + skew)));
    });
}

stream(live, {
  open({ build, at }) {
    skew = at - Date.now();
    renew(build, () => !queue.length && Date.now() - since > DWELL);
  },
  line(data, event) {
    if (event === "board") show(JSON.parse(data));
  },
  quiet: believe,
  // Not a screen of this centre any more: its page says what it can become.
  refused: () => setTimeout(() => location.reload(), 2000),
});

comeBackAlone("/d/");

/* --- sound --- */

const audio = audioContext();
const silent = one("[data-silent]");
function sound() {
  silent.hidden = !audio || audio.state === "running";
}
function unlock() {
  if (audio) audio.resume().then(sound, sound);
}
function ring() {
  if (audio && audio.state === "running") chime(audio);
}
if (audio) {
  audio.onstatechange = sound;
  // Allowed at once where the browser was started for a kiosk; else one touch is needed, and the screen says so.
  unlock();
  setTimeout(sound, 1500);
}
["pointerdown", "keydown"].forEach((event) => addEventListener(event, unlock));
