/**
 * A page that is meant for paper: prints once `ready`, or at its button, and then goes back where it came from. In
 * Chromium's kiosk printing mode nobody is asked; elsewhere the printing dialog opens.
 */
export function printPage(ready = () => {}) {
  const { auto, back } = document.body.dataset;
  const button = document.querySelector("[data-print]");
  button.hidden = false;
  button.addEventListener("click", () => print());
  // Letters first: paper cannot be corrected.
  document.fonts.ready.then(() => {
    ready();
    if (auto !== undefined) print();
  });
  if (back) addEventListener("afterprint", () => location.replace(back));
}
