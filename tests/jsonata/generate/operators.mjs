// Operators, conditions, blocks, constructors, functions that are written out, transforms.

import { lambda } from "./calls.mjs";
import { pairs } from "./paths.mjs";

const between = (kind, operators) => (writer) =>
  `${writer.write(kind)} ${writer.random.pick(operators)} ${writer.write(kind)}`;
const bracketed = (kind) => (writer) => `(${writer.write(kind)})`;
const choice = (kind) => (writer) => {
  const otherwise = writer.random.once(5) ? "" : ` : ${writer.write(kind)}`;
  return `${writer.write("truth")} ? ${writer.write(kind)}${otherwise}`;
};
const fallback = (kind) => (writer) =>
  `${writer.write(kind)} ${writer.random.pick(["??", "?:"])} ${writer.write(kind)}`;

/** Kinds that a variable of a block may have. */
const BOUND = ["number", "text", "record", "records", "numbers", "any", "callable", "list"];

const block = (kind) => (writer) => {
  const before = writer.variables;
  const parts = writer.random.several(1, 2, () => {
    const bound = writer.random.pick(BOUND);
    const value = writer.write(bound);
    return `${writer.fresh(bound)} := ${value}`;
  });
  const text = `(${parts.join("; ")}; ${writer.write(kind)}${writer.random.once(8) ? ";" : ""})`;
  writer.variables = before;
  return text;
};

const called = (kind) => (writer) => {
  const kinds = writer.random.several(0, 2, () => writer.random.pick(["number", "text", "any"]));
  const callee = lambda(writer, [kind, ...kinds]);
  const callable = /^\$\w*$/.test(callee) ? callee : `(${callee})`;
  return `${callable}(${kinds.map((each) => writer.write(each)).join(", ")})`;
};

const chained = (kind) => (writer) => {
  const stages = writer.random.several(1, 2, () => lambda(writer, [kind, writer.random.pick(["any", "number"])]));
  return `${writer.write("any")} ~> ${stages.join(" ~> ")}`;
};

/** Recursion that comes to an end, in several shapes. */
const recursion = (writer) => {
  const count = writer.random.pick(["0", "1", "3", "5", "10", "30"]);
  const [name, text] = writer.random.pick([
    ["$fact", `function($n){$n <= 1 ? 1 : $n * $fact($n - 1)}`],
    ["$loop", `function($n, $a){$n <= 0 ? $a : $loop($n - 1, $append($a, $n))}`],
    ["$fib", `function($n){$n < 2 ? $n : $n > 12 ? $fib(12) : $fib($n - 1) + $fib($n - 2)}`],
    ["$walk", `function($n){{"d": $n, "c": $n > 0 and $n < 6 ? [$walk($n - 1)]}}`],
    ["$even", `function($n){$n = 0 ? true : $n = 1 ? false : $even($n - 2)}`],
    ["$join2", `function($n){$n > 0 ? $n & "," & $join2($n - 1) : "."}`],
  ]);
  return `(${name} := ${text}; ${name}(${count}${name === "$loop" ? ", []" : ""}))`;
};

const closure = (writer) =>
  writer.random.pick([
    () => `($add := function($a){function($b){$a + $b}}; $add(${writer.write("number")})(${writer.write("number")}))`,
    () =>
      `($t := function($f, $v){$f($f($v))}; $t(function($q){$q * ${writer.write("number")}}, ${writer.write("number")}))`,
    () => `($n := ${writer.write("number")}; $map([1..3], function($i){$i + $n}))`,
    () => `($y := function($f){$f(3)}; $y(${lambda(writer, ["number", "number"])}))`,
    () => `[1..3].(function($k){$k * $})(${writer.write("number")})`,
    () => `($f := $substring(?, ${writer.random.below(3)}, ?); $f(${writer.write("text")}, 2))`,
    () => `($f := $power(?, 2); $map(${writer.write("numbers")}, $f))`,
    () => `($f := function($a, $b){$a & "-" & $b}(?, ${writer.write("text")}); $f(${writer.write("text")}))`,
    () => `($f := $uppercase ~> $substringBefore(?, "A"); $f(${writer.write("text")}))`,
    () => `(${writer.write("text")} ~> $trim ~> $length)`,
    () => `($c := $trim ~> $uppercase ~> $length; ${writer.write("texts")}.$c($))`,
    () => `($x := 1; ($x := 2; $y := $x); [$x, $y])`,
    () => `($f := function($a, $b, $c){[$a, $b, $c]}; $f(${writer.list("any", 0, 4)}))`,
    () => `$map(${writer.write("list")}, function($v, $i, $a){{"v": $v, "i": $i, "n": $count($a)}})`,
    () =>
      `$reduce([1..5], function($a, $b, $i, $l){$a + $b * $i + $count($l)}${writer.random.pick(["", ", 10", ", missing"])})`,
  ])();

