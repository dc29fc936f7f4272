// Every page, in the states that change it, with what has to be in sight on it at rest.
//
// A page: `in` the states it is looked at; `at` its address; `before` what people do first (in the page's first state);
// `open` what is opened on it; `see` what has to be in sight (of a row, where that depends on it); `marks` whose boxes are
// kept; `within` what lies above the rest.
import { centre } from "../server.mjs";
import { plain, words } from "../words.mjs";

/** Windows, in CSS pixels. */
export const sizes = {
  tall: { width: 1080, height: 1920 },
  wide: { width: 1920, height: 1080 },
  small: { width: 1280, height: 720 },
  middle: { width: 1366, height: 768 },
  large: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  "tablet-tall": { width: 768, height: 1024 },
  phone: { width: 390, height: 844 },
  "phone-small": { width: 320, height: 568 },
};

const language = ["fr", "en", "ar"];
const kept = "keep=starter:baker&keep=starter:gardener&keep=starter:writing-a-cv&profile=80-20-60-100-40-0";

// --- what has to be in sight ---
const h1 = "h1";
const touched = (place) => ["a", "button", "label", "input:not([type=hidden])", "summary"].map((e) => `${place} ${e}`).join(", ");
/** At the kiosk: the question whole, and the first two answers; where there is nothing to answer, the ways on. */
const asked = { question: h1, answer: { at: touched(".answers"), or: touched(".onward"), first: 2 } };
/** In letters of the usual size all five spaces are in sight, low or not. */
const everySpace = ({ text }) => (text === "normal" ? { ...asked, answer: { at: ".answers .spaces a", first: 5 } } : asked);
const marks = {
  question: h1,
  "answer 1": [touched(".answers"), 0],
  "answer 2": [touched(".answers"), 1],
  "answer 5": [touched(".answers"), 4],
  onward: ".onward",
  bar: ".bar",
};
const alarm = { what: h1, "other languages": { at: ".said h2", first: 2 } };
const choices = ".panel :is(.action:not(.main), .tile, .tick, .need, .place, .pill:not(.panel-head .pill), input, select)";
const panel = ({ size }) => ({ title: ".panel-head h2", choice: { at: choices, or: ".panel .action", first: size === "phone-small" ? 1 : 2 } });
const panelMarks = { panel: ".panel", title: ".panel-head h2", "main action": ".panel .action.main", foot: ".panel-foot" };
const deskMarks = { number: ".who-number", line: ".line", here: ".here", around: ".around", acts: ".acts", "main action": ".acts .main" };
const opened = async (page) => page.locator(".panel").waitFor();
const byKey = (key, then) => async (page) => {
  await page.keyboard.press(key);
  await opened(page);
  await then?.(page);
};
const byButton = (text) => async (page, { language }) => {
  const name = plain(text(words[language]));
  await page.getByRole("button", { name }).first().evaluate((button) => button.click());
  await opened(page);
};

// --- addresses ---
const k = (path) => ({ language, choices }) => `/k/${centre}/${language}${path}${path.includes("?") ? "&" : "?"}${choices}`;
const i = (path) => ({ language }) => `/i/${centre}/${language}${path}`;
const t = (name) => ({ day, language }) => `/t/${day.tokens[name]}?lang=${language}`;
const staffPage = (path) => ({ language }) => `/${language}/${path}`;
const section = (query) => ({ language }) => `/${language}/settings?section=${query}`;

