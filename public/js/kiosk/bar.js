/** The bar may need two rows: what stays in sight above it has to know how high it is. */
export function leaveRoomForTheBar() {
  const bar = document.querySelector(".bar");
  if (!bar) return;
  const measure = () => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  new ResizeObserver(measure).observe(bar);
}
