// Everything that people come for, with the keyboard alone: draw, dry-run, restructure, fill in forms, mend the code, export,
// deploy, run and answer a review.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aws, definitionOnce, openDraft, serverAndStudio } from "./support.mjs";

const { server, studio } = serverAndStudio();

/** Presses Tab until the locator has the focus, as a person without a mouse would. */
async function tabTo(page, locator, most = 80) {
  for (let i = 0; i < most; i += 1) {
    // What stands in a shadow root has the focus there, its host in the page.
    if (await locator.evaluate((element) => element === element.getRootNode().activeElement).catch(() => false)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`the focus never came to ${locator}`);
}

/** Tabs to the locator and presses Enter on it. */
async function press(page, locator, most) {
  await locator.waitFor();
  await tabTo(page, locator, most);
  await page.keyboard.press("Enter");
}

/** Runs the command that the palette of commands finds first by these words. */
async function command(page, words, line) {
  await page.keyboard.press("Control+K");
  const finder = page.getByRole("combobox", { name: "A command, a state, something to add" });
  await finder.waitFor();
  await page.keyboard.type(words);
  await page.getByRole("option", { name: line, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await finder.waitFor({ state: "detached" });
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
  await page.waitForFunction((name) => name === document.activeElement, await name.elementHandle());
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

const chain = (...names) => ({
  StartAt: names[0],
  States: Object.fromEntries(names.map((name, i) => [name, { Type: "Pass", ...(names[i + 1] ? { Next: names[i + 1] } : { End: true }) }])),
});

/** Waits until the states of the pipeline that the browser keeps fit. */
const until = (page, name, fits) => definitionOnce(page, name, ({ States }) => fits(States));

test("states are selected together, wrapped, duplicated and taken back without a mouse", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name });
  await openDraft(page, server, "moved", JSON.stringify(chain("One", "Two", "Three")));
  await node(/^One, Pass/).waitFor();
  await tabTo(page, node(/^One, Pass/));
  await page.keyboard.press("Control+A");
  await command(page, "wrap in par", /^Wrap in Parallel/);
  await until(page, "moved", (states) => Object.values(states).some((state) => state.Type === "Parallel"));
  await page.keyboard.press("Control+Z");
  await until(page, "moved", (states) => states.One && states.Three.End);

  await tabTo(page, page.locator(".canvas [tabindex='0']"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Control+D");
  await until(page, "moved", (states) => Object.keys(states).length === 4);
  await page.keyboard.press("Delete");
  await until(page, "moved", (states) => Object.keys(states).length === 3);
  assert.deepEqual(faults, []);
});

test("a Choice gets a rule and its condition in the forms without a mouse", async () => {
  const { page, faults } = studio;
  const pipeline = chain("Score", "Store");
  pipeline.States.Score = { Type: "Choice", Choices: [{ Variable: "$.score", NumericLessThan: 1, Next: "Store" }], Default: "Store" };
  await openDraft(page, server, "ruled", JSON.stringify(pipeline));
  const node = page.getByRole("button", { name: /^Score, Choice/ });
  await node.waitFor();
  await tabTo(page, node);
  await page.keyboard.press("Enter");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await press(page, inspector.getByRole("button", { name: "Add a rule" }));
  await until(page, "ruled", (states) => states.Score.Choices.length === 2);
  const variable = inspector.getByLabel("The value at", { exact: true }).last();
  await tabTo(page, variable);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("$.drift");
  await page.keyboard.press("Enter");
  await until(page, "ruled", (states) => states.Score.Choices[1].Variable === "$.drift");
  await press(page, inspector.getByRole("button", { name: "Move rule 2 up" }), 200);
  await until(page, "ruled", (states) => states.Score.Choices[0].Variable === "$.drift");
  assert.deepEqual(faults, []);
});

test("broken code is mended and its rights and files are had without a mouse", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "mended", JSON.stringify(chain("One", "Two"), null, 2).replace('"End": true', '"Source": 1, "End": true'));
  await page.getByRole("button", { name: /^One, Pass/ }).waitFor();
  await command(page, "problems", /^Problems/);
  const problems = page.getByRole("region", { name: "Problems" });
  await press(page, problems.getByRole("button").filter({ hasText: "Source" }).first(), 120);
  await command(page, "show drawing and code", /^Show drawing and code/);
  const code = page.getByRole("textbox", { name: "Definition" });
  await tabTo(page, code, 200);
  await page.keyboard.press("F8");
  await page.keyboard.press("Control+.");
  await page.getByRole("option", { name: "Remove Source" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "No problems" }).waitFor();

  const [file] = await Promise.all([page.waitForEvent("download"), command(page, "download as json", /^Download as JSON/)]);
  assert.equal(file.suggestedFilename(), "mended.asl.json");
  await command(page, "permissions", /^Permissions/);
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.deepEqual(faults, []);
});

test("a pipeline is deployed, run, and its review answered without a mouse", async () => {
  const { page, faults } = studio;
  const tags = [{ key: "statecraft:answered-by", value: "people" }];
  const { activityArn } = await aws(server, "CreateActivity", { name: "judge", tags });
  const Ask = { Type: "Task", Resource: activityArn, Parameters: { Question: "Use the new model?" }, End: true };
  await openDraft(page, server, "asked", JSON.stringify({ StartAt: "Ask", States: { Ask } }));
  await page.getByRole("button", { name: /^Ask, / }).first().waitFor();
  await command(page, "deploy", /^Deploy…/);
  const deploying = page.getByRole("dialog");
  await press(page, deploying.getByRole("button", { name: "Deploy this pipeline" }));
  await press(page, deploying.getByRole("button", { name: "Start a run…" }));
  const start = page.getByRole("dialog", { name: /^Start / });
  await press(page, start.getByRole("button", { name: "Start the run" }));
  await page.getByRole("heading", { name: /^Waiting for review since/ }).waitFor();

  await press(page, page.getByRole("link", { name: /^Reviews/ }).first());
  await press(page, page.getByRole("link", { name: /Use the new model\?/ }));
  const decision = page.getByRole("complementary", { name: "Your decision" });
  const name = decision.getByLabel("Your name");
  await name.waitFor();
  await tabTo(page, name);
  await page.keyboard.type("Ada Moreau");
  await press(page, decision.getByRole("button", { name: /^Approve/ }));
  await press(page, page.getByRole("dialog").getByRole("button", { name: "Yes, approve" }));
  await page.getByRole("heading", { name: "Decision recorded" }).waitFor();
  await page.goBack();
  assert.deepEqual(faults, []);
});
