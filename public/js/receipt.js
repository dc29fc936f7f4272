// In Chromium's kiosk printing mode this prints without a question; elsewhere it opens the printing dialog.
const { auto, back } = document.body.dataset;
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());

/** A roll has no pages: the paper is as long as what is on it, in millimetres, or a driver feeds blank paper. */
function fit() {
  const length = Math.ceil((document.querySelector("main").offsetHeight / 96) * 25.4) + 2;
  const [sheet] = document.styleSheets;
  sheet.insertRule(`@page { size: 80mm ${length}mm; }`, sheet.cssRules.length);
}

// Letters first: paper cannot be corrected.
document.fonts.ready.then(() => {
  fit();
  if (auto !== undefined) print();
});
if (back) addEventListener("afterprint", () => location.replace(back));
