// Cases from a seed: expression, document, variables.
//
// Mostly expressions whose types fit; then some that were damaged, and a few lists of tokens.

import { callProductions, named } from "./calls.mjs";
import { isAvoided } from "../known.mjs";
import { makeBindings, makeDocument } from "./data.mjs";
import { LEAVES } from "./leaves.mjs";
import { damaged, junk } from "./mutate.mjs";
import { operatorProductions } from "./operators.mjs";
import { pathProductions } from "./paths.mjs";
import { Random } from "./random.mjs";
import { KINDS, Writer } from "./writer.mjs";

/** So many cases of a seed; each has an id of its own. */
export function* cases(seed, count) {
  const random = new Random(seed);
  const productions = {
    all: together([callProductions(), pathProductions(), operatorProductions(), LEAVES]),
    leaves: LEAVES,
    named,
  };
  let document = makeDocument(random);
  for (let made = 0; made < count;) {
    // Documents are kept for a while: making one takes longer than an expression.
    if (random.once(5)) document = makeDocument(random);
    const expr = expression(random, productions);
    if (isAvoided(expr)) continue;
    yield { id: `${seed}-${made}`, expr, data: document, bindings: makeBindings(random) };
    made += 1;
  }
}

function expression(random, productions) {
  const writer = new Writer(random, productions, random.pick([2, 4, 6, 8, 12, 16, 24]));
  const text = () => writer.begin(random.once(2) ? "any" : random.pick(KINDS));
  return random.weighted([
    [40, text],
    [5, () => spaced(random, text())],
    [4, () => damaged(random, text())],
    [1, () => junk(random)],
  ])();
}

/** With more white space and comments than anyone needs. */
function spaced(random, text) {
  const around = () => random.pick([" ", "\n", "\t", " /* note */ ", ""]);
  return around() + text.replace(/(?<=[,;:(])(?=[^"'/]*$)/g, () => around()) + around();
}

function together(tables) {
  return Object.fromEntries(KINDS.map((kind) => [kind, tables.flatMap((table) => table[kind] ?? [])]));
}
