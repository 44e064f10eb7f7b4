// Compares engines on six expressions and prints a table: microseconds for each evaluation, ratios, and which bars are met.
//
//   node bench.mjs --peer PROGRAM --small MODULE --fast MODULE --packed BYTES
//
// The peer is built from tests/jsonata/peer; the modules are ours for Node, for size and for speed; BYTES is the size of the module after wasm-opt
// and brotli. Nothing here fails because something is slow: machines differ.

import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { documentText, EXPRESSIONS } from "./document.mjs";
import { timeModule, timeReference } from "./javascript.mjs";
import { table } from "./table.mjs";

const { values: options } = parseArgs({
  options: {
    peer: { type: "string" },
    small: { type: "string" },
    fast: { type: "string" },
    packed: { type: "string" },
  },
});

const document = documentText();
const peer = timePeer(document);
const times = {
  ours: peer.ours,
  "core, tree walker": peer["core, tree walker"],
  "core, compiled": peer["core, compiled"],
  "ours, wasm for size": timeModule(options.small, document, EXPRESSIONS),
  "ours, wasm for speed": timeModule(options.fast, document, EXPRESSIONS),
  "npm jsonata": await timeReference(document, EXPRESSIONS),
};
console.log(table({ times, document, expressions: EXPRESSIONS, packed: Number(options.packed) }));

function timePeer(document) {
  const input = JSON.stringify({ document, expressions: EXPRESSIONS });
  const { status, stdout, error } = spawnSync(options.peer, { input, stdio: ["pipe", "pipe", "inherit"] });
  if (status !== 0) throw error ?? new Error(`${options.peer} ended with ${status}`);
  return JSON.parse(stdout);
}
