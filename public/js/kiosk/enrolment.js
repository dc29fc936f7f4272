/** A screen that is not connected yet, or lost, asks again until it is. */
const EVERY = 3000;

export function waitForEnrolment() {
  const { page } = document.body.dataset;
  if (page !== "enrolment" && page !== "lost") return;
  setInterval(async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const code = fresh.querySelector(".code");
      const shown = document.querySelector(".code");
      if (!fresh.body.matches(".kiosk, .display")) return;
      if (fresh.body.dataset.page !== page) location.replace(answer.url);
      else if (code && shown) shown.textContent = code.textContent;
    } catch (unreachable) {
      // Asked again.
    }
  }, EVERY);
}
