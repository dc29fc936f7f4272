/**
 * Stands between a screen and a server, or a proxy before it, that does not answer when the screen is opened: shows a
 * page of ours that comes back by itself, where the browser would show an error for ever. Keeps nothing of any visit.
 * The server writes `PAGES` before it: the page in each language.
 */
const PATIENCE = 20000;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(reach(request));
});

async function reach(request) {
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  if (answer && answer.status < 500) return answer;
  // /k/CENTRE/LANGUAGE and /d/CENTRE/LANGUAGE
  const language = new URL(request.url).pathname.split("/")[3];
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(PAGES[language] || PAGES.fr, { status: 503, headers });
}
