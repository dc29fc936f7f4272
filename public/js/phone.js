import { SILENCE, stream } from "./shared/stream.js";
import { insist, newKey, serverTime } from "./shared/insist.js";
import { renew } from "./shared/renew.js";
import { audioContext, chime } from "./shared/chime.js";
import { clock, counted, desk, long, mark, time } from "./shared/words.js";

const page = document.body;
const { live, words, zone, language, clock: clockForm, fullHour } = page.dataset;
const all = (selector) => Array.from(document.querySelectorAll(selector));
const one = (selector) => document.querySelector(selector);
const local = clock(zone);
const at = (milliseconds) => {
  const now = local(milliseconds);
  return time(now.minute === "00" ? fullHour : clockForm, now);
};

let skew = 0; // the server's clock minus this phone's
let line = { is: page.dataset.is, alone: Boolean(document.querySelector("[data-alone]:not([hidden])")) };
let rang; // the call that sounded last
let said; // the message that is shown
const title = document.title;
let audio = null;
const sounds = () => Boolean(audio) && audio.state === "running";

/* --- what is shown --- */

function show(next) {
  const before = line;
  line = next;
  page.dataset.is = next.is;
  if (next.halt) page.dataset.halt = next.halt;
  else delete page.dataset.halt;
  all("[data-when]").forEach((e) => (e.hidden = !e.dataset.when.split(" ").includes(next.is)));
  all("[data-halted]").forEach((e) => (e.hidden = e.dataset.halted !== next.halt));
  all("[data-alone]").forEach((e) => (e.hidden = !next.alone));
  all("[data-counted]").forEach((e) => (e.hidden = Boolean(next.alone)));
  if (next.alone && !before.alone) missing();
  onBreak(next.break);
  // What did not work is told until something else is true.
  if (next.is !== before.is) all(".trouble").forEach((e) => (e.hidden = true));
  fill();
  tick();
  message(next.say);
  if (next.is !== before.is || next.ahead !== before.ahead || next.desk !== before.desk || next.alone !== before.alone) tell();
  call(next);
  soundShown();
}

function fill() {
  all("[data-slot]").forEach((e) => {
    const { slot, form, none } = e.dataset;
    if (slot === "ahead" && "ahead" in line) e.textContent = counted(form, line.ahead, language);
    if (slot === "desk" && "desk" in line) {
      e.textContent = desk(line, form, none);
      mark(e, "data-long", long(line.desk));
    }
    if (slot === "until" && line.is === "parked") e.textContent = form.replace("{time}", at(line.until * 1000));
  });
  if (!("ahead" in line)) return;
  const dots = all("[data-dot]");
  dots.forEach((e) => (e.hidden = +e.dataset.dot > line.ahead));
  one("[data-more]").hidden = line.ahead <= dots.length;
}

/** What is missing and what helps: the page knows it, the stream only that it is so. */
async function missing() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (!answer || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-alone]");
  if (!fresh) return;
  one("[data-alone]").replaceChildren(...fresh.childNodes);
  tell();
}

/** The break that comes soon, or that there is now: from when to when. */
function onBreak(told) {
  const box = one("[data-break]");
  const words = box.querySelector("[data-form]");
  if (told) words.textContent = words.dataset.form.replace("{from}", at(told[0] * 1000)).replace("{to}", at(told[1] * 1000));
  box.hidden = !told;
}

/** A departure can be undone for some seconds only. */
function tick() {
  if (line.is !== "left" || !line.until) return;
  const left = line.until * 1000 - (Date.now() + skew);
  all("[data-undo]").forEach((e) => (e.hidden = left <= 0));
}
setInterval(tick, 1000);

function tell() {
  const heading = all("main h1").find((e) => !e.closest("[hidden]"));
  const to = all("main .desk").find((e) => !e.closest("[hidden]"));
  const text = [heading, to].filter(Boolean).map((e) => e.textContent.trim()).join(". ");
  one("[data-status]").textContent = text;
  document.title = line.is === "called" ? text : title;
}

async function message(say) {
  if (say === said) return;
  said = say;
  const box = one("[data-message]");
  const own = one("[data-say=words]");
  all("[data-say]").forEach((e) => (e.hidden = e.dataset.say !== say));
  if (typeof say === "number") {
    const answer = await fetch(words, { cache: "no-store" }).catch(() => null);
    const text = answer && answer.ok ? ((await answer.json()).message || {}).words : "";
    if (said !== say) return;
    if (!text) said = undefined; // the next line tries again
    own.textContent = text || "";
    own.hidden = !text;
    box.hidden = !text;
  } else box.hidden = say === undefined;
}