const lookAround = {
  home: "/look",
  search: "/look/search?q=enfant",
  narrowed: "/look/search?q=enfant&level=none&with=people",
  nothing: "/look/search?q=zzzzzzz",
  entry: "/look/entry/starter:baker",
  document: "/look/entry/starter:writing-a-cv",
  training: "/look/entry/starter:cap-bakery",
  sectors: "/look/sectors",
  sector: "/look/sectors/health",
  places: "/look/places",
  likes: "/look/likes?like=animals&dislike=night",
  explorer: "/look/explorer",
  profile: `/look/explorer?replies=${"nnnyny".repeat(5)}`,
  interests: "/look/interests",
  interest: "/look/interests/A?outdoors=no",
  job: "/look/job?q=serveuse",
  from: "/look/job/starter:waiter?q=serveuse",
  documents: "/look/documents",
  notebook: `/look/notebook?${kept}`,
  "empty notebook": "/look/notebook",
};
/** Pages to read: what can be touched comes after. */
const read = ["entry", "document", "training", "profile", "notebook", "documents"];
const look = (address) =>
  Object.entries(lookAround).map(([name, path]) => ({ name, in: ["nobody"], at: address(path), see: read.includes(name) ? { question: h1 } : asked }));

/**
 * Families of pages that have the same sizes and are shown to the same people.
 * @type {Record<string, { who: string, factors: Record<string, string[]>, pages: object[], see?: object, marks?: object }>}
 */
