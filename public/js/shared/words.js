/** The text of a counted form: `forms` is JSON from plural category to a text with `{n}`; `zero` is exactly none. */
export function counted(forms, n, language) {
  const all = JSON.parse(forms);
  const category = n === 0 && all.zero ? "zero" : new Intl.PluralRules(language).select(n);
  return (all[category] || all.other).replace("{n}", n);
}

/** A clock of a time zone: hour without a leading zero, minute with one. */
export function clock(zone) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  return (milliseconds) => {
    const part = (type) => format.formatToParts(milliseconds).find((p) => p.type === type).value;
    return { hour: String(+part("hour")), minute: part("minute").padStart(2, "0") };
  };
}

/** Fills `{hour}` and `{minute}`. */
export function time(form, { hour, minute }) {
  return form.replace("{hour}", hour).replace("{minute}", minute);
}

/** A desk in words: the server says whether its name is a word, or follows the word "desk" of the form. */
export function desk({ desk: name, word }, form, none) {
  if (!name) return none;
  return word ? name : form.replace("{desk}", name);
}

/** How far a desk's name has to shrink, as the server measures it; null = not at all. */
export function long(name) {
  const length = Array.from(name).length;
  return length <= 6 ? null : length <= 14 ? "1" : length <= 24 ? "2" : "3";
}

/** Sets an attribute, or takes it away for null. */
export function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
