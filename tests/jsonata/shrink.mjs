// Makes a case that differs smaller: drops members of the data, then pieces of the expression, as long as it differs in the same way.

import { verdict } from "./compare.mjs";
import { askReference } from "./engines.mjs";

/** How many times it is made smaller, and from how many candidates each time: enough for a look, not for the smallest there is. */
const [ROUNDS, CANDIDATES] = [25, 120];

/** A smaller case with both answers; `ask` gives our answers to cases. */
export async function shrink(finding, ask) {
  let best = finding;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = await smallerOne(best, ask);
    if (!next) break;
    best = next;
  }
  return best;
}

async function smallerOne({ found, line }, ask) {
  const lines = first(CANDIDATES, candidates(line));
  const [wanted, got] = await Promise.all([askReference(lines, 1), ask(lines)]);
  const index = lines.findIndex((_, index) => verdict(wanted[index], got[index]) === found);
  return index < 0 ? undefined : { found, line: lines[index], wanted: wanted[index], got: got[index] };
}

function first(count, items) {
  const taken = [];
  for (const item of items) if (taken.push(item) === count) break;
  return taken;
}

function* candidates(line) {
  if (line.bindings) yield { ...line, bindings: undefined };
  if (line.data !== undefined) yield { ...line, data: undefined };
  for (const expr of shorter(line.expr)) yield { ...line, expr };
  for (const data of smaller(line.data)) yield { ...line, data };
}

/** Only a balanced piece, or without it, the longest first; then without a few tokens. */
function* shorter(text) {
  const pieces = [...spans(text)].sort(([a, b], [c, d]) => d - c - (b - a));
  for (const [start, end] of pieces) {
    const piece = text.slice(start, end);
    if (piece.length < text.length) yield piece;
    if (piece.length > 2) yield piece.slice(1, -1);
    if (piece.length > 1) yield `${text.slice(0, start)}1${text.slice(end)}`;
  }
  const tokens = text.match(/"(?:\\.|[^"\\])*"|'[^']*'|\$?\w+|\s+|./gs) ?? [];
  for (let length = Math.min(6, tokens.length - 1); length > 0; length -= 1) {
    for (let start = 0; start + length <= tokens.length; start += 1) yield tokens.toSpliced(start, length).join("");
  }
}

function* spans(text) {
  const open = [];
  for (let index = 0; index < text.length; index += 1) {
    if ("([{".includes(text[index])) open.push(index);
    if (")]}".includes(text[index]) && open.length > 0) yield [open.pop(), index + 1];
  }
}

function* smaller(data) {
  if (data === null || typeof data !== "object") return;
  for (const name of Object.keys(data)) {
    const copy = structuredClone(data);
    if (Array.isArray(copy)) copy.splice(Number(name), 1);
    else delete copy[name];
    yield copy;
  }
  for (const name of Object.keys(data)) {
    for (const member of smaller(data[name]))
      yield Array.isArray(data) ? data.with(Number(name), member) : { ...data, [name]: member };
  }
}