export const families = {
  kiosk: {
    who: "kiosk",
    factors: { size: ["tall", "wide"], text: ["normal", "large", "largest"], low: ["high", "low"], language },
    marks,
    pages: [
      { name: "start", in: ["nobody", "sixty", "full", "closing"], at: k(""), see: everySpace },
      { name: "space", in: ["nobody", "sixty", "full", "closing"], at: k("/space/C"), see: asked },
      { name: "talk", in: ["nobody", "sixty"], at: k("/need/cv"), see: asked },
      { name: "talk, somebody translates", in: ["nobody"], at: k("/need/cv?how=accompanied"), see: asked },
      { name: "talk, interpreter", in: ["nobody"], at: k("/need/cv?how=interpreter"), see: asked },
      ...["party", "for", "access"].map((what) => ({ name: `details, ${what}`, in: ["nobody"], at: k(`/need/cv/details/${what}?talk=fr`), see: asked })),
      { name: "ready", in: ["nobody", "one", "sixty", "full", "closing"], at: k("/need/cv/ready?talk=fr&party=9"), see: { question: h1 } },
      { name: "ready, nobody speaks it", in: ["sixty"], at: k("/need/cv/ready?talk=so&party=9"), see: asked },
      { name: "ready, with a notebook", in: ["sixty"], at: k(`/need/cv/ready?talk=fr&${kept}`), see: { question: h1 } },
      { name: "ready, welcome", in: ["sixty"], at: k("/welcome/ready?talk=fr"), see: { question: h1 } },
      { name: "ticket", in: ["sixty"], at: ({ day, ...row }) => k(`/ticket/${day.tokens.waiting}`)(row), see: { number: ".hero" }, marks: { ...marks, number: ".hero" } },
      { name: "taken back", in: ["nobody"], at: k("/taken-back/C7"), see: { question: h1 } },
      { name: "planned", in: ["nobody"], at: k("/planned"), see: asked },
      { name: "planned, where", in: ["nobody"], at: k("/planned/workshop"), see: asked },
      { name: "planned, told", in: ["nobody"], at: k("/planned/workshop/told/A"), see: { question: h1 } },
      { name: "slip", in: ["nobody"], at: k("/slip"), see: asked },
      { name: "no such page", in: ["nobody"], at: k("/nowhere"), see: { question: h1 } },
      {
        name: "numbers used up",
        in: ["numbers"],
        at: k("/need/cv/ready?talk=fr"),
        open: async (page) => {
          await page.locator("form#take button").first().evaluate((button) => button.click());
          await page.waitForSelector("body.notice");
        },
        see: { question: h1, way: { at: touched(".onward"), first: 1 } },
      },
      { name: "fire alarm", in: ["fire"], at: k(""), see: alarm },
      { name: "power cut", in: ["cut"], at: k(""), see: alarm },
      { name: "closed", in: ["closed"], at: k(""), see: { question: h1 } },
      { name: "offline", in: ["nobody"], at: k(""), offline: "#offline[open]", touch: (page) => page.locator(".answers a").first().evaluate((link) => link.click()), see: { what: "#offline h2" }, marks: { dialog: "#offline" } },
    ],
  },
  "kiosk-look": {
    who: "kiosk",
    factors: { size: ["tall", "wide"], text: ["normal", "large", "largest"], low: ["high", "low"], language },
    marks,
    pages: [
      ...look(k),
      { name: "taken along", in: ["nobody"], at: k("/look/taken"), see: { question: h1 } },
    ],
  },
  look: {
    who: "visitor",
    factors: { size: ["phone-small", "phone", "tablet-tall", "middle"], text: ["100 %", "large letters"], language },
    marks,
    pages: look(i).map((page) => ({ ...page, see: { question: h1 } })),
  },
  unenrolled: {
    who: "visitor",
    factors: { size: ["tall", "wide", "tablet"], language },
    marks: { what: h1 },
    pages: [
      { name: "kiosk", in: ["nobody"], at: k(""), see: { what: h1 } },
      { name: "kiosk of no language", in: ["nobody"], at: () => `/k/${centre}`, see: { what: h1 } },
    ],
  },
  home: {
    who: "visitor",
    factors: { size: ["phone-small", "phone", "tablet-tall", "tablet", "large"], text: ["100 %", "large letters"], language },
    marks: { what: h1, "screen 1": [".card", 0], "screen 8": [".card", 7] },
    pages: [
      { name: "first page", in: ["nobody"], at: ({ language }) => `/?lang=${language}`, see: { what: h1 } },
      { name: "nowhere", in: ["nobody"], at: () => "/nowhere", see: { what: h1 }, mayFail: true },
    ],
  },
  phone: {
    who: "phone",
    factors: { size: ["phone-small", "phone"], text: ["100 %", "large letters"], language },
    marks: { number: "header .hero", what: "main section:not([hidden]) h1, .halt:not([hidden]) h1", actions: "footer", languages: "nav" },
    pages: [
      ...["waiting", "alone", "far", "parked", "left", "no_show", "finished", "over", "in_talk", "called"].map((name) => ({
        name,
        in: ["sixty"],
        at: t(name),
        see: { number: "header .hero", what: "main section:not([hidden]) h1" },
      })),
      { name: "offline", in: ["sixty"], at: t("waiting"), offline: ".offline:not([hidden])", see: { what: ".offline", number: "header .hero" } },
      { name: "fire alarm", in: ["fire"], at: t("waiting"), see: { what: ".halt.fire_alarm h1" } },
      { name: "power cut", in: ["cut"], at: t("waiting"), see: { what: ".halt:not([hidden]) h1", number: "header .hero" } },
      { name: "gone", in: ["closed"], at: t("waiting"), see: { what: "main h1" }, mayFail: true },
    ],
  },
  display: {
    who: "display",
    factors: { size: ["wide", "tall"], language },
    marks: { number: ".now .hero", desk: ".now .desk", idle: ".idle .hero", recent: "aside", lines: "main footer", notes: ".message" },
    pages: [
      { name: "nothing called yet", in: ["nobody"], at: ({ language }) => `/d/${centre}/${language}`, see: { what: ".idle .hero" } },
      { name: "calls", in: ["sixty", "full"], at: ({ language }) => `/d/${centre}/${language}?arrow=left`, see: { number: ".now .hero", desk: ".now .desk", lines: "main footer b", message: ".message p:not([hidden])" } },
      { name: "fire alarm", in: ["fire"], at: ({ language }) => `/d/${centre}/${language}`, see: {} },
      { name: "power cut", in: ["cut"], at: ({ language }) => `/d/${centre}/${language}`, see: {} },
      { name: "closed", in: ["closed"], at: ({ language }) => `/d/${centre}/${language}`, see: {} },
    ],
  },
  paper: {
    who: "visitor",
    factors: { size: ["large", "phone"], language },
    marks: { paper: "main" },
    pages: [
      { name: "receipt", in: ["sixty"], at: ({ day, language }) => `/print/${day.tokens[`paper_${language}`]}?auto=no`, see: {} },
      { name: "notebook", in: ["nobody"], at: i(`/look/notebook/print?${kept}&auto=no`), see: {} },
    ],
  },
  "sign-in": {
    who: "visitor",
    factors: { size: ["small", "middle", "large", "tablet", "tablet-tall", "phone-small"], text: ["100 %", "200 %"], language },
    marks: { what: h1, "main action": "form.form button[type=submit]" },
    pages: [
      { name: "sign in", in: ["nobody"], at: staffPage("sign-in"), see: { what: h1, field: "input[name=login]" } },
      { name: "wrong password", in: ["nobody"], at: staffPage("sign-in?trouble=wrong_password"), see: { what: h1, field: "input[name=login]" } },
    ],
  },
};

