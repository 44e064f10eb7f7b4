// Everything a designer needs, with the keyboard alone: add a state, rename it, connect it, undo, dry-run.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, startServer } from "./support.mjs";

let server;
let studio;

before(async () => {
  server = await startServer();
  studio = await openBrowser();
});

after(async () => {
  await studio?.close();
  await server?.stop();
});

/** Presses Tab until the locator has the focus, as a person without a mouse would. */
async function tabTo(page, locator, most = 80) {
  for (let i = 0; i < most; i += 1) {
    if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the focus never came to ${locator}`);
}

test("a pipeline is drawn and dry-run without a mouse", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name });

  // A new pipeline.
  await page.goto(server.address);
  const fresh = page.getByRole("button", { name: "New pipeline" });
  await fresh.waitFor();
  await tabTo(page, fresh);
  await page.keyboard.press("Enter");
  await node(/^Begin, Pass/).waitFor();

  // Add two states from the palette: Enter in its search adds the first match.
  const find = page.getByRole("searchbox", { name: "Find a state or an action" });
  await tabTo(page, find);
  await page.keyboard.type("wait");
  await page.keyboard.press("Enter");
  await node(/^Wait, Wait/).waitFor();
  await tabTo(page, find);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("succeed");
  await page.keyboard.press("Enter");
  await node(/^Succeed, Succeed/).waitFor();

  // Rename the Wait on the canvas: F2 leads to its name.
  await tabTo(page, node(/^Succeed, Succeed/));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("F2");
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await tabTo(page, name, 1);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Let it cool");
  await page.keyboard.press("Enter");
  await node(/^Let it cool, Wait/).waitFor();

  // Connect the first state past it: C, choose with the arrows, Enter.
  await tabTo(page, page.locator(":focus").or(node(/^Let it cool, Wait/)).first());
  await tabTo(page, node(/^Let it cool, Wait/));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("c");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /problem/ }).filter({ hasText: /^[1-9]/ }).waitFor();

  // Undo it: nothing is unreachable any more.
  await page.keyboard.press("Control+Z");
  await page.getByRole("button", { name: "No problems" }).waitFor();

  // Dry-run it.
  await page.keyboard.press("Alt+D");
  const dryRun = page.getByRole("region", { name: "Dry run" });
  const run = dryRun.getByRole("button", { name: "Run", exact: true }).last();
  await run.waitFor();
  await tabTo(page, run);
  await page.keyboard.press("Enter");
  await dryRun.getByRole("status").filter({ hasText: /Succeeded/ }).waitFor();
  assert.deepEqual(faults, []);
});
