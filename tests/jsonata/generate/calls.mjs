// Calls of built-in functions: for each what it gives and which arguments fit. `$random`, `$shuffle`, `$now` and `$millis` are left out.

import { integerPicture, moment, momentPicture, numberOptions, numberPicture, zone } from "./pictures.mjs";
import { regex, replacement } from "./regexes.mjs";

const small = ({ random }) => random.pick(["0", "1", "2", "3", "-1", "-2", "5", "1.5", "100", "-0.5"]);
const radix = ({ random }) => random.pick(["2", "8", "16", "36", "10", "1", "37", "2.5", "3"]);
const pattern = (writer) => (writer.random.once(2) ? regex(writer.random) : writer.write("text"));
const from =
  (make) =>
  ({ random }) =>
    make(random);
const SUBSTITUTES = [
  'function($m){$m.match & "!"}',
  "function($m){$uppercase($m.match)}",
  "function($m){$string($m.groups)}",
  "function($m){$m.index}",
  "$uppercase",
  "$string",
];
/** What is replaced, and with what; a function only takes the place of what a regular expression finds. */
const exchange = (writer) =>
  writer.random.weighted([
    [2, () => `${pattern(writer)}, ${replacement(writer.random)}`],
    [1, () => `${pattern(writer)}, ${writer.write("text")}`],
    [1, () => `${regex(writer.random)}, ${writer.random.pick(SUBSTITUTES)}`],
  ])();
const callable =
  (...kinds) =>
  (writer) =>
    lambda(writer, kinds);
const source = ({ random }) =>
  random.pick([
    '"1+1"',
    '"price"',
    '"products.name"',
    '"$.order"',
    '"("',
    '"$x"',
    '"[1..3]"',
    '"$sum([1,2])"',
    '"1 + \\"a\\""',
    '""',
    '"%"',
    '"{\\"a\\": $}"',
    '"function($x){$x}"',
  ]);
const json = ({ random }) => random.pick(["'{\"a\": 1}'", "'[1,2]'", '"null"']);

/** A function of parameters of these kinds, which gives the last kind: written out, or by name. */
export function lambda(writer, [result, ...kinds]) {
  const { random } = writer;
  if (random.once(6)) return writer.variable("callable") ?? writer.productions.named(random, result);
  const taken = kinds.slice(0, random.between(Math.min(1, kinds.length), kinds.length));
  const word = random.pick(["function", "function", "λ"]);
  return writer.binding(taken, (...names) => {
    const signature = random.once(12)
      ? random.pick([
          "<n:n>",
          "<s:s>",
          "<x:x>",
          "<a:a>",
          "<n-n:n>",
          "<nn?:n>",
          "<(ns):s>",
          "<a<n>:n>",
          "<s->",
          "<f:x>",
          "<x+:x>",
          "<o-:x>",
          "<j:j>",
          "<b:b>",
          "<n",
          "<q>",
        ])
      : "";
    return `${word}(${names.join(", ")})${signature}{${writer.write(result)}}`;
  });
}

const o = (argument) => ({ argument, optional: true });
const item = callable("any", "any", "number", "list");

