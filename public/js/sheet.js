// In Chromium's kiosk printing mode this prints without a question; elsewhere it opens the printing dialog.
const { auto, back } = document.body.dataset;
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
document.fonts.ready.then(() => {
  if (auto !== undefined) print();
});
if (back) addEventListener("afterprint", () => location.replace(back));
