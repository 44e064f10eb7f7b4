// The table of the comparison, and what it says of each bar.

/** What jsonata-core weighs as WebAssembly after brotli, in bytes, as measured once. */
const CORE_BYTES = 440_000;
const BARS = { native: 5, core: 4, wasm: 2, bytes: 200_000 };
/** How much slower still counts as not slower: rounds differ by that much. */
const NOISE = 1.03;

/** The comparison as text. */
export function table({ times, document, expressions, packed }) {
  return [
    `\nMicroseconds for each evaluation; a document of ${document.length} bytes; results are not written out.\n`,
    rows(times, expressions, "evaluate"),
    "\nMicroseconds for parsing\n",
    rows(times, expressions, "parse", (time) => time.document),
    "\nMicroseconds for each evaluation through JavaScript with the result as JSON text, on a document that was read before and on a text\n",
    border(times, expressions),
    `\nThe module after wasm-opt -Oz and brotli: ${packed} bytes; jsonata-core: about ${CORE_BYTES}.\n`,
    ...bars(times, expressions, packed),
  ].join("\n");
}

function rows(times, expressions, what, whole) {
  const names = Object.keys(times);
  const lines = expressions.map((text, index) => [
    text,
    ...names.map((name) => micro(times[name].expressions[index][what])),
    ...ratios(times, index, what),
  ]);
  const all = [["", ...names, "npm / ours", "core / ours", "npm / wasm"], ...lines];
  if (whole) all.push(["(the document)", ...names.map((name) => micro(whole(times[name]))), "", "", ""]);
  return aligned(all);
}

function ratios(times, index, what) {
  const of = (name) => times[name].expressions[index][what];
  const core = Math.min(of("core, tree walker"), of("core, compiled"));
  return [of("npm jsonata") / of("ours"), core / of("ours"), of("npm jsonata") / of("ours, wasm for speed")].map(
    (ratio) => `${ratio.toFixed(1)}x`,
  );
}

function border(times, expressions) {
  const modules = ["ours, wasm for size", "ours, wasm for speed"];
  const header = ["", ...modules.flatMap((name) => [`${name}, read before`, "on a text"])];
  const lines = expressions.map((text, index) => [
    text,
    ...modules.flatMap((name) => ["serialised", "text"].map((what) => micro(times[name].expressions[index][what]))),
  ]);
  return aligned([header, ...lines]);
}

function bars(times, expressions, packed) {
  const faster = (slow, fast) =>
    expressions.map((_, index) => times[slow].expressions[index].evaluate / times[fast].expressions[index].evaluate);
  const least = (ratios) => Math.min(...ratios);
  const wins = (mode) => faster(mode, "ours").filter((ratio) => ratio * NOISE >= 1).length;
  const native = least(faster("npm jsonata", "ours"));
  return [
    bar(native >= BARS.native, `native at least ${BARS.native}x npm jsonata on each: ${native.toFixed(1)}x at least`),
    ...["core, tree walker", "core, compiled"].map((mode) =>
      bar(
        wins(mode) >= BARS.core,
        `not slower than jsonata-core (${mode.slice(6)}) on at least ${BARS.core}: on ${wins(mode)}`,
      ),
    ),
    ...["size", "speed"].map((goal) => {
      const ratio = least(faster("npm jsonata", `ours, wasm for ${goal}`));
      return bar(
        ratio >= BARS.wasm,
        `WebAssembly for ${goal} at least ${BARS.wasm}x npm jsonata on each: ${ratio.toFixed(1)}x at least`,
      );
    }),
    bar(packed < BARS.bytes, `the module below ${BARS.bytes} bytes: ${packed}`),
  ];
}

const bar = (met, text) => `${met ? "met   " : "MISSED"}  ${text}`;
const micro = (time) => (time < 10 ? time.toFixed(2) : time.toFixed(1));

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  "),
    )
    .join("\n");
}
