// The smallest pieces: literals, variables, names of members that fit what `$` is.

import { WORDS } from "./data.mjs";

/** Which members things have, by the kind of their values. */
export const CONTEXTS = {
  root: {
    number: ["count", "total", "order.customer.age", "tree.value"],
    text: ["title", "note", "order.id", "order.customer.name", "`odd name`", "tree.label"],
    truth: ["flag"],
    numbers: [
      "numbers",
      "matrix.$",
      "matrix[0]",
      "products.price",
      "order.lines.q",
      "order.lines.(p * q)",
      "products.dims.w",
    ],
    texts: ["words", "products.name", "products.tags", "order.customer.tags", "products.category"],
    record: ["order", "order.customer", "tree", "hollow", "$"],
    records: ["products", "order.lines", "tree.children", "products.dims", "order.lines[q > 2]"],
    list: ["mixed", "matrix", "empty", "mixed[0]"],
    any: [
      "nothing",
      "missing",
      "mixed",
      "order.missing",
      "*",
      "**",
      "products.*",
      "tree.**.value",
      "order.*.name",
      "empty",
    ],
  },
  product: {
    number: ["price", "stock", "dims.w", "dims.h", "$.price"],
    text: ["name", "category", "id"],
    truth: ["live"],
    numbers: ["dims.*", "[price, stock]"],
    texts: ["tags", "[name, category]"],
    record: ["dims", "$"],
    records: ["dims[]", "[$]"],
    list: ["tags[]", "*"],
    any: ["tags", "missing", "$", "%", "%.title", "**"],
  },
  line: {
    number: ["q", "p", "q * p"],
    text: ["sku"],
    truth: ["gift"],
    numbers: ["[q, p]"],
    texts: ["[sku]"],
    record: ["$"],
    records: ["$"],
    list: ["*"],
    any: ["$", "%.customer.name", "%.id", "%.%.title", "missing"],
  },
  node: {
    number: ["value", "children.value", "$sum(**.value)"],
    text: ["label", "children[0].label"],
    truth: ["$exists(children)"],
    numbers: ["children.value", "**.value"],
    texts: ["children.label", "**.label"],
    record: ["$", "children[0]"],
    records: ["children", "children.children"],
    list: ["children", "**.children"],
    any: ["%", "%.label", "**", "*", "missing"],
  },
  number: scalar("number", "$"),
  text: scalar("text", "$"),
  other: scalar("any", "$"),
};

function scalar(kind, word) {
  const none = {
    number: [],
    text: [],
    truth: [],
    numbers: [],
    texts: [],
    record: [],
    records: [],
    list: [],
    any: ["$", "missing", "%"],
  };
  return { ...none, [kind]: [word] };
}

const NUMERALS = [
  "0",
  "1",
  "2",
  "3",
  "4",
  "5",
  "7",
  "10",
  "12",
  "16",
  "36",
  "100",
  "255",
  "1000",
  "1234.5678",
  "0.5",
  "1.5",
  "2.5",
  "0.1",
  "0.2",
  "3.14159",
  "1e3",
  "1.5e-3",
  "1E21",
  "1e-7",
  "123456789",
  "9007199254740993",
  "1e300",
  "1709210096789",
  "0.000001",
  "00",
  "1.0",
];

const number = ({ random }) => (random.once(6) ? "-" : "") + random.pick(NUMERALS);
const text = ({ random }) => quoted(random, random.pick(WORDS));
const truth = ({ random }) => random.pick(["true", "false"]);

/** A string literal, in either kind of quotes, with escapes. */
export function quoted(random, word) {
  const literal = JSON.stringify(word);
  if (random.once(4))
    return literal.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const plain = !/['"\\]/.test(word) && !/\\/.test(literal);
  return plain && random.once(2) ? `'${word}'` : literal;
}

/** A member of what `$` is, else a literal. */
const member = (kind, otherwise) => (writer) => {
  const names = CONTEXTS[writer.context][kind];
  const variable = writer.random.once(3) ? writer.variable(kind) : undefined;
  if (variable) return variable;
  return names.length > 0 ? writer.random.pick(names) : otherwise(writer);
};

const numbers = (writer) => `[${writer.random.several(0, 4, () => number(writer)).join(", ")}]`;
const texts = (writer) => `[${writer.random.several(0, 4, () => text(writer)).join(", ")}]`;
const record = (writer) => `{"a": ${number(writer)}, "b": ${text(writer)}}`;
const records = (writer) => `[${writer.random.several(0, 3, () => record(writer)).join(", ")}]`;
const list = (writer) => writer.random.pick([numbers, texts, records])(writer);
const NAMES = [
  "sum",
  "string",
  "length",
  "number",
  "boolean",
  "uppercase",
  "count",
  "exists",
  "not",
  "keys",
  "type",
  "abs",
  "floor",
  "append",
  "max",
  "reverse",
];
const callable = ({ random }) => `$${random.pick(NAMES)}`;
const any = (writer) =>
  writer.random.pick([
    number,
    text,
    truth,
    list,
    record,
    () => "null",
    () => "$",
    () => "$$",
    () => "missing",
    () => "()",
  ])(writer);

/** Leaves by kind. */
export const LEAVES = {
  number: [
    [2, number],
    [3, member("number", number)],
    [1, global("$limit")],
  ],
  text: [
    [2, text],
    [3, member("text", text)],
    [1, global("$label")],
  ],
  truth: [
    [1, truth],
    [2, member("truth", truth)],
    [1, global("$yes")],
  ],
  numbers: [
    [2, numbers],
    [4, member("numbers", numbers)],
    [1, global("$list")],
  ],
  texts: [
    [2, texts],
    [4, member("texts", texts)],
  ],
  record: [
    [2, record],
    [3, member("record", record)],
    [1, global("$box")],
    [1, global("$$.order")],
  ],
  records: [
    [1, records],
    [6, member("records", records)],
    [1, global("$$.products")],
  ],
  list: [
    [1, list],
    [3, member("list", list)],
    [1, global("$$.mixed")],
  ],
  callable: [
    [1, member("callable", callable)],
    [3, callable],
  ],
  any: [
    [2, any],
    [3, member("any", any)],
  ],
};
for (const names of Object.values(CONTEXTS)) names.callable = [];

function global(name) {
  return () => name;
}
