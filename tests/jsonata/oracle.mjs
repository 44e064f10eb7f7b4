// What npm jsonata gives: `{result}` as JSON text, `{undefined: true}`, `{code}`, or a class for what has no JSON, no code, or no certain answer.
//
// Two things are held still that are not in JavaScript: the clock, and which of several errors is the one that is told.

import jsonata from "jsonata";
import { readsClock } from "./known.mjs";

/** Milliseconds that one evaluation may take; expressions that need more are not compared. */
const TIME = 1_000;
/** Levels of evaluation: npm jsonata uses the real stack, so this keeps it from running out of it. */
const DEPTH = 400;
/** Moments; an answer that depends on them is not compared. */
const MOMENTS = [1_700_000_000_000, 1_231_111_111_111, 1_594_000_123_457];

let moment = MOMENTS[0];
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [moment]));
  }
};

// Members of arrays and objects are evaluated at once, and of several errors the one wins that comes first in time. Here it is the first in order.
Promise.all = async (promises) => {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
  return settled.map(({ value }) => value);
};

/** Evaluates a case. */
export async function expect(line) {
  const first = await evaluate(line, MOMENTS[0]);
  if (!readsClock(line.expr)) return first;
  for (const other of MOMENTS.slice(1)) {
    const again = await evaluate(line, other);
    if (JSON.stringify(first) !== JSON.stringify(again)) return { class: "clock" };
  }
  return first;
}

async function evaluate({ expr, data, bindings }, now) {
  moment = now;
  try {
    const parsed = jsonata(expr, { timeout: TIME, stack: DEPTH });
    return describe(await parsed.evaluate(structuredClone(data), bindings && structuredClone(bindings)));
  } catch (error) {
    return fault(error);
  }
}

function fault(error) {
  const code = error?.code;
  if (code === "D1011" || code === "D1012") return { class: "limit" };
  if (typeof code === "string" && /^[STDU]\d{4}$/.test(code))
    return { code, position: error.position, message: error.message };
  return { class: "uncoded", message: String(error?.message ?? error) };
}

function describe(value) {
  if (value === undefined) return { undefined: true };
  const found = unfit(value, new Set());
  return found ? { class: found } : { result: JSON.stringify(value) };
}

/** What in a value JSON cannot say: functions, infinite numbers, cycles. */
function unfit(value, around) {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "unfit";
  if (typeof value === "function") return "unfit";
  if (value === null || typeof value !== "object") return undefined;
  if (value._jsonata_lambda || value._jsonata_function || around.has(value)) return "unfit";
  around.add(value);
  const found = Object.values(value)
    .map((member) => unfit(member, around))
    .find(Boolean);
  around.delete(value);
  return found;
}