const staffFactors = { size: ["small", "middle", "large", "tablet", "tablet-tall", "phone-small"], text: ["100 %", "200 %"], language };
const alarmMarks = { what: ".alarm h1", step: ".alarm .now", resume: ".alarm-resume" };
const atDesk = staffPage("desk");
const atWelcome = staffPage("welcome");
const main = { "main action": ".acts .action.main" };
const talk = { number: ".who-number", ...main };

families.desk = {
  who: "counsellor5",
  factors: staffFactors,
  marks: deskMarks,
  pages: [
    { name: "choosing a place", in: ["nobody"], at: atDesk, see: { what: ".choose h1", place: { at: ".place", first: 2 } }, marks: { what: ".choose h1", "place 1": [".place", 0], line: ".line", around: ".around" } },
    { name: "one waits", in: ["one", "closing"], at: atDesk, see: talk },
    { name: "offline", in: ["one"], at: atDesk, offline: ".live.off", see: talk },
    { name: "sixty wait", in: ["sixty"], at: atDesk, see: talk },
    { name: "called", in: ["sixty"], at: atDesk, before: (day) => day.callHeaviest("counsellor5"), see: talk },
    { name: "in a talk", in: ["sixty"], at: atDesk, before: (day) => day.arrive("counsellor5"), see: talk },
    ...Object.entries({ hold: "m", advice: "c", "another question": "k", finish: "t" }).map(([name, key]) => ({
      name,
      in: ["sixty"],
      at: atDesk,
      open: byKey(key),
      see: panel,
      marks: panelMarks,
    })),
    { name: "hand over", in: ["sixty"], at: atDesk, open: byKey("p"), see: panel, marks: panelMarks },
    {
      name: "hand over, a space chosen",
      in: ["sixty"],
      at: atDesk,
      open: byKey("p", (page) => page.locator(".panel .tile").nth(2).click()),
      see: panel,
      marks: panelMarks,
    },
    ...Object.entries({ abilities: (t) => t.desk.abilities, "another place": (t) => t.desk.move, pause: (t) => t.desk.pause }).map(([name, text]) => ({
      name,
      in: ["closing"],
      at: atDesk,
      open: byButton(text),
      see: panel,
      marks: panelMarks,
    })),
    { name: "safety cards", in: ["sixty"], at: atDesk, open: async (page) => { await page.keyboard.press("F9"); await page.locator("dialog.cards[open]").waitFor(); }, see: { card: { at: ".cards .card h3", first: 2 } }, marks: { cards: ".cards" } },
    { name: "account", in: ["sixty"], at: atDesk, open: (page) => page.locator(".bar-account summary").click(), within: ".bar-account", see: { out: ".bar-menu button" }, marks: { menu: ".bar-menu" } },
    { name: "late", in: ["late"], at: atDesk, see: talk },
    { name: "fire alarm", in: ["fire"], at: atDesk, see: { what: ".alarm h1", step: ".alarm .now .action" }, marks: alarmMarks },
    { name: "power cut", in: ["cut"], at: atDesk, see: { what: ".banner.stop" } },
    { name: "closed", in: ["closed"], at: atDesk, see: {} },
  ],
};

