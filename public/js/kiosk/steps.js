/**
 * Goes from step to step inside one document: nothing is left in the history, the screen never turns white, and a
 * server out of reach leaves this page alive. Every step is also an ordinary address, for kiosks without script.
 */
import { isNone, touch } from "../shared/insist.js";
import { lost } from "./offline.js";

/** How long one request may take before the screen says that the line is away. */
const PATIENCE = 4000;

/** Something answered, and it was no page of the kiosk: asking again would not help. */
class NoPage extends Error {}

const listeners = [];
let busy = false;
let answered = false;

/** Calls `then` now and after every change of page. */
export function onPage(then) {
  listeners.push(then);
}

/** The first page is here. */
export function begin() {
  listeners.forEach((then) => then());
}

/** The start as the next visitor finds it. */
export function home() {
  const { start } = document.body.dataset;
  if (start) go(start);
}

/** Whether an answer is awaited. */
export const isBusy = () => busy;

/** Whether the page answers what was sent: its address alone would show another. */
export const isAnswer = () => answered;

/** Asks for a page and shows it. A second touch while an answer is awaited is no second request. */
export async function go(address, request, touched = touch()) {
  if (busy) return;
  busy = true;
  document.body.classList.add("waiting-for-answer");
  try {
    const page = await load(address, request && { ...request, headers: touched.headers() }, touched.heard);
    busy = false;
    if (page) show(page);
  } catch (failed) {
    busy = false;
    release();
    // The same request with the same key: whatever had arrived is answered again, not done again.
    lost(failed instanceof NoPage ? home : () => go(address, request, touched), home, touched, Boolean(request));
  }
}

/** A page of the kiosk; nothing where the way leads to paper, which prints itself and comes back; throws where none came. */
export async function load(address, request, heard = (answer) => answer) {
  const control = new AbortController();
  const patience = setTimeout(() => control.abort(), PATIENCE);
  try {
    const answer = heard(await fetch(address, { cache: "no-store", signal: control.signal, ...request }));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.body.classList.contains("paper")) return location.replace(answer.url);
    if (!page.body.classList.contains("kiosk")) throw new (isNone(answer) ? Error : NoPage)(String(answer.status));
    return { page, address: answer.url, answers: Boolean(request) && !answer.redirected };
  } finally {
    clearTimeout(patience);
  }
}

/** Puts a page in the place of the one that is shown. */
export function show({ page, address, answers }) {
  // The server was renewed, or this screen was connected: everything begins anew.
  if (build(page) !== build(document) || !document.body.dataset.live) return location.replace(address);
  const { documentElement: shown } = document;
  const { lang, dir, className } = page.documentElement;
  Object.assign(shown, { lang, dir, className });
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  answered = answers;
  history.replaceState(null, "", address);
  scrollTo(0, 0);
  document.querySelector("h1").focus({ preventScroll: true });
  listeners.forEach((then) => then());
}

/** Which build of the server made a page. */
const build = (page) => page.documentElement.dataset.build;

/** Touches are seen at once and sent once. */
export function listenToTouches() {
  addEventListener("pointerdown", (event) => mark(event.target));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => busy || setTimeout(() => busy || release(), 150));
  addEventListener("click", follow);
  addEventListener("submit", send);
}

function mark(target) {
  release();
  const touched = target.closest && target.closest("a, button");
  if (touched) touched.classList.add("pressed");
}

function release() {
  document.body.classList.remove("waiting-for-answer");
  document.querySelectorAll(".pressed").forEach((touched) => touched.classList.remove("pressed"));
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.origin !== location.origin) return;
  event.preventDefault();
  mark(link);
  go(link.href);
}

function send(event) {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  const fields = new FormData(form);
  const { submitter } = event;
  if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
  const body = new URLSearchParams(fields);
  if (submitter) mark(submitter);
  if (form.method === "post") return go(form.action, { method: "POST", body });
  const address = new URL(form.action);
  address.search = body;
  go(address.href);
}
