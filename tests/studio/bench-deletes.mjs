// Times deletions in the studio, which the canvas benchmark does not know (`cargo xtask bench studio`): from just after a frame
// to the second frame after the state is gone from the page, ten times, as the benchmark times its edits. Runs in the
// benchmark's folder, whose definitions and packages it uses. Arguments: sizes. Prints `{"1000": [ms, …], …}`.
//
// STATECRAFT_ADDRESS is the server's address, STATECRAFT_CHROMIUM the browser.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const address = process.env.STATECRAFT_ADDRESS;
const { chromium } = createRequire(join(process.cwd(), "package.json"))("playwright-core");

/** Deletes ten states in the middle of what is seen and gives the milliseconds of each; in the page. */
async function deletions() {
  const probe = window.statecraft;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const middle = [innerWidth / 2, innerHeight / 2];
  const far = (element) => {
    const box = element.getBoundingClientRect();
    return Math.hypot(box.x + box.width / 2 - middle[0], box.y + box.height / 2 - middle[1]);
  };
  const took = [];
  for (let i = 0; i < 10; i += 1) {
    const states = [...document.querySelectorAll(".canvas [data-state]")].sort((a, b) => far(a) - far(b));
    const state = states[0].dataset.state;
    const element = () => document.querySelector(`.canvas [data-state="${CSS.escape(state)}"]`);
    await frame();
    await new Promise((done) => setTimeout(done, 0));
    const began = performance.now();
    probe.remove(state);
    while (element()) await frame();
    await frame();
    await frame();
    took.push(performance.now() - began);
  }
  return took;
}

const options = { executablePath: process.env.STATECRAFT_CHROMIUM, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] };
const browser = await chromium.launch(options);
const all = {};
for (const size of process.argv.slice(2)) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const text = await readFile(`dist/graph-${size}.asl.json`, "utf8");
  await page.goto(`${address}/favicon.svg`);
  await page.evaluate((text) => localStorage.setItem("statecraft.draft.bench", JSON.stringify({ name: "bench", text, input: "{}" })), text);
  await page.goto(`${address}/pipelines/bench?probe`);
  await page.waitForFunction(() => window.statecraft?.checked(), null, { timeout: 60_000 });
  await page.evaluate(() => window.statecraft.home());
  await page.waitForTimeout(500);
  all[size] = await page.evaluate(deletions);
  await page.close();
}
await browser.close();
console.log(JSON.stringify(all));
