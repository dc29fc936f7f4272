// A day of the demo's centre in the states that screens have to bear, each reached from the one before by what people
// do, through the HTTP API. Other tests can go through them too: `const day = await begin(url); await day.reach("sixty")`.
import { centre } from "../server.mjs";
import { staff } from "../steps.mjs";

const LONG = "Marie-Antoinette Vandenbroucke-Rakotomalala de La Rochefoucauld";
const LONG_MESSAGE =
  "Aujourd’hui, à cause d’une panne d’électricité dans le quartier, l’ascenseur ne fonctionne pas. " +
  "Les personnes en fauteuil roulant sont reçues au rez-de-chaussée, à droite de l’entrée. Merci.";
const WAITING = 60;

/** What sixty parties ask for: every need, languages that nobody here speaks, nine people at once. */
function asked(need, i) {
  const strange = ["ti", "so", "ta", "bn", "zh"];
  const spoken = ["fr", "en", "ar", "es"];
  const language = i % 3 === 0 ? strange[i % strange.length] : spoken[i % spoken.length];
  const how = ["speaks", "speaks", "needs_interpreter", "accompanied"][i % 4];
  return {
    need: i % 12 === 11 ? null : need.id,
    language: ["fr", "en", "ar"][i % 3],
    talk_language: { how, language },
    party: i % 7 === 0 ? 9 : 1 + (i % 4),
    for_whom: ["me", "my_child", "someone_i_help"][i % 3],
    channel: i % 10 === 4 ? "phone" : i % 10 === 8 ? "video" : "here",
    requirements: i % 5 === 0 ? ["wheelchair", "hearing_loop", "quiet", "sign_language"] : i % 5 === 1 ? ["quiet"] : [],
    notebook: i === 0 ? { kept: ["starter:baker", "starter:gardener", "starter:writing-a-cv"] } : {},
  };
}

/**
 * The states in the order in which they come about.
 * @type {Record<string, { what: string, reach: (day: Day) => Promise<void> }>}
 */
export const states = {
  nobody: {
    what: "the day is open; nobody waits, nobody is at a desk",
    reach: async (day) => {
      // Nothing of what is looked at changes by itself meanwhile.
      await day.rules({ call_limit_seconds: 3600, more_time_minutes: 120, promise_minutes: 480, undo_seconds: 300, kiosk_limit: 1000 });
    },
  },
  one: {
    what: "one counsellor at a desk, one person waits",
    reach: async (day) => {
      await day.openPlace("counsellor5", "3");
      await day.take({ need: "cv" });
    },
  },
  sixty: {
    what: "ten desks and sixty parties waiting, nine people in some; the longest names; languages nobody speaks",
    reach: async (day) => {
      await day.nameAtLength(["counsellor1", "counsellor5", "host", "coordinator"]);
      for (const [i, desk] of ["1", "2 A", "2 B", "4", "5 A", "5 B", "6", "7", "8"].entries()) {
        await day.openPlace(`counsellor${[1, 2, 3, 6, 7, 8, 14, 9, 10][i]}`, desk);
      }
      const needs = await day.host("GET", `/centres/${centre}/needs`);
      for (let i = 0; i < WAITING; i += 1) await day.take(asked(needs[i % needs.length], i));
      for (const kind of ["appointment", "workshop"]) await day.host("POST", `/centres/${centre}/announcements`, { kind, space: "A" });
      await day.host("POST", `/centres/${centre}/message`, { message: { words: LONG_MESSAGE } });
      await day.visitsOfEachKind();
      for (const login of ["counsellor1", "counsellor2", "counsellor9", "counsellor14"]) await day.callNext(login);
    },
  },
  late: {
    what: "the same, and everybody has waited longer than was promised",
    reach: async (day) => {
      await day.rules({ promise_minutes: 1 });
      await day.until(async () => {
        const waiting = await day.host("GET", `/centres/${centre}/tickets`);
        return waiting.filter((t) => t.state === "waiting").every((t) => t.flags.includes("late"));
      });
    },
  },
  numbers: {
    what: "no numbers are left",
    reach: (day) => day.rules({ last_number: 2 }),
  },
  full: {
    what: "no question gives a ticket any more",
    reach: async (day) => {
      const needs = await day.host("GET", `/centres/${centre}/needs`);
      const reasons = ["full", "nobody_today", "event", "soon_closing"];
      for (const [i, reason] of reasons.entries()) {
        const some = needs.filter((_, n) => n % reasons.length === i).map((need) => need.code);
        await day.host("POST", `/centres/${centre}/needs/close`, { needs: some, reason });
      }
    },
  },
  fire: {
    what: "fire alarm: everybody leaves the building",
    reach: async (day) => {
      await day.host("POST", `/centres/${centre}/day/suspend`, { reason: "fire_alarm" });
    },
  },
  cut: {
    what: "a power cut",
    reach: async (day) => {
      await day.host("POST", `/centres/${centre}/day/resume`);
      await day.host("POST", `/centres/${centre}/day/suspend`, { reason: "power_cut" });
    },
  },
  closing: {
    what: "twenty minutes before the doors close, three people wait",
    reach: async (day) => {
      await day.host("POST", `/centres/${centre}/day/resume`);
      await day.coordinator("POST", `/centres/${centre}/day/close`, { force: true });
      const closes = new Date(Date.now() + 20 * 60_000).toISOString();
      await day.coordinator("POST", `/centres/${centre}/day/open`, { closes });
      await day.rules({ promise_minutes: 480, last_number: 999 });
      day.places.clear();
      await day.openPlace("counsellor5", "3");
      for (const need of ["cv", "offers", "funding"]) await day.take({ need });
    },
  },
  closed: {
    what: "the day is closed",
    reach: async (day) => {
      await day.coordinator("POST", `/centres/${centre}/day/close`, { force: true });
    },
  },
};

