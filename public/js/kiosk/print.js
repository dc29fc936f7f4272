/** Lets the browser print a ticket, once: silently in a kiosk started with --kiosk-printing. */
let printed;

export function printOnce() {
  const { pathname } = location;
  if (!document.querySelector("[data-print]") || pathname === printed) return;
  const [arrival] = performance.getEntriesByType("navigation");
  const again = printed === undefined && arrival && arrival.type === "reload";
  printed = pathname;
  if (!again) print();
}
