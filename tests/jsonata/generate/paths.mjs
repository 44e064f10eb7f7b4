// Paths: steps, predicates, order, grouping, joins, parents, and what may stand between them.

/** Where a path may begin, and what `$` is in it then. */
const SOURCES = {
  root: [
    ["products", "product"],
    ["order.lines", "line"],
    ["tree", "node"],
    ["tree.children", "node"],
    ["tree.**[label]", "node"],
    ["order", "other"],
    ["order.customer", "other"],
    ["$$.products", "product"],
  ],
  product: [
    ["dims", "other"],
    ["$", "product"],
    ["$$.products", "product"],
    ["$$.order.lines", "line"],
    ["%", "root"],
  ],
  line: [
    ["$", "line"],
    ["$$.products", "product"],
    ["%", "other"],
    ["%.%", "root"],
  ],
  node: [
    ["children", "node"],
    ["**", "node"],
    ["%", "node"],
  ],
};
const KINDS = ["number", "text", "truth", "any", "record", "texts", "list"];

function source(writer) {
  const [text, context] = writer.random.pick(SOURCES[writer.context] ?? SOURCES.root);
  const variable = writer.random.once(8) ? writer.variable("records") : undefined;
  return variable ? [variable, "product"] : [text, context];
}

const predicate = (writer) =>
  writer.random.weighted([
    [3, () => writer.random.pick(["0", "-1", "1", "2", "-2", "0.7", "-0.5", "5"])],
    [1, () => writer.random.pick(["[0..1]", "[0, 2]", "[-1]", "[]", "[[0], 1]"])],
    [4, () => writer.write("truth")],
    [1, () => writer.write("text")],
    [1, () => writer.write("number")],
    [1, () => writer.write("any")],
  ])();

const term = (writer) =>
  writer.random.pick(["", ">", "<"]) + writer.write(writer.random.pick(["number", "number", "text"]));

/** Pairs of an object; names never look like whole numbers. */
export function pairs(writer, first, last) {
  const names = ["a", "b", "c", "name", "total", "list", "x y"];
  const start = writer.random.below(names.length);
  return writer.random
    .several(
      first,
      last,
      (index) => `${name(writer, names[(start + index) % names.length])}: ${writer.write(writer.random.pick(KINDS))}`,
    )
    .join(", ");
}

function name(writer, word) {
  const { random, context } = writer;
  if (context === "product" && random.once(2))
    return random.pick(["category", "id", "category & id", "$uppercase(category)"]);
  if (context === "line" && random.once(2)) return random.pick(["sku", '"s" & sku']);
  if (random.once(30)) return writer.random.pick(["missing", "1", "$", "title", '["a"]']);
  return JSON.stringify(word);
}

/** What stands behind a step. */
function behind(writer) {
  return writer.random.weighted([
    [6, () => ""],
    [4, () => `[${predicate(writer)}]`],
    [1, () => `[${predicate(writer)}][${predicate(writer)}]`],
    [1, () => "[]"],
    [2, () => `^(${writer.random.several(1, 2, () => term(writer)).join(", ")})`],
  ])();
}

/** A path whose last step gives that kind. */
function path(writer, kind) {
  const [text, context] = source(writer);
  return writer.inside(context, () => {
    const first = text + behind(writer);
    const middle = writer.random.once(6) ? `.$${writer.random.once(2) ? behind(writer) : ""}` : "";
    return `${first}${middle}.${step(writer, kind)}${behind(writer)}`;
  });
}

const step = (writer, kind) => writer.tight(writer.random.once(6) ? "any" : kind);

function grouped(writer) {
  const [text, context] = source(writer);
  return writer.inside(context, () => `${text}${behind(writer)}{${pairs(writer, 1, 2)}}`);
}

function positions(writer) {
  const [text, context] = source(writer);
  return writer.inside(context, () =>
    writer.binding(["number"], (index) => {
      const filter = writer.random.once(3)
        ? `[${index} ${writer.random.pick(["<", ">", "=", "%"])} ${writer.random.below(3)}]`
        : "";
      const result = writer.random.pick([
        () => `{"i": ${index}, ${pairs(writer, 1, 2)}}`,
        () => `(${writer.write("any")})`,
        () => `(${index} + ${writer.write("number")})`,
        () => writer.tight("any"),
      ])();
      const order = writer.random.once(4) ? `^(${term(writer)})` : "";
      return `${text}${behind(writer)}#${index}${filter}${order}.${result}`;
    }),
  );
}

