// Junk: expressions with tokens lost, doubled, swapped or brought from elsewhere, and lists of tokens that nobody meant.

const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\$?[\w]+|\*\*|~>|:=|!=|<=|>=|\.\.|\?\?|\?:|\s+|[^\s]/g;
const TOKENS = [
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ".",
  "..",
  ",",
  ";",
  ":",
  ":=",
  "?",
  "??",
  "?:",
  "~>",
  "+",
  "-",
  "*",
  "**",
  "/",
  "%",
  "|",
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "^",
  "&",
  "@",
  "#",
  "!",
  "~",
  "and",
  "or",
  "in",
  "function",
  "λ",
  "true",
  "null",
  "$",
  "$$",
  "$x",
  "a",
  "price",
  "products",
  "1",
  "2.5",
  '"s"',
  "'",
  '"',
  "`",
  "/a/",
  "/*",
  "*/",
  "/* c */",
  "\\",
  "$sum",
  "$string",
  "$map",
  "function($v){$v}",
  "1e999",
  '"\\x"',
  '"\\u00"',
  "é",
  "_b",
  "\u00a0",
  "@$x",
  "#$i",
  "^(a)",
  "[0]",
  '{"a":1}',
  "()",
  "[]",
  "0x1",
  "1.",
  ".5",
  "$$$",
  "|a|{}|",
  "%.%",
  "not",
  "-0",
];

/** An expression that was damaged. */
export function damaged(random, text) {
  const tokens = text.match(TOKEN) ?? [];
  for (let times = random.between(1, 2); times > 0 && tokens.length > 0; times -= 1) damage(random, tokens);
  return tokens.join("");
}

function damage(random, tokens) {
  const place = random.below(tokens.length);
  const other = random.below(tokens.length);
  random.weighted([
    [4, () => tokens.splice(place, 1)],
    [4, () => tokens.splice(place, 0, random.pick(TOKENS))],
    [2, () => tokens.splice(place, 1, random.pick(TOKENS))],
    [1, () => tokens.splice(place, 0, tokens[other])],
    [1, () => ([tokens[place], tokens[other]] = [tokens[other], tokens[place]])],
    [1, () => tokens.splice(place)],
  ])();
}

/** Tokens in any order. */
export function junk(random) {
  return random.several(1, 8, () => random.pick(TOKENS)).join(random.pick(["", " ", " "]));
}