/** The day is over: nothing of the ticket is left, here either. */
function end() {
  show({ is: "gone" });
  all("header, footer, nav, .halt, .offline, [data-break], [data-message]").forEach((e) => (e.hidden = true));
  document.title = all("main h1").find((e) => !e.closest("[hidden]")).textContent;
}

/* --- live --- */

const offline = one(".offline");
let fresh = Date.now();
const follow =
  window.ReadableStream && window.AbortController
    ? stream(live, {
        small: true,
        open({ build, at: time }) {
          skew = time - Date.now();
          serverTime(time);
          // A page that is loaded again has to be allowed anew to sound.
          renew(build, () => !sounds());
        },
        line(data) {
          const next = JSON.parse(data);
          if (next.is === "gone") end();
          else show(next);
        },
        quiet(silence) {
          if (silence < SILENCE) fresh = Date.now() - silence;
          const lost = silence >= SILENCE || navigator.onLine === false;
          if (lost && offline.hidden) {
            const since = one("[data-slot=since]");
            since.textContent = since.dataset.form.replace("{time}", at(fresh + skew));
          }
          offline.hidden = !lost;
        },
        refused: end,
        // Only a page that listens can ring.
        stays: sounds,
      })
    : setTimeout(() => location.reload(), 15000);

/* --- what the visitor wishes --- */

// A form posts by itself without script. With it the page stays, so that the sound stays allowed.
addEventListener("submit", async (event) => {
  const form = event.target;
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  all("[data-failed]").forEach((e) => (e.hidden = true));
  const headers = { "idempotency-key": newKey() };
  const answer = await insist(form.action, { method: "POST", redirect: "manual", headers });
  form.removeAttribute("aria-busy");
  // Done is answered by the way back to this page; the stream then tells what became of it.
  const done = answer && (answer.type === "opaqueredirect" || answer.ok);
  const why = answer ? "refused" : "late";
  if (!done) all("[data-failed]").forEach((e) => (e.hidden = e.dataset.failed !== why));
  if (done && follow.restart) follow.restart();
});

/* --- sound --- */

const sound = one("[data-sound]");
const button = sound.querySelector("button");
const silent = button.textContent;
let lock = null;

function soundShown() {
  const on = sounds();
  sound.hidden = !sound.dataset.when.split(" ").includes(line.is) || !audioContextExists();
  button.setAttribute("aria-pressed", String(on));
  button.textContent = on ? button.dataset.on : silent;
  sound.querySelector("[data-awake]").hidden = !on || !lock;
  sound.querySelector("[data-asleep]").hidden = !on || Boolean(lock);
}

function audioContextExists() {
  return Boolean(window.AudioContext || window.webkitAudioContext);
}

button.addEventListener("click", async () => {
  const refused = sound.querySelector("[data-refused]");
  if (sounds()) {
    await audio.close();
    audio = null;
    if (lock) lock.release().catch(() => {});
    lock = null;
    return soundShown();
  }
  try {
    if (!audio) {
      audio = audioContext();
      audio.onstatechange = soundShown;
    }
    await audio.resume();
    ring();
    await stayAwake();
  } catch (ignored) {
    audio = null;
  }
  refused.hidden = sounds();
  soundShown();
});

async function stayAwake() {
  if (!audio || !navigator.wakeLock || lock) return;
  lock = await navigator.wakeLock.request("screen").catch(() => null);
  if (lock)
    lock.addEventListener("release", () => {
      lock = null;
      soundShown();
    });
  soundShown();
}

function ring() {
  if (sounds()) chime(audio, [659.3, 784, 1046.5], 0.6);
  if (audio && navigator.vibrate) navigator.vibrate([300, 150, 300, 150, 600]);
}

function call({ is, at: when }) {
  if (is === "called" && rang !== undefined && rang !== when) ring();
  rang = is === "called" ? when : 0;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  if (audio) audio.resume().then(soundShown, soundShown);
  stayAwake();
});

// What came before the script is no news: only a later call sounds.
rang = line.is === "called" ? undefined : 0;
soundShown();
