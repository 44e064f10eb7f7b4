// Whether two answers agree.

import { readsClock } from "./known.mjs";

/** Without a code, without an end in time, too deep, different at another time of day. */
const NOT_COMPARED = ["uncoded", "slow", "limit", "clock"];

/** A function, an infinite number, a value that holds itself. */
const NO_JSON = ["NO_JSON", "D1001", "D1016"];

/** How an answer agrees with what npm jsonata gave: the name of a class, which begins with `differs` when it does not. */
export function verdict(expected, answer) {
  if (answer.class === "crash") return "differs: crash";
  if (NOT_COMPARED.includes(expected.class)) return `not compared: ${expected.class}`;
  if (expected.class === "unfit")
    return NO_JSON.includes(answer.code) ? "no JSON" : "differs: npm jsonata gives what JSON cannot say";
  if (expected.undefined) return answer.undefined ? "nothing" : "differs: nothing is expected";
  if (expected.code) return answer.code === expected.code ? "error" : "differs: error";
  if (answer.result === undefined) return "differs: a value is expected";
  return same(JSON.parse(expected.result), JSON.parse(answer.result)) ? "value" : "differs: value";
}

/** Whether the native answer and that of the WebAssembly module are the same, byte for byte. Places differ in unit, so they count for ASCII only. */
export function isIdentical(one, two, expression) {
  const ascii = /^[\x00-\x7f]*$/.test(expression);
  const parts = [
    "result",
    "undefined",
    "code",
    "class",
    ...(ascii ? ["position"] : []),
    ...(readsClock(expression) ? [] : ["message"]),
  ];
  return parts.every((part) => one[part] === two[part]);
}

/** Equality of JSON, members of objects in any order. */
export function same(one, two) {
  if (one === two) return true;
  if (typeof one !== "object" || typeof two !== "object" || one === null || two === null) return false;
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(two).length &&
    names.every((name) => Object.hasOwn(two, name) && same(one[name], two[name]))
  );
}
