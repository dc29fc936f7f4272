const measured = new ResizeObserver(([bar]) => {
  document.documentElement.style.setProperty("--bar", `${bar.target.offsetHeight}px`);
});

/** The bar may need two rows: what stays in sight above it has to know how high it is. A page brings its own, or none. */
export function leaveRoomForTheBar() {
  measured.disconnect();
  const bar = document.querySelector(".bar");
  if (bar) measured.observe(bar);
}