class Day {
  /** Visitors' tokens by what became of them. */
  tokens = {};
  /** The places that are open, by the login of who sits there. */
  places = new Map();
  #signedIn = new Map();
  #reached = -1;

  constructor(url) {
    this.url = url;
  }

  /** Lets everything happen up to a state. A day does not run backwards. */
  async reach(name) {
    const order = Object.keys(states);
    if (order.indexOf(name) < this.#reached) throw new Error(`${name} is over`);
    while (this.#reached < order.indexOf(name)) {
      this.#reached += 1;
      await states[order[this.#reached]].reach(this);
    }
  }

  async as(login) {
    if (!this.#signedIn.has(login)) this.#signedIn.set(login, await staff(this.url, login));
    return this.#signedIn.get(login);
  }
  async host(...request) {
    return (await this.as("host"))(...request);
  }
  async coordinator(...request) {
    return (await this.as("coordinator"))(...request);
  }

  /** Changes some rules of the centre. */
  async rules(changed) {
    const now = await this.coordinator("GET", `/centres/${centre}/policies`);
    await this.coordinator("PUT", `/centres/${centre}/policies`, { ...now, ...changed });
  }

  /** Takes a ticket at the welcome. */
  async take(request) {
    return this.host("POST", `/centres/${centre}/tickets`, { need: null, language: "fr", ...request });
  }

  async openPlace(login, name) {
    const desks = await this.host("GET", `/centres/${centre}/desks`);
    const places = desks.flatMap((desk) => desk.places.map((place) => ({ ...place, full: `${desk.name} ${place.name}`.trim() })));
    const place = places.find(({ full }) => full === name);
    if (!place) throw new Error(`no place ${name} among ${places.map(({ full }) => full)}`);
    this.places.set(login, place.id);
    await (await this.as(login))("POST", `/places/${place.id}/open`);
  }

  async callNext(login) {
    return (await this.as(login))("POST", `/places/${this.places.get(login)}/next`);
  }

  /** Does something about the visitor of a ticket, as somebody. */
  async about(login, ticket, act, body) {
    return (await this.as(login))("POST", `/tickets/${ticket.id}/${act}`, body);
  }

  async callThis(login, ticket) {
    return (await this.as(login))("POST", `/places/${this.places.get(login)}/call`, { ticket: ticket.id });
  }

  /** Calls the visitor of whom there is most to say. */
  async callHeaviest(login) {
    const notebook = { kept: ["starter:baker", "starter:gardener", "starter:writing-a-cv"], profile: "80-20-60-100-40-0" };
    this.heaviest = await this.take({ need: "long-break", party: 9, for_whom: "someone_i_help", talk_language: { how: "needs_interpreter", language: "ti" }, notebook });
    await this.callThis(login, this.heaviest);
  }

  async arrive(login) {
    await this.about(login, this.heaviest, "arrive");
  }

  /** One visitor for each page that a phone can show, and for each language of paper. */
  async visitsOfEachKind() {
    const desk = "counsellor8";
    const token = async (name, request) => {
      const ticket = await this.take({ need: "cv", ...request });
      this.tokens[name] = ticket.follow;
      return ticket;
    };
    await token("waiting", { language: "fr" });
    await token("alone", { talk_language: { how: "speaks", language: "ti" } });
    await token("far", { channel: "video" });
    for (const [name, act] of [["parked", "more-time"], ["left", "leave"]]) {
      await token(name);
      await this.host("POST", `/follow/${this.tokens[name]}/${act}`);
    }
    const missed = await token("no_show");
    await this.callThis(desk, missed);
    await this.about(desk, missed, "no-show");
    const done = await token("finished");
    await this.callThis(desk, done);
    await this.about(desk, done, "arrive");
    await this.about(desk, done, "finish", { outcome: "answered" });
    await this.about("host", await token("over"), "dismiss");
    const here = await token("in_talk");
    await this.callThis(desk, here);
    await this.about(desk, here, "arrive");
    await this.callThis("counsellor6", await token("called"));
    for (const language of ["fr", "en", "ar"]) await token(`paper_${language}`, { language, party: 9 });
  }

  /** Gives people the longest of names. */
  async nameAtLength(logins) {
    for (const person of await this.coordinator("GET", `/centres/${centre}/staff`)) {
      if (!logins.includes(person.login)) continue;
      const { id, login, organisation, roles, abilities, language } = person;
      await this.coordinator("POST", `/centres/${centre}/staff`, { id, login, name: LONG, organisation, roles, abilities, language });
    }
  }

  async until(seen) {
    const late = Date.now() + 120_000;
    while (!(await seen())) {
      if (Date.now() > late) throw new Error("it did not come about within two minutes");
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}

/** A day of the demo that runs at this address, before anything happened. */
export async function begin(url) {
  const day = new Day(url);
  await day.as("host");
  return day;
}
