// In Chromium's kiosk printing mode this prints without a question; elsewhere it opens the printing dialog.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
addEventListener("load", () => print());
