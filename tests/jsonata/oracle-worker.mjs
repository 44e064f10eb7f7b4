// Evaluates cases with npm jsonata, one after the other, and says each answer at once: whoever waits can tell which one does not end.

import { parentPort, workerData } from "node:worker_threads";
import { expect } from "./oracle.mjs";

for (const [index, line] of workerData) parentPort.postMessage([index, await expect(line)]);
