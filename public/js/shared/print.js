/** Offers to print this page, as its style sheet for paper says. */
export function printOnTouch() {
  const button = document.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.onclick = () => print();
}
