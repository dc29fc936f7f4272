// Which combinations are looked at. Faults come of two things that meet, seldom of three: so each page meets each size,
// text size and language, and any two of those meet on some page of its family. A page's rows depend on its name alone,
// so that a new page changes nothing for the others.

/** A number that is always the same for a text, and spread evenly. */
function spread(text) {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0), 16777619) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * The fewest rows in which a page meets every value of every factor.
 * @param {string} name of the page
 * @param {Record<string, string[]>} factors
 * @returns {Record<string, string>[]}
 */
export function few(name, factors) {
  const most = Math.max(...Object.values(factors).map((values) => values.length));
  const start = (factor) => spread(`${name} ${factor}`);
  return Array.from({ length: most }, (_, i) =>
    Object.fromEntries(
      Object.entries(factors).map(([factor, values]) => {
        // Values beyond a factor's last begin again, one further each time: even and odd do not stay together.
        const round = Math.floor(i / values.length);
        return [factor, values[(i + round + start(factor)) % values.length]];
      }),
    ),
  );
}

/** Every combination. */
export function all(factors) {
  return Object.entries(factors).reduce(
    (rows, [factor, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [factor]: value }))),
    [{}],
  );
}

/** The pairs of values of two factors that no row has. */
export function missingPairs(rows, factors) {
  const names = Object.keys(factors);
  const missing = [];
  names.forEach((one, i) =>
    names.slice(i + 1).forEach((other) => {
      for (const a of factors[one])
        for (const b of factors[other])
          if (!rows.some((row) => row[one] === a && row[other] === b)) missing.push({ [one]: a, [other]: b });
    }),
  );
  return missing;
}

/**
 * The rows of every page of a family: few for each, and what pairs of the other factors these leave out.
 * @param {string[]} names
 * @param {Record<string, string[]>} factors
 * @returns {Map<string, Record<string, string>[]>}
 */
export function pairwise(names, factors) {
  const rows = new Map(names.map((name) => [name, few(name, factors)]));
  const first = Object.fromEntries(Object.entries(factors).map(([factor, values]) => [factor, values[0]]));
  let turn = 0;
  for (const pair of missingPairs([...rows.values()].flat(), factors)) {
    rows.get(names[turn % names.length]).push({ ...first, ...pair });
    turn += 1;
  }
  return rows;
}
