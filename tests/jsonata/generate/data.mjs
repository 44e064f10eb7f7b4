// Documents and variables that expressions are asked about. Members are missing, single or null now and then, as in real data.
//
// Names of members are never whole numbers: JavaScript would put those first, whatever their place in the text.

export const WORDS = [
  "alpha",
  "beta",
  "Gamma",
  "delta",
  "",
  " ",
  "a",
  "b",
  "aa",
  "Aa",
  "12",
  "-3.5",
  "1e3",
  "0x1F",
  "true",
  "null",
  "hello world",
  "  two  blanks ",
  "comma,separated,text",
  "line\nbreak",
  "tab\there",
  'quote"d',
  "back\\slash",
  "Ünïcödé",
  "straße",
  "ﬁn",
  "日本語",
  "e\u0301",
  "2024-02-29",
  "2024-02-29T12:34:56.789Z",
  "1969-12-31T23:59:59+01:00",
  "abcabcabc",
  "foo.bar",
  "50%",
  "a/b?c=d&e=f",
  "%41%42",
  "SGVsbG8=",
  '{"a":1}',
  "price * 2",
  "MCMXCIV",
  "twenty-one",
  "1,234.5",
  "ab12cd345",
  "x=1;y=2",
];
const NUMBERS = [
  0, 1, 2, 3, 4, 5, 7, 10, 12, 99, 100, 255, 1000, 1024, 1234567, -1, -2, -17, 0.5, 1.5, 2.5, -0.5, -2.5, 0.1, 0.2, 0.3,
  3.14159, 1e-7, 1e21, 1.5e300, 123456789.123, 9007199254740991, 1709210096789, -1500000000000,
];
const CATEGORIES = ["tool", "toy", "book", "Tool", "garden"];

/** A document of the shape that the grammar knows, or now and then one of any shape. */
export function makeDocument(random) {
  return random.weighted([
    [30, () => shop(random)],
    [1, () => anything(random, 3)],
    [1, () => random.several(0, 3, () => product(random))],
    [1, () => undefined],
  ])();
}

/** Variables; the grammar knows their names and kinds. */
export function makeBindings(random) {
  if (random.once(3)) return undefined;
  return {
    limit: random.pick(NUMBERS),
    label: random.pick(WORDS),
    yes: random.once(2),
    list: random.several(0, 4, () => random.pick(NUMBERS)),
    box: product(random),
  };
}

/** Any JSON. */
export function anything(random, depth) {
  return random.weighted([
    [4, () => random.pick(NUMBERS)],
    [4, () => random.pick(WORDS)],
    [1, () => random.once(2)],
    [1, () => null],
    [depth && 3, () => random.several(0, 4, () => anything(random, depth - 1))],
    [depth && 3, () => members(random, depth)],
  ])();
}

function members(random, depth) {
  const names = ["a", "b", "c", "price", "name", "tags", "value"];
  return Object.fromEntries(random.some(names).map((name) => [name, anything(random, depth - 1)]));
}

function shop(random) {
  return thinned(random, {
    order: order(random),
    products: oneOrMany(
      random,
      random.several(0, 5, () => product(random)),
    ),
    numbers: random.several(0, 6, () => random.pick(NUMBERS)),
    words: random.several(0, 5, () => random.pick(WORDS)),
    matrix: random.several(0, 3, () => random.several(0, 3, () => random.pick(NUMBERS))),
    mixed: random.several(0, 5, () => anything(random, 1)),
    tree: tree(random, 3),
    count: random.between(-3, 12),
    total: random.pick(NUMBERS),
    title: random.pick(WORDS),
    note: random.pick(WORDS),
    flag: random.once(2),
    nothing: null,
    empty: [],
    hollow: {},
    "odd name": random.pick(WORDS),
  });
}

function order(random) {
  return thinned(random, {
    id: random.pick(WORDS),
    customer: thinned(random, {
      name: random.pick(WORDS),
      age: random.between(17, 80),
      tags: oneOrMany(
        random,
        random.several(0, 3, () => random.pick(WORDS)),
      ),
    }),
    lines: oneOrMany(
      random,
      random.several(0, 4, () => line(random)),
    ),
  });
}

function line(random) {
  return thinned(random, { sku: sku(random), q: random.between(0, 9), p: random.pick(NUMBERS), gift: random.once(2) });
}

function product(random) {
  return thinned(random, {
    id: sku(random),
    name: random.pick(WORDS),
    price: random.pick(NUMBERS),
    category: random.pick(CATEGORIES),
    stock: random.between(0, 20),
    live: random.once(2),
    dims: thinned(random, { w: random.between(1, 9), h: random.between(1, 9) }),
    tags: oneOrMany(
      random,
      random.several(0, 3, () => random.pick(WORDS)),
    ),
  });
}

const sku = (random) => `p${random.below(5)}`;

function tree(random, depth) {
  const children = depth === 0 ? [] : random.several(0, 2, () => tree(random, depth - 1));
  return thinned(random, { label: random.pick(WORDS), value: random.pick(NUMBERS), children });
}

/** Leaves a member out, or makes it null, now and then. */
function thinned(random, object) {
  for (const name of Object.keys(object)) {
    if (random.once(25)) delete object[name];
    else if (random.once(40)) object[name] = null;
  }
  return object;
}

/** A single item stands for itself now and then. */
function oneOrMany(random, items) {
  return items.length === 1 && random.once(2) ? items[0] : items;
}
