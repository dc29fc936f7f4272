/** Reads the page aloud with the browser's own voices; goes on reading from step to step until it is stopped. */

const READ = [
  "main :is(h1, h2, h3, p, legend, caption, figcaption, tr, a.talk :is(bdi, small), .choice, .option span, .button, .summary li)",
  "main :is(.row, .picture, .reply, .facet, .tick span, .helps strong, .rows .why, .traits li, .chips li, section > div li)",
  "dialog[open] :is(h2, p)",
].join();
let reading = false;

const voiceFor = (language) => speechSynthesis.getVoices().find((v) => v.lang.toLowerCase().split(/[-_]/)[0] === language);

/** Offers reading on this page where there is a voice for its language. */
export function readAloud() {
  const button = document.querySelector("[data-listen]");
  if (!window.speechSynthesis) return;
  speechSynthesis.cancel();
  clear();
  if (document.body.dataset.page === "start" && location.pathname + location.search === document.body.dataset.start) reading = false;
  if (!button) return;
  const offer = () => {
    button.hidden = !voiceFor(document.documentElement.lang);
  };
  offer();
  speechSynthesis.onvoiceschanged = offer;
  button.dataset.listen = button.textContent;
  button.onclick = () => (reading ? stop(button) : start(button));
  if (reading && !button.hidden) start(button);
}

function start(button) {
  reading = true;
  button.textContent = button.dataset.stop;
  const parts = [...document.querySelectorAll(READ)].filter((part) => isSeen(part) && isSaid(part) && words(part));
  parts.forEach((part, i) => {
    const said = new SpeechSynthesisUtterance(words(part));
    said.lang = part.closest("[lang]").lang;
    said.voice = voiceFor(said.lang) || null;
    said.rate = 0.92;
    said.onstart = () => (clear(), part.classList.add("speaking"));
    if (i === parts.length - 1) said.onend = () => (clear(), (button.textContent = button.dataset.listen));
    speechSynthesis.speak(said);
  });
}

function stop(button) {
  reading = false;
  speechSynthesis.cancel();
  clear();
  button.textContent = button.dataset.listen;
}

const clear = () => document.querySelectorAll(".speaking").forEach((part) => part.classList.remove("speaking"));

/** What is hidden from the eye is not said either: words for paper, for example. */
const isSeen = (part) => !part.closest("[aria-hidden]") && part.getClientRects().length > 0;

/** A language is named by its own voice, else in the language of the page. */
function isSaid(part) {
  const own = part.closest("a.talk") && part.closest("a.talk").querySelector("bdi");
  return !own || (voiceFor(own.lang) ? part === own : part !== own || !own.nextElementSibling);
}

/** Sentence, hint and state with a pause between them; without the letter of a sign. */
function words(part) {
  const letter = part.querySelector(".sign text");
  const text = part.innerText.trim();
  const said = letter && text.startsWith(letter.textContent) ? text.slice(letter.textContent.length) : text;
  return said.trim().replace(/\s*\n\s*/g, ". ");
}
