// Asks npm jsonata, the native engine and the WebAssembly module the same random expressions, and prints where they differ.
//
//   node differential.mjs [--seed N] [--count N] [--native COMMAND] [--web MODULE] [--show N]
//
// `--native` is the `statecraft` command, `--web` the module that wasm-bindgen made for Node. Ends with 1 when something differs.

import { parseArgs } from "node:util";
import { isIdentical, verdict } from "./compare.mjs";
import { askNative, askReference, askWeb } from "./engines.mjs";
import { cases } from "./generate/cases.mjs";
import { excuse } from "./known.mjs";
import { shrink } from "./shrink.mjs";

const { values: options } = parseArgs({
  options: {
    seed: { type: "string", default: process.env.STATECRAFT_SEED ?? "1" },
    count: { type: "string", default: process.env.STATECRAFT_COUNT ?? "20400" },
    native: { type: "string" },
    web: { type: "string" },
    show: { type: "string", default: "20" },
  },
});

if (!options.native && !options.web) {
  console.error("Say what to compare: --native COMMAND, --web MODULE, or both.");
  process.exit(2);
}

const APART = "differs: native and WebAssembly";

const lines = [...cases(Number(options.seed), Number(options.count))];
const [expected, native] = await timed("npm jsonata and the native engine", () =>
  Promise.all([askReference(lines), options.native ? askNative(options.native, lines) : undefined]),
);
const web = options.web ? await timed("the WebAssembly module", () => askWeb(options.web, lines)) : undefined;

const counts = new Map();
const findings = [];
for (const [index, line] of lines.entries()) judge(line, expected[index], native?.[index], web?.[index]);

for (const [name, count] of [...counts].sort()) console.log(`${String(count).padStart(8)}  ${name}`);
for (const finding of findings.slice(0, Number(options.show))) await show(finding);
const left = counted("not compared") + counted("excused");
const apart = new Set(findings.map(({ line }) => line)).size;
console.log(
  `seed ${options.seed}: ${lines.length - left - apart} of ${lines.length} expressions agree, ${apart} differ, ${left} are not judged`,
);
process.exit(findings.length > 0 ? 1 : 0);

/** How many cases are in classes of that beginning. */
function counted(beginning) {
  return [...counts].reduce((sum, [name, count]) => (name.startsWith(beginning) ? sum + count : sum), 0);
}

/** Counts a case; keeps it when something differs. */
function judge(line, wanted, own, other) {
  const found = judged(line, wanted, own ?? other);
  counts.set(found, (counts.get(found) ?? 0) + 1);
  if (found.startsWith("differs")) findings.push({ found, line, wanted, got: own ?? other });
  if (own && other && wanted.class !== "clock" && !isIdentical(own, other, line.expr)) {
    counts.set(APART, (counts.get(APART) ?? 0) + 1);
    findings.push({ found: APART, line, wanted: own, got: other });
  }
}

function judged(line, wanted, got) {
  const found = verdict(wanted, got);
  const why = found.startsWith("differs") && got.class !== "crash" ? excuse(line, wanted, got) : undefined;
  return why ? `excused: ${why}` : found;
}

async function show(finding) {
  const ask = options.native ? (some) => askNative(options.native, some) : (some) => askWeb(options.web, some);
  const { found, line, wanted, got } = finding.found === APART ? finding : await shrink(finding, ask);
  console.log(`\n${line.id}  ${found}`);
  console.log(`  expr      ${JSON.stringify(line.expr)}`);
  console.log(`  data      ${abridged(line.data)}`);
  if (line.bindings) console.log(`  bindings  ${abridged(line.bindings)}`);
  console.log(`  expected  ${abridged(wanted)}\n  got       ${abridged(got)}`);
}

function abridged(value) {
  const text = JSON.stringify(value) ?? "(nothing)";
  return text.length > 1_500 ? `${text.slice(0, 1_500)} …` : text;
}

async function timed(name, work) {
  const begin = performance.now();
  const result = await work();
  console.log(`  ${name}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
  return result;
}
