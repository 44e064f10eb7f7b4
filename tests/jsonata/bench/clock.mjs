// Medians of several rounds, after a warm-up; as tests/jsonata/peer/src/clock.rs does it.

const [WARM_UP, ROUND, ROUNDS] = [300, 50, 11];

/** Microseconds that `work` takes; it is run again and again and may give a promise. */
export async function medianMicroseconds(work) {
  const begin = performance.now();
  let runs = 1;
  while (performance.now() - begin < WARM_UP) {
    await work();
    runs += 1;
  }
  runs = Math.max(1, Math.round((runs * ROUND) / (performance.now() - begin)));
  const rounds = [];
  for (let count = 0; count < ROUNDS; count += 1) rounds.push(await round(runs, work));
  return rounds.sort((one, other) => one - other)[ROUNDS >> 1];
}

/** The same without waiting for anything. */
export function medianMicrosecondsAtOnce(work) {
  const begin = performance.now();
  let runs = 1;
  for (; performance.now() - begin < WARM_UP; runs += 1) work();
  runs = Math.max(1, Math.round((runs * ROUND) / (performance.now() - begin)));
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let run = 0; run < runs; run += 1) work();
    return ((performance.now() - start) * 1000) / runs;
  });
  return rounds.sort((one, other) => one - other)[ROUNDS >> 1];
}

async function round(runs, work) {
  const start = performance.now();
  for (let run = 0; run < runs; run += 1) await work();
  return ((performance.now() - start) * 1000) / runs;
}
