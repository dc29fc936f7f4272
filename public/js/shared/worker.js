/**
 * Lets a screen come back by itself if it is opened while its server cannot be reached. Browsers allow it over HTTPS, and
 * on the machine itself; elsewhere a start page does the same.
 */
export function comeBackAlone(scope) {
  if (navigator.serviceWorker) navigator.serviceWorker.register("/worker.js", { scope }).catch(() => {});
}
