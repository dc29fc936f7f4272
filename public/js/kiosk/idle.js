/** Goes back to the start when nobody touches the screen, and asks first. */
import { home, onPage } from "./steps.js";
import { isLost } from "./offline.js";

const COUNTDOWN = 15;
/** Pages that hold nothing of a visit: nobody has to be asked. */
const BARE = ["start", "closed", "break", "alarm", "suspended", "notice"];
let timer;
let ticking;

/** Whether the page holds nothing of a visit. */
export const isBare = () => BARE.includes(document.body.dataset.page);

/** Watches for as long as the kiosk runs. */
export function watchStillness() {
  for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, rest, { passive: true });
  addEventListener("scroll", rest, { passive: true, capture: true });
  onPage(rest);
}

function rest() {
  const asked = document.getElementById("idle");
  if (asked && asked.open) return;
  clearTimeout(timer);
  const { idle, start } = document.body.dataset;
  if (!idle || location.pathname + location.search === start) return;
  timer = setTimeout(still, idle * 1000);
}

function still() {
  if (isLost()) return rest();
  if (isBare()) return home();
  const asked = document.getElementById("idle");
  asked.returnValue = "";
  asked.showModal();
  count(asked);
  asked.addEventListener("close", () => {
    clearInterval(ticking);
    if (asked.returnValue === "leave") home();
    else rest();
  }, { once: true });
}

function count(asked) {
  const clock = asked.querySelector(".countdown");
  const end = Date.now() + COUNTDOWN * 1000;
  const tick = () => {
    // The page may have been replaced under the question, by an alarm.
    if (!asked.isConnected) return clearInterval(ticking);
    const left = Math.max(0, end - Date.now());
    clock.style.setProperty("--left", left / 1000 / COUNTDOWN);
    clock.firstElementChild.textContent = Math.ceil(left / 1000);
    if (!left) asked.close("leave");
  };
  clearInterval(ticking);
  ticking = setInterval(tick, 250);
  tick();
}
