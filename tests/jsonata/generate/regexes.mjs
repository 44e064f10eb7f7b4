// Regular expressions as JavaScript has them, without nested repeats: npm jsonata would not end.

const ATOMS = [
  "a",
  "b",
  "c",
  "[a-c]",
  "[^a]",
  ".",
  "\\d",
  "\\w",
  "\\s",
  "\\D",
  "\\b",
  "(a|b)",
  "(?:ab)",
  "(b)(c)?",
  "[\\d.]",
  "x",
  "ü",
  "e",
  "l",
  "o",
  "\\.",
  "(?=b)",
  "(?!b)",
  "\\u0061",
  "[A-Z]",
];
const REPEATS = ["", "", "", "", "+", "*", "?", "{2}", "{1,2}", "+?", "*?", "??"];
const READY = [
  "/a/",
  "/ab/i",
  "/(\\w)(\\d+)/",
  "/^\\s+|\\s+$/",
  "/[aeiou]/",
  "/,\\s*/",
  "/(a)|(b)/",
  "/\\d+/",
  "/^$/",
  "/$/",
  "/(.)\\1/",
  "/b*/",
  "/^a/m",
  "/(?<n>a)b/",
  "/[^\\x00-\\x7F]/",
  "/STRASSE|ß/i",
  "/(?<=a)b/",
  "/\\//",
  "/[/]/",
  "/(a)(b)?(c)?/",
  "//",
  "/a/g",
  "/(/",
  "/a",
  "/[/",
  "/a**/",
  "/\\p{L}/",
  "/./s",
];
const REPLACEMENTS = [
  '"x"',
  '"[$0]"',
  '"$1"',
  '"$2$1"',
  '"$$"',
  '"$"',
  '"$10"',
  '"$x"',
  '""',
  '"$01"',
  '"$1$"',
  "'\\\\$0'",
];

/** A regular expression. */
export function regex(random) {
  if (random.once(2)) return random.pick(READY);
  const parts = random.several(1, 3, () => random.pick(ATOMS) + random.pick(REPEATS)).join("");
  return `/${random.once(8) ? "^" : ""}${parts}/${random.pick(["", "", "", "i", "m", "im"])}`;
}

/** What a match is replaced with. */
export const replacement = (random) => random.pick(REPLACEMENTS);