/** name: [kind of the result, arguments…]; an argument is a kind, or writes itself. */
export const CALLS = {
  sum: ["number", "numbers"],
  count: ["number", "list"],
  max: ["number", "numbers"],
  min: ["number", "numbers"],
  average: ["number", "numbers"],
  string: ["text", "any", o("truth")],
  substring: ["text", "text", small, o(small)],
  substringBefore: ["text", "text", "text"],
  substringAfter: ["text", "text", "text"],
  lowercase: ["text", "text"],
  uppercase: ["text", "text"],
  length: ["number", "text"],
  trim: ["text", "text"],
  pad: ["text", "text", small, o("text")],
  match: ["records", "text", from(regex), o(small)],
  contains: ["truth", "text", pattern],
  replace: ["text", "text", exchange, o(small)],
  split: ["texts", "text", pattern, o(small)],
  join: ["text", "texts", o("text")],
  formatNumber: ["text", "number", from(numberPicture), o(from(numberOptions))],
  formatBase: ["text", "number", o(radix)],
  formatInteger: ["text", "number", from(integerPicture)],
  parseInteger: ["number", "text", from(integerPicture)],
  number: ["number", "any"],
  floor: ["number", "number"],
  ceil: ["number", "number"],
  round: ["number", "number", o(small)],
  abs: ["number", "number"],
  sqrt: ["number", "number"],
  power: ["number", "number", small],
  boolean: ["truth", "any"],
  not: ["truth", "any"],
  map: ["list", "list", item],
  zip: ["list", "list", o("list"), o("list")],
  filter: ["list", "list", callable("truth", "any", "number", "list")],
  single: ["any", "list", o(callable("truth", "any", "number"))],
  reduce: ["any", "numbers", callable("number", "number", "number", "number", "numbers"), o("number")],
  sift: ["record", "record", callable("truth", "any", "text", "record")],
  keys: ["texts", "record"],
  lookup: ["any", "record", "text"],
  append: ["list", "list", "list"],
  exists: ["truth", "any"],
  spread: ["records", "records"],
  merge: ["record", "records"],
  reverse: ["list", "list"],
  each: ["list", "record", callable("any", "any", "text", "record")],
  error: ["any", o("text")],
  assert: ["any", "truth", o("text")],
  type: ["text", "any"],
  sort: ["list", "list", o(callable("truth", "any", "any"))],
  distinct: ["list", "list"],
  base64encode: ["text", "text"],
  base64decode: ["text", "text"],
  encodeUrlComponent: ["text", "text"],
  encodeUrl: ["text", "text"],
  decodeUrlComponent: ["text", "text"],
  decodeUrl: ["text", "text"],
  eval: ["any", source, o("record")],
  toMillis: ["number", from(moment), o(from(momentPicture))],
  fromMillis: ["text", "number", o(from(momentPicture)), o(from(zone))],
  clone: ["any", "record"],
};

/** Functions that are rare in the wild stand for fewer calls. */
const RARE = new Set(["error", "assert", "eval", "clone"]);

/** Productions of calls, by kind of result; every call also gives `any`. */
export function callProductions() {
  const byKind = {};
  for (const [name, [kind, ...parameters]] of Object.entries(CALLS)) {
    const production = [RARE.has(name) ? 1 : 3, (writer) => call(writer, name, parameters)];
    for (const key of new Set([kind, "any"])) (byKind[key] ??= []).push(production);
  }
  // What a moment is formatted to can be read again, and so can a whole number.
  byKind.number.push(
    [3, roundTrip("fromMillis", "toMillis", momentPicture)],
    [2, roundTrip("formatInteger", "parseInteger", integerPicture)],
  );
  byKind.any.push([1, (writer) => `$eval(${json(writer)})`]);
  return byKind;
}

function roundTrip(out, back, picture) {
  return (writer) => {
    const chosen = picture(writer.random);
    return `$${back}($${out}(${writer.write("number")}, ${chosen}), ${chosen})`;
  };
}

function call(writer, name, parameters) {
  const { random } = writer;
  const written = parameters
    .filter((parameter) => !parameter.optional || random.once(2))
    .map((parameter) => argument(writer, parameter.argument ?? parameter));
  // The context may stand in for the first argument; one too many, or one that is left out, is tried too.
  if (random.once(30)) written.shift();
  if (random.once(60)) written.pop();
  if (random.once(80)) written.push(writer.write("any"));
  if (random.once(50) && written.length > 0)
    written[random.below(written.length)] = random.pick(["missing", "null", "?", "$", "[]"]);
  return random.once(10) && written.length > 0
    ? `${written[0]} ~> $${name}(${written.slice(1).join(", ")})`
    : `$${name}(${written.join(", ")})`;
}

const argument = (writer, parameter) => (typeof parameter === "string" ? writer.write(parameter) : parameter(writer));

/** The name of a built-in function that may stand where a function is wanted. */
export function named(random, kind) {
  const names = Object.keys(CALLS).filter((name) => CALLS[name][0] === kind);
  return `$${random.pick(names.length > 0 ? names : Object.keys(CALLS))}`;
}
