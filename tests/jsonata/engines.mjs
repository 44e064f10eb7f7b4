// The three engines: npm jsonata in worker threads, ours as a native command, ours as WebAssembly.
//
// All give one answer for each case, in the order of the cases.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

const WORKER = new URL("./oracle-worker.mjs", import.meta.url);
/** Milliseconds without an answer after which npm jsonata is taken to hang. */
const PATIENCE = 15_000;

/** What npm jsonata gives; `threads` share the work. */
export async function askReference(cases, threads = 2) {
  const answers = new Array(cases.length);
  const shares = Array.from({ length: threads }, (_, first) =>
    [...cases.entries()].filter(([index]) => index % threads === first),
  );
  await Promise.all(shares.map((share) => work(share, answers)));
  return answers;
}

/** One thread after the other works on a share: one that hangs is ended, its case counts as slow, the next goes on behind it. */
async function work(share, answers) {
  let left = share;
  while (left.length > 0) {
    await workOnce(left, answers);
    left = left.filter(([index]) => !answers[index]);
    if (left.length > 0) answers[left.shift()[0]] = { class: "slow" };
  }
}

function workOnce(share, answers) {
  return new Promise((done) => {
    const worker = new Worker(WORKER, { workerData: share, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    const end = () => worker.terminate();
    let timer = setTimeout(end, PATIENCE);
    let left = share.length;
    worker.on("message", ([index, answer]) => {
      answers[index] = answer;
      clearTimeout(timer);
      left -= 1;
      if (left === 0) end();
      else timer = setTimeout(end, PATIENCE);
    });
    worker.on("error", () => {});
    worker.on("exit", () => {
      clearTimeout(timer);
      done();
    });
  });
}

/** What the native command answers; a case that ends the process counts as a crash, and the rest is asked anew. */
export async function askNative(command, cases) {
  const answers = [];
  while (answers.length < cases.length) {
    const lines = await askOnce(command, cases.slice(answers.length));
    for (const line of lines) answers.push(read(line, cases[answers.length].id));
    if (answers.length < cases.length) answers.push({ class: "crash", message: "the process ended" });
  }
  return answers;
}

function askOnce(command, cases) {
  return new Promise((found, failed) => {
    const child = spawn(command, ["eval", "--jsonata", "--batch"], { stdio: ["pipe", "pipe", "inherit"] });
    const chunks = [];
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.on("error", failed);
    child.stdin.on("error", () => {});
    child.on("close", () => found(Buffer.concat(chunks).toString().split("\n").filter(Boolean)));
    child.stdin.end(cases.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
}

/** An answer of the command. The result stays the text that it is, so that bytes can be compared. */
function read(line, id) {
  const begin = `{"id":${JSON.stringify(id)},"result":`;
  if (line.startsWith(begin)) return { result: line.slice(begin.length, -1) };
  const answer = JSON.parse(line);
  if (answer.id !== id) throw new Error(`an answer to ${id} was expected: ${line}`);
  return answer.undefined ? { undefined: true } : fault(answer.error);
}

const fault = ({ code, message, position }) => ({ code, message, position: position ?? undefined });

/** What the WebAssembly module answers; after a crash it is loaded anew. */
export function askWeb(path, cases) {
  let module = load(path);
  return cases.map((line) => {
    const answer = webAnswer(module, line);
    if (answer.class === "crash") module = load(path);
    return answer;
  });
}

function load(path) {
  const require = createRequire(import.meta.url);
  delete require.cache[require.resolve(path)];
  return require(path);
}

function webAnswer({ Expression }, { expr, data, bindings }) {
  try {
    const expression = new Expression(expr);
    const result = settled(() =>
      expression.evaluate(data === undefined ? undefined : JSON.stringify(data), bindings && JSON.stringify(bindings)),
    );
    expression.free();
    return result;
  } catch (error) {
    return thrown(error);
  }
}

function settled(evaluate) {
  try {
    const result = evaluate();
    return result === undefined ? { undefined: true } : { result };
  } catch (error) {
    return thrown(error);
  }
}

/** What the engine throws is a plain object; an `Error` is one of WebAssembly itself. */
const thrown = (error) => (error instanceof Error ? { class: "crash", message: error.message } : fault(error));
