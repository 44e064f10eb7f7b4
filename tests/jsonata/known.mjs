// Where the engine differs from npm jsonata on purpose, or where npm jsonata has no answer of its own. All of it stands here, with the reason.
//
// Beside this list: objects are compared without the order of their members, texts hold no character above U+FFFF (JavaScript counts UTF-16
// units, JSONata's functions count characters), and no member is named like a whole number (JavaScript puts those first).

const REGEX = /\/[^/*\s]/;

/** What the generator leaves out, and why. */
const AVOIDED = [
  [/\$(random|shuffle|now|millis)\b/, "chance and clock"],
  [
    (text) => /\?[?:]/.test(text) && REGEX.test(text),
    "a regular expression left of ?: or ?? never matches: npm jsonata loses it when it copies the tree",
  ],
  [
    /\[\s*(\d+)\s*,\s*\1\s*\]\s*[#@]/,
    "the same place twice in a list of places: npm jsonata gives both items the same variables",
  ],
  [/__proto__|constructor|prototype|toString|valueOf|hasOwn/, "members that every JavaScript object has"],
];

/** Whether an expression may depend on the clock: `$toMillis` fills what a picture lacks from today. */
export const readsClock = (expression) => /toMillis/.test(expression);

/** Whether an expression is about something that differs on purpose. */
export function isAvoided(expression) {
  return AVOIDED.some(([test]) => (typeof test === "function" ? test(expression) : test.test(expression)));
}

/** Answers that may differ: which ones, and why. */
const EXCUSED = [
  {
    why: "a partial application of a built-in function does not check types in npm jsonata",
    holds: ({ expr }, wanted, got) =>
      /[(,]\s*\?\s*[,)]/.test(expr) && (TYPES.includes(got.code) || got.undefined || wanted.code || GAP.test(expr)),
  },
  {
    why: "$string with a gap is refused: npm jsonata reads its own source to learn the parameters",
    holds: (_, wanted) => wanted.code === "S0208" && wanted.position === 26,
  },
  {
    why: "several keys of a grouping behind %, @ or #: in npm jsonata the first takes the item away from the others",
    holds: ({ expr }) => /[%@#]/.test(expr) && /\{[^{}]*:[^{}]*,[^{}]*:/.test(expr),
  },
  {
    why: "a text is replaced with a function: npm jsonata writes out its own source",
    holds: ({ expr }, wanted) => /\$replace/.test(expr) && /async function/.test(wanted.result ?? ""),
  },
  {
    why: "an update that holds the object that it is made to has no end",
    holds: ({ expr }, _, got) => /~>\s*\|/.test(expr) && got.code === "D1016",
  },
  {
    why: "the last digits of a power, which JavaScript leaves open (letters are read by powers of 26)",
    holds: ({ expr }, wanted, got) => /\$(power|parseInteger)\b/.test(expr) && nearly(wanted.result, got.result),
  },
  {
    why: "grouping an empty array of the input puts an undefined item into it in npm jsonata",
    holds: (_, wanted, got) =>
      wanted.result?.replaceAll("[null]", "[]") === got.result?.replaceAll("[null]", "[]") && Boolean(wanted.result),
  },
  {
    why: "an update that is a function: npm jsonata takes it for an object",
    holds: (_, __, got) => got.code === "T2011" && got.message.endsWith(": function"),
  },
  {
    why: "an empty sequence inside a sequence of one: npm jsonata unwraps it once more for each bracket around it",
    holds: (_, wanted, got) => wanted.undefined && got.result === "[]",
  },
  {
    why: "a limit of $split counts modulo 2^32 in JavaScript",
    holds: ({ expr }, wanted) => /\$split\b/.test(expr) && wanted.result === "[]",
  },
  {
    why: "base 64 with characters that are none: each JavaScript engine reads something else",
    holds: ({ expr }) => /base64decode/.test(expr),
  },
];
/** A built-in function with a gap; the generator's own functions have short names. */
const GAP = /\$[a-zA-Z0-9]{3,}\s*\((?:[^()]*,)?\s*\?\s*[,)]/;
const TYPES = ["T0410", "T0411", "T0412"];

/** Whether both texts are the same but for the last digits of numbers. */
function nearly(one = "", two = "") {
  const NUMBER = /-?\d+(\.\d+)?(e[+-]?\d+)?/g;
  const [numbers, others] = [one.match(NUMBER) ?? [], two.match(NUMBER) ?? []];
  const close = (number, other) => Math.abs(number - other) <= Math.abs(number) * 1e-13;
  return (
    one.replace(NUMBER, "0") === two.replace(NUMBER, "0") &&
    numbers.every((number, index) => close(Number(number), Number(others[index])))
  );
}

/** Why a difference is excused, if it is. */
export function excuse(line, expected, got) {
  return EXCUSED.find(({ holds }) => holds(line, expected, got))?.why;
}
