/** Keys on the screen: a kiosk has no keyboard. */
export function typeOnScreen() {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  const field = keys.closest("form").querySelector("input:not([type=hidden])");
  keys.hidden = false;
  field.inputMode = "none";
  field.focus(); // a scanner types too
  keys.addEventListener("click", ({ target }) => {
    if (!target.matches("[data-key]")) return;
    const { key } = target.dataset;
    field.value = key ? (field.value + key).slice(0, field.maxLength) : field.value.slice(0, -1);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