const transform = (writer) => {
  const target = writer.random.pick([
    "$",
    "products",
    "order.lines",
    "products[price > 3]",
    "**[price]",
    "order",
    "tree",
    "missing",
    "products.dims",
    "*",
  ]);
  const update = writer.random.pick([
    () => `{${pairs(writer, 1, 2)}}`,
    () => '{"price": price * 2}',
    () => "{}",
    () => writer.write("record"),
    () => "missing",
    () => writer.write("any"),
  ])();
  const remove = writer.random.pick([
    "",
    ', "name"',
    ', ["price", "stock"]',
    ", missing",
    ", 1",
    ", [1]",
    ", []",
    ', "dims"',
  ]);
  const operand = writer.random.pick([
    "$",
    "$$",
    "products",
    "order",
    '{"price": 1}',
    "[1,2]",
    "missing",
    "1",
    "products[0]",
  ]);
  return `${operand} ~> |${target}|${update}${remove}|`;
};

const range = (writer) =>
  writer.random.weighted([
    [4, () => `[${writer.random.between(-2, 3)}..${writer.random.between(-1, 8)}]`],
    [1, () => `[${writer.write("number")}..${writer.random.between(-1, 8)}]`.replace(/(\d{5,}|[eE]\d+)/g, "7")],
    [1, () => `[1..3, ${writer.write("number")}, 7..9]`],
    [1, () => `[0..$count(${writer.write("list")})]`],
    [
      1,
      () =>
        `[${writer.random.pick(["1..missing", "1..1e8", '"a"..3', "1.5..3", "5..1", "1..$limit[$ < 20]", "true..2", "..3", "1.."])}]`,
    ],
  ])();

const signed = (writer) => {
  const signature = writer.random.pick([
    "<n:n>",
    "<n-:n>",
    "<n?:n>",
    "<nn:n>",
    "<s-n?:s>",
    "<a<n>:n>",
    "<(ns):x>",
    "<n+:n>",
    "<x->",
    "<j:x>",
    "<o:o>",
    "<f:x>",
    "<a<s>-:a>",
    "<sn-:s>",
    "<l:l>",
    "<u>",
    "<b?n>",
    "<(sa<n>)>",
    "<a<(sn)>>",
    "<f<n:n>:n>",
  ]);
  return `function($a, $b)${signature}{${writer.random.pick(["$a", "$b", "[$a, $b]", "$type($a)"])}}(${writer.list("any", 0, 3)})`;
};

/** Productions of everything with operators, by kind. */
export function operatorProductions() {
  const byKind = {
    number: [
      [10, between("number", ["+", "-", "*", "/", "%"])],
      [2, (writer) => `-${writer.tight("number")}`],
      [1, recursion],
      [1, closure],
    ],
    text: [
      [8, between("text", ["&"])],
      [2, between("any", ["&"])],
    ],
    truth: [
      [6, between("number", ["<", "<=", ">", ">=", "=", "!="])],
      [3, between("text", ["=", "!=", "<", ">="])],
      [2, between("any", ["=", "!=", "<"])],
      [2, (writer) => `${writer.write("any")} in ${writer.write("list")}`],
      [4, between("truth", ["and", "or"])],
    ],
    numbers: [
      [3, range],
      [3, (writer) => `[${writer.list("number", 0, 4)}]`],
    ],
    texts: [[3, (writer) => `[${writer.list("text", 0, 4)}]`]],
    record: [
      [4, (writer) => `{${pairs(writer, 0, 3)}}`],
      [1, transform],
    ],
    records: [[2, (writer) => `[${writer.list("record", 0, 3)}]`]],
    list: [
      [3, (writer) => `[${writer.list("any", 0, 4)}]`],
      [1, range],
      [1, (writer) => `${writer.tight("any")}[]`],
      [1, closure],
    ],
    callable: [
      [6, (writer) => lambda(writer, ["any", "any", "any"])],
      [
        1,
        (writer) =>
          `$${writer.random.pick(["substring", "pad", "split", "power", "append"])}(?, ${writer.write("any")})`,
      ],
      [1, ({ random }) => `$${random.pick(["trim", "string"])} ~> $${random.pick(["uppercase", "length"])}`],
      [1, (writer) => `|$|{${pairs(writer, 1, 1)}}|`],
      [1, ({ random }) => random.pick(["/a/", "/\\d+/"])],
    ],
    any: [
      [4, transform],
      [4, closure],
      [3, recursion],
      [4, signed],
      [2, range],
      [3, between("any", ["+", "<", "=", "&", "in", "and", "or", "..", "~>", "%", "!="])],
      [1, (writer) => `-${writer.tight("any")}`],
      [1, (writer) => `${writer.tight("any")}[${writer.write("any")}]`],
      [1, (writer) => `${writer.tight("list")}{${pairs(writer, 1, 2)}}`],
      [1, (writer) => `${writer.tight("any")}.${writer.tight("any")}`],
    ],
  };
  for (const kind of Object.keys(byKind)) {
    byKind[kind].push(
      [1, choice(kind)],
      [1, fallback(kind)],
      [2, bracketed(kind)],
      [2, block(kind)],
      [1, called(kind)],
      [1, chained(kind)],
    );
  }
  return byKind;
}
