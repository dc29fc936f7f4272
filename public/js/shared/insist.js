/**
 * Does what somebody touched, or says that it was not done: the same request is sent again while there is no answer, for
 * ten seconds. What arrives later the server does not do any more.
 */
const LONG = 10000;
const TRY = 4000; // a line that died says nothing
const BETWEEN = 700;

let skew = 0; // the server's clock minus this one's

/** The server said what time it is. */
export function serverTime(at) {
  skew = at - Date.now();
}

/** A touch: until when its page waits for it. `headers()` go with each request, `heard(answer)` looks at what came. */
export function touch() {
  const end = Date.now() + LONG;
  let until = { "parvis-until": String(end + skew) };
  return {
    isOver: () => Date.now() >= end,
    headers: () => until,
    heard(answer) {
      // Too late by the server's clock alone: this one was set meanwhile.
      if (answer.status === 408) until = {};
      return answer;
    },
  };
}

/** An answer of the server itself, sooner or later, or null: then it was not done. */
export async function insist(address, request) {
  const touched = touch();
  for (;;) {
    const headers = { ...request.headers, ...touched.headers() };
    const answer = await once(address, { ...request, headers });
    if (answer && !isNone(touched.heard(answer))) return answer;
    if (touched.isOver()) return null;
    await new Promise((done) => setTimeout(done, BETWEEN));
    if (touched.isOver()) return null;
  }
}

/** What a proxy says instead of the server is no answer, and what came too late may be in time. */
export const isNone = ({ status }) => [408, 502, 503, 504].includes(status);

async function once(address, request) {
  const control = new AbortController();
  const patience = setTimeout(() => control.abort(), TRY);
  try {
    return await fetch(address, { ...request, signal: control.signal });
  } catch (unreachable) {
    return null;
  } finally {
    clearTimeout(patience);
  }
}

/** A key that makes a repeated request the same. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
