// In Chromium's kiosk printing mode this prints without a question; elsewhere it opens the printing dialog.
const { auto, back } = document.body.dataset;
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
// Letters first: paper cannot be corrected.
if (auto !== undefined) document.fonts.ready.then(() => print());
if (back) addEventListener("afterprint", () => location.replace(back));