function join(writer) {
  return writer.binding(["record", "record"], (product, line) => {
    const filter = writer.random.pick([
      `[${line}.sku = ${product}.id]`,
      `[sku = ${product}.id]`,
      "",
      `[${product}.price > ${line}.p]`,
      "[0]",
    ]);
    const order = writer.random.once(4)
      ? `^(${writer.random.pick([`>${line}.q`, `${product}.name`, `<${product}.price, ${line}.q`])})`
      : "";
    const result = writer.random.pick([
      `{"n": ${product}.name, "q": ${line}.q}`,
      `(${product}.price * ${line}.q)`,
      `${line}.q`,
      `{${product}.id: ${line}.q}`,
      "$",
      `[${product}.id, ${line}.sku]`,
    ]);
    const index = writer.random.once(5) ? "#$n" : "";
    const grouped = writer.random.once(6) ? `{${product}.category: $sum(${line}.q)}` : `.${result}`;
    return `products@${product}${writer.random.once(6) ? "[live]" : ""}.$$.order.lines@${line}${filter}${index}${order}${grouped}`;
  });
}

function ordered(writer) {
  const list = writer.tight(writer.random.pick(["numbers", "texts"]));
  const context = writer.random.pick(["number", "text"]);
  return writer.inside(
    context,
    () =>
      `${list}^(${writer.random.pick(["$", ">$", "<$", "-$", "$length($)", "$ > 2", "$string($)"])})${behind(writer)}`,
  );
}

const PARENTS = [
  "products.tags.(% ~> $type)",
  "products.tags.%.name",
  "products.dims.%.price",
  "order.lines.%.customer.name",
  'order.lines.{"s": sku, "c": %.customer.name}',
  "products.dims.w.%.%.id",
  "order.lines.q.(%.sku)",
  "products.%.title",
  'order.customer.tags.{"t": $, "n": %.name}',
  "products.tags[%.price > 2]",
  "products.dims^(%.price).w",
  "tree.children.children.%.label",
  "tree.children.children.%.%.label",
  "products.tags.[%.id, $]",
  "order.lines[%.id].q",
  "products.dims.{%.id: w}",
  "products.(dims.w + %.price)",
  "%.title",
  "products.$.%.title",
  "order.lines#$n.(%.id & $n)",
  "products@$p.tags.{$p.id: %.name}",
  "products[0].tags.%.name",
  "products.tags[0].%.name",
  "products^(price).tags.%.name",
  'products.{"a": tags.%.name}',
  "products.$map(tags, function($t){%.name})",
  "order.*.%.id",
  "order.**.%",
  "products[%.flag].name",
  "products.(tags.(%.%.title))",
  "products.tags.%.dims.%.name",
];

const wild = ({ random }) =>
  random.pick([
    "*",
    "**",
    "products.*",
    "order.*[0]",
    "**.price",
    "**[price > 3].name",
    "*.*",
    "products.*.w",
    "order.**.q",
    "**.tags[0]",
    "matrix.*",
    "tree.**.label",
    '*[$type($) = "number"]',
    "**.**.w",
    "mixed.*",
    "*.tags",
    "tree.*.*.label",
    "**^(price).name",
    "products.(*)",
    "matrix.$",
    "matrix.[$]",
    "matrix[0]",
    "matrix[0][0]",
    "matrix.($[0])",
    "(matrix)[0]",
    "matrix[][0]",
    "products[0].tags[]",
    "products.tags[][0]",
    "(products.tags)[0]",
    "products.[tags]",
    "products.[name, price]",
    "mixed[].a",
    "words[-1]",
    "$[0]",
    "$$[0]",
    "empty[0]",
    "hollow.a",
    "nothing.a",
    "`odd name`",
    '"title"',
    'order."id"',
  ]);

/** Productions of paths, by kind. */
export function pathProductions() {
  const byKind = {
    record: [[2, grouped]],
    records: [[4, join]],
    list: [
      [3, positions],
      [2, ordered],
      [1, wild],
    ],
    any: [
      [4, join],
      [4, positions],
      [3, grouped],
      [2, ordered],
      [4, wild],
      [3, ({ random }) => random.pick(PARENTS)],
    ],
  };
  for (const kind of ["number", "text", "truth", "numbers", "texts", "record", "records", "list", "any"]) {
    (byKind[kind] ??= []).push([kind === "any" ? 25 : 6, (writer) => path(writer, single(kind))]);
  }
  byKind.records.push([6, (writer) => source(writer)[0] + behind(writer)]);
  return byKind;
}

const single = (kind) => ({ numbers: "number", texts: "text", records: "record", list: "any" })[kind] ?? kind;
