/** Characters behind the "#" and bytes that they unfold to at most: what pretends to be a sheet does not fill the memory. */
const LONGEST_FOLDED = 16384;
const LONGEST = 16384;

/** Shows the notebook that the page's address carries behind its "#": no server ever sees it. */
export function showCarried() {
  const shown = document.getElementById("carried");
  if (!shown) return;
  show(shown);
  addEventListener("hashchange", () => location.reload());
}

async function show(shown) {
  const folded = location.hash.slice(1);
  if (!folded) return;
  try {
    // A dossier's signature comes after a dot: it is for the next partner.
    const sheet = await unfolded(folded.split(".")[0]);
    fill(shown, sheet);
    shown.hidden = false;
    document.querySelector("[data-nothing]")?.remove();
  } catch {
    document.getElementById("unreadable").hidden = false;
  }
}

/** Base64url (RFC 4648), deflated (RFC 1951), JSON. */
async function unfolded(text) {
  if (text.length > LONGEST_FOLDED) throw new RangeError("no sheet is as long");
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await read(stream));
}

async function read(stream) {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let left = LONGEST; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    left -= value.length;
    if (left < 0) {
      await reader.cancel();
      throw new RangeError("no sheet unfolds to as much");
    }
    text += decoder.decode(value, { stream: true });
  }
}

function fill(shown, sheet) {
  const day = new Date(`${sheet.d}T12:00:00`).toLocaleDateString(sheet.l, { dateStyle: "long" });
  // Without the name of a centre: anybody can write one.
  shown.querySelector(".made").textContent = day;
  const part = (name) => shown.querySelector(`[data-part=${name}]`);
  list(part("k"), sheet.k, (id) => shown.dataset.entry + encodeURIComponent(id), sheet.l);
  list(part("r"), sheet.r, (id) => shown.dataset.entry + encodeURIComponent(id), sheet.l);
  list(part("s"), sheet.s, null, sheet.l);
  if (sheet.p) profile(part("p"), sheet.p);
}

function list(part, pairs, address, language) {
  if (!pairs?.length) return;
  part.querySelector("ul").append(...pairs.map(([id, words]) => line(words, address?.(id), language)));
  part.hidden = false;
}

function line(words, address, language) {
  const item = document.createElement("li");
  const text = document.createElement(address ? "strong" : "span");
  text.textContent = words;
  text.lang = language;
  text.dir = "auto";
  if (!address) {
    item.append(text);
    return item;
  }
  const link = document.createElement("a");
  link.className = "row";
  link.href = address;
  const around = document.createElement("span");
  around.className = "words";
  around.append(text);
  link.append(around);
  item.append(link);
  return item;
}

/** The six lines are there in the order of the hexagon: each gets its strength, the strongest comes first. */
function profile(part, written) {
  const strengths = written.split("-").map(Number);
  const lines = [...part.querySelectorAll("li")];
  const order = lines.map((item, place) => [strengths[place] ?? 0, item]).sort(([one], [other]) => other - one);
  for (const [strength, item] of order) {
    item.querySelector("meter").value = strength;
    item.parentElement.append(item);
  }
  part.hidden = false;
}
