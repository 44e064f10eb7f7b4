// Times the language as WebAssembly: `node bench.mjs MODULE` prints {"name", "ms", "units"} for each piece of work, one on a line.
//
// The best of several rounds, as crates/asl-bench/src/bin/time.rs does it.

import { createRequire } from "node:module";

const [TIME, ROUNDS] = [1500, 5];
const { Work, workNames } = createRequire(import.meta.url)(process.argv[2]);

for (const name of workNames()) {
  const work = new Work(name);
  console.log(JSON.stringify({ name, ...best(work) }));
  work.free();
}

function best(work) {
  const begin = performance.now();
  let [ms, units] = [Infinity, 0];
  for (let rounds = 0; rounds < ROUNDS || performance.now() - begin < TIME; rounds += 1) {
    const round = performance.now();
    units = work.run();
    ms = Math.min(ms, performance.now() - round);
  }
  return { ms, units };
}
