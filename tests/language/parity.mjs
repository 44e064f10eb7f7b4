// Whether the language as WebAssembly says the same as natively: `node parity.mjs MODULE < CASES`, where CASES are lines {"case", "trace"} of bench-cases.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

/** Differences that are shown. */
const SHOWN = 5;
const { traceOf } = createRequire(import.meta.url)(process.argv[2]);

let [cases, differences] = [0, 0];
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { case: text, trace } = JSON.parse(line);
  const web = said(text);
  cases += 1;
  if (web === trace) continue;
  differences += 1;
  if (differences <= SHOWN) show(JSON.parse(text).name, trace, web);
}
console.log(`${cases} cases, ${differences} of them not the same bytes natively and as WebAssembly`);
process.exitCode = cases > 0 && differences === 0 ? 0 : 1;

/** A trap is a difference too; what it leaves behind must not spoil the next case, but nothing can be done about it here. */
function said(text) {
  try {
    return traceOf(text);
  } catch (error) {
    return `${error}`;
  }
}

function show(name, native, web) {
  const [one, other] = [native.split("\n"), web.split("\n")];
  const at = one.findIndex((line, index) => line !== other[index]);
  console.log(`${name}\n  native: ${one[at]?.slice(0, 2000)}\n  web:    ${other[at]?.slice(0, 2000)}`);
}