/** On a phone the counters and the day come before the lines. */
const welcomeSee = ({ size }) => ({ "main action": ".counters .action.main", ...(size !== "phone-small" && { what: ".lines-head h1" }) });
families.welcome = {
  who: "host",
  factors: staffFactors,
  marks: { what: ".lines-head h1", counters: ".counters", here: ".here", around: ".around", "main action": ".counters .action.main", "the day": [".around-always .stack:last-child .action", 0] },
  pages: [
    { name: "nobody", in: ["nobody"], at: atWelcome, see: welcomeSee },
    { name: "offline", in: ["nobody"], at: atWelcome, offline: ".live.off", see: welcomeSee },
    { name: "sixty wait", in: ["sixty"], at: atWelcome, see: welcomeSee },
    { name: "a row", in: ["sixty"], at: atWelcome, open: (page) => page.locator(".here .row-head").first().evaluate((row) => row.click()), close: (page) => page.locator(".here .row-head").first().evaluate((row) => row.click()), see: welcomeSee },
    ...Object.entries({ ticket: "t", message: "m", questions: "b" }).map(([name, key]) => ({
      name,
      in: ["sixty"],
      at: atWelcome,
      open: byKey(key),
      see: panel,
      marks: panelMarks,
    })),
    { name: "end of the day", in: ["sixty", "closing"], at: atWelcome, open: byButton((t) => t.welcome.close_day), see: { title: ".panel-head h2" }, marks: panelMarks },
    { name: "pausing everything", in: ["sixty"], at: atWelcome, open: byButton((t) => t.welcome.pause_all), see: { title: ".panel-head h2", alarm: ".panel .choices .action" }, marks: panelMarks },
    { name: "late", in: ["late"], at: atWelcome, see: welcomeSee },
    { name: "fire alarm", in: ["fire"], at: atWelcome, see: { what: ".alarm h1", step: ".alarm .now .action" }, marks: alarmMarks },
    { name: "power cut", in: ["cut"], at: atWelcome, see: { what: "[role=alert] :is(h1, h2, p)" } },
    { name: "closed", in: ["closed"], at: atWelcome, see: ({ size, text }) => (text === "100 %" && size !== "phone-small" ? { what: ".lines-head h1" } : {}) },
  ],
};

families.centre = {
  who: "coordinator",
  factors: staffFactors,
  marks: { what: h1, "space 1": [".space-card", 0], "space 5": [".space-card", 4], totals: ".totals" },
  pages: [
    ...["nobody", "sixty", "late", "cut", "closing", "closed"].map((state) => ({ name: state, in: [state], at: staffPage("centre"), see: { what: h1 } })),
    { name: "fire", in: ["fire"], at: staffPage("centre"), see: { what: ".alarm h1" }, marks: alarmMarks },
  ],
};

families.settings = {
  who: "coordinator",
  factors: staffFactors,
  marks: { what: h1, sections: ".sections", first: ["main section, main form", 0] },
  pages: [
    ...["devices", "rules", "hours"].map((name) => ({ name, in: ["nobody"], at: section(name), see: { what: h1, sections: ".sections a" } })),
    { name: "accounts", in: ["late"], at: section("accounts"), see: { what: h1 } },
    { name: "new password", in: ["nobody"], at: staffPage("password"), see: { what: h1, field: "input[type=password]" } },
    ...Object.entries({
      entries: "view=entries",
      found: "view=entries&q=boulang&kind=occupation",
      entry: "view=entry&id=starter:baker",
      "new entry": "view=new",
      import: "view=import",
      quality: "view=quality",
      missing: "view=quality&of=missing-ar",
      searches: "view=searches",
    }).map(([name, view]) => ({ name, in: ["nobody"], at: section(`library&${view}`), see: { what: h1 } })),
  ],
};
