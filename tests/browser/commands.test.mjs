// Commands, patterns and the clipboard. Rows of the feature map: WS-02 (tabs, search, what is used), WS-03 (an entry for each
// call), WS-05 (patterns), WS-13 and WS-14 (menu and keys), WS-42 (F1 opens the commands).

import assert from "node:assert/strict";
import { test } from "node:test";
import { definitionOnce, deploy, draftOf, openDraft, serverAndStudio, textOnce } from "./support.mjs";

const TWO = JSON.stringify({
  StartAt: "Clean",
  States: {
    Clean: { Type: "Pass", Comment: "Nightly", Next: "Tell" },
    Tell: {
      Type: "Task",
      Resource: "arn:aws:states:::sns:publish",
      Parameters: { TopicArn: "arn:aws:sns:us-east-1:123456789012:team", "Message.$": "$" },
      End: true,
    },
  },
});

const { server, studio } = serverAndStudio({ clipboard: true });

const inspectorOf = (page) => page.getByRole("complementary", { name: "Inspector" });
const node = (page, name) => page.getByRole("button", { name });

test("a pattern is found with a slip of the hand, added with the keyboard and taken back in one step", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "patterns", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("circiut");
  await page.keyboard.press("Enter");
  await node(page, /^Breaker open, Choice/).waitFor();
  await page.getByRole("button", { name: "No problems" }).waitFor();
  await page.getByRole("button", { name: "Undo: Add Circuit breaker" }).click();
  await node(page, /^Breaker open/).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});

test("the palette shows what the pipeline uses before all other actions", async () => {
  const { page } = studio;
  await openDraft(page, server, "used", TWO);
  const palette = page.getByRole("complementary", { name: "States and actions" });
  await palette.getByRole("tab", { name: "Actions" }).click();
  const used = palette.getByRole("region", { name: "Used in this pipeline" });
  await used.getByRole("button", { name: /^Publish a message/ }).waitFor();
  await palette.getByRole("tab", { name: "Patterns" }).click();
  await palette.getByRole("button", { name: /^Approve with escalation/ }).waitFor();
});

test("every call of AWS's APIs is found by its name, and becomes a task without a fault", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "calls", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  const palette = page.getByRole("complementary", { name: "States and actions" });
  await page.keyboard.press("/");
  await page.keyboard.type("describe");
  await palette.getByText(/^[\d,]+ more calls of AWS/).waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("create log stream");
  const logs = palette.getByRole("region", { name: "CloudWatch Logs" });
  await logs.getByRole("button", { name: /^CreateLogStream/ }).waitFor();
  await page.keyboard.press("Enter");
  await node(page, /^Create log stream, Task/).waitFor();
  const resource = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Resource", { exact: true });
  assert.equal(await resource.inputValue(), "arn:aws:states:::aws-sdk:cloudwatchlogs:createLogStream");
  await page.getByRole("button", { name: "No problems" }).waitFor();
  assert.deepEqual(faults, []);
});

test("a list of calls that cannot be loaded is told, and loaded by the next search", async () => {
  const { page, faults } = studio;
  await page.route(/\/catalog\/aws-sdk/, (route) => route.abort());
  await openDraft(page, server, "calls-missing", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  const palette = page.getByRole("complementary", { name: "States and actions" });
  const missing = palette.getByText(/^The list of all calls of AWS could not be loaded/);
  await page.keyboard.press("/");
  await page.keyboard.type("create log");
  await missing.waitFor();
  await page.unroute(/\/catalog\/aws-sdk/);
  await page.keyboard.type(" stream");
  await palette.getByRole("button", { name: /^CreateLogStream/ }).waitFor();
  assert.equal(await missing.count(), 0);
  assert.deepEqual(faults, []);
});

test("F1 and Ctrl+K open the commands: each says its key or why it cannot be done, and states are found by their comment", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "commands", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  await page.keyboard.press("F1");
  const dialog = page.getByRole("dialog", { name: "Commands, and search" });
  await dialog.getByRole("option", { name: /^Undo.*There is nothing to undo/ }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  for (const key of ["F1", "Control+K"]) {
    await page.keyboard.press(key);
    await dialog.waitFor();
    await page.keyboard.press(key);
    await dialog.waitFor({ state: "hidden" });
  }
  await page.keyboard.press("Control+K");
  await page.keyboard.type("nightly");
  await dialog.getByRole("option", { name: "Go to Clean" }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  assert.deepEqual(faults, []);
});

test("commands that are opened again before the page has told of their closing stay open", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "again", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  await page.keyboard.press("F1");
  const dialog = page.getByRole("dialog", { name: "Commands, and search" });
  await dialog.waitFor();
  await page.evaluate(async () => {
    const dialog = document.querySelector("dialog[open]");
    const press = (init) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));
    const told = new Promise((done) => dialog.addEventListener("close", () => setTimeout(done, 0), { once: true }));
    dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
    // Effects run as microtasks, events of the browser later.
    while (dialog.open) await null;
    press({ key: "F1" });
    await told;
  });
  await dialog.getByRole("option", { name: /^Undo/ }).waitFor();
  assert.deepEqual(faults, []);
});

/** Finds a command by words and chooses it. */
async function command(page, words, name) {
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Commands, and search" });
  await dialog.waitFor();
  await page.keyboard.type(words);
  await dialog.getByRole("option", { name }).click();
  await dialog.waitFor({ state: "hidden" });
}

test("what stands in panels and menus is found by the commands, which open the panel", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "everything", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  await page.keyboard.press("Control+K");
  await page.keyboard.type("price");
  await page.getByRole("option", { name: /^Cost….*Begin a dry run first\./ }).waitFor();
  await page.keyboard.press("Escape");
  await command(page, "debug next state", "Dry run: step into the next state");
  await page.getByRole("region", { name: "Dry run" }).getByText(/^step \d+ of/).waitFor();
  await command(page, "price", "Cost…");
  await page.getByRole("dialog", { name: "What it costs" }).waitFor();
  await page.keyboard.press("Escape");
  await command(page, "night mode", "Dark colours");
  await page.locator("html[data-theme=dark]").waitFor();
  await command(page, "day mode", "Light colours");
  await page.locator("html[data-theme=light]").waitFor();
  await command(page, "migrate pipeline", "Convert the pipeline to JSONata…");
  await page.getByRole("dialog", { name: "Convert to JSONata" }).getByText("2 states would be written in JSONata.").waitFor();
  await page.keyboard.press("Escape");
  await node(page, /^Tell, Task/).click();
  await command(page, "migrate state", "Convert the state to JSONata…");
  await page.getByRole("dialog", { name: "Convert to JSONata" }).getByText("1 state would be written in JSONata.").waitFor();
  await page.keyboard.press("Escape");
  await command(page, "raw forms", "Show the state as JSON, or as forms");
  await page.getByLabel("The state as JSON").waitFor();
  await command(page, "notation yaml", "Write the text as YAML");
  await textOnce(page, "everything", (text) => text.startsWith("StartAt: Clean"));
  await page.keyboard.press("Control+K");
  await page.keyboard.type("release");
  await page.getByRole("option", { name: /^Publish a version….*Deploy the pipeline first\./ }).waitFor();
  assert.deepEqual(faults, []);
});

/** Finds a command or a state by words and chooses it with the keyboard alone. */
async function typed(page, words, name) {
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Commands, and search" });
  await dialog.getByRole("combobox").and(page.locator(":focus")).waitFor();
  await page.keyboard.type(words);
  await dialog.getByRole("option", { name, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
}

/** Opens the commands with words, waits for a line among what is found, and closes them. */
async function listed(page, words, name) {
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Commands, and search" });
  await dialog.getByRole("combobox").and(page.locator(":focus")).waitFor();
  await page.keyboard.type(words);
  await dialog.getByRole("option", { name, disabled: true }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

const PARTS = JSON.stringify({
  StartAt: "Work",
  States: {
    Work: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Parameters: { FunctionName: "work" }, Next: "Both" },
    Both: { Type: "Parallel", Branches: [{ StartAt: "One", States: { One: { Type: "Pass", End: true } } }], Next: "Pick" },
    Pick: { Type: "Choice", Choices: [{ Variable: "$.score", NumericLessThan: 1, Next: "Done" }], Default: "Done" },
    Done: { Type: "Succeed" },
  },
});

test("a rule, a retry rule, a catch rule, a branch and a variable are added by commands, and typing fills in what was added", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "parts", PARTS);
  await node(page, /^Work, Task/).waitFor();
  const inspector = inspectorOf(page);
  const states = (fits) => definitionOnce(page, "parts", (it) => fits(it.States));
  const focused = (field) => field.and(page.locator(":focus")).waitFor();

  await typed(page, "work", /^Go to Work/);
  await inspector.getByRole("tab", { name: "Errors" }).waitFor();
  await listed(page, "add a rule", /^Add a rule.*Work has no rules: only a Choice has/);

  // What is added stands in another tab than the one that is shown.
  await typed(page, "retrier", /^Add a retry rule/);
  await inspector.getByRole("button", { name: "Remove retry rule 1" }).waitFor();
  await focused(inspector.getByLabel("Add an error name"));
  await page.keyboard.type("States.Timeout");
  await page.keyboard.press("Enter");
  await states((it) => it.Work.Retry?.[0].ErrorEquals.includes("States.Timeout"));

  await typed(page, "catcher", /^Add a catch rule/);
  await inspector.getByRole("button", { name: "Remove catch rule 1" }).waitFor();
  await focused(inspector.getByLabel("Add an error name").last());
  await states((it) => it.Work.Catch?.length === 1);
  await page.getByRole("button", { name: "No problems" }).waitFor();

  await typed(page, "add a variable", /^Add a variable/);
  await focused(inspector.getByLabel("Set", { exact: true }));
  await states((it) => it.Work.Assign?.["variable.$"] === "$");

  await typed(page, "add a parameter", /^Add a parameter/);
  await focused(inspector.getByRole("combobox", { name: "Add a parameter" }));

  await typed(page, "pick", /^Go to Pick/);
  await inspector.getByRole("button", { name: "Add a rule" }).waitFor();
  await typed(page, "add a rule", /^Add a rule/);
  await inspector.getByRole("button", { name: "Remove rule 2" }).waitFor();
  await focused(inspector.getByLabel("The value at", { exact: true }).last());
  await page.keyboard.press("Control+A");
  await page.keyboard.type("$.drift");
  await page.keyboard.press("Enter");
  await states((it) => it.Pick.Choices[1]?.Variable === "$.drift");

  await typed(page, "both", /^Go to Both/);
  await inspector.getByRole("button", { name: "Add a branch" }).waitFor();
  await typed(page, "add a branch", /^Add a branch/);
  await node(page, /^Pass, Pass/).waitFor();
  await focused(inspector.getByRole("textbox", { name: "Name", exact: true }));
  await page.keyboard.type("Two");
  await page.keyboard.press("Enter");
  await states((it) => it.Both.Branches[1]?.StartAt === "Two");
  assert.deepEqual(faults, []);
});

test("a part that was added by a command goes with one step back", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "parts-back", PARTS);
  await node(page, /^Work, Task/).waitFor();
  await typed(page, "work", /^Go to Work/);
  await inspectorOf(page).getByRole("tab", { name: "Errors" }).waitFor();
  await typed(page, "retrier", /^Add a retry rule/);
  await inspectorOf(page).getByRole("button", { name: "Remove retry rule 1" }).waitFor();
  await page.getByRole("button", { name: "Undo: Add a retry rule to Work" }).click();
  await definitionOnce(page, "parts-back", (it) => it.States.Work.Retry === undefined);
  assert.deepEqual(faults, []);
});

test("publishing a version and beginning an alias lead to the configuration", async () => {
  const { page, faults } = studio;
  await deploy(server, "published", JSON.parse(TWO));
  await page.goto(`${server.address}/pipelines/published`);
  await node(page, /^Clean, Pass/).waitFor();
  await command(page, "release", "Publish a version…");
  const publish = page.getByRole("button", { name: "Publish what is deployed now" });
  await publish.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("row", { name: /^1 / }).waitFor();
  await command(page, "canary", "New alias…");
  await page.getByRole("dialog", { name: "New alias" }).waitFor();
  assert.deepEqual(faults, []);
});

test("the keys are listed under a question mark", async () => {
  const { page } = studio;
  await openDraft(page, server, "keys", TWO);
  await node(page, /^Clean, Pass/).waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).getByRole("row", { name: /^Duplicate/ }).waitFor();
});

test("copied states are pasted into another pipeline with free names", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "copied", TWO);
  await node(page, /^Clean, Pass/).click();
  await page.keyboard.press("Control+C");
  await openDraft(page, server, "pasted", TWO);
  await node(page, /^Clean, Pass/).click();
  await page.keyboard.press("Control+V");
  await node(page, /^Clean 2, Pass/).waitFor();
  await page.keyboard.press("Control+Z");
  await node(page, /^Clean 2, Pass/).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});

test("selected states become a pipeline of their own from their menu", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "whole", TWO);
  await node(page, /^Clean, Pass/).click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Extract/ }).click();
  await node(page, /^Run whole-part, Task/).waitFor();
  const part = await draftOf(page, "whole-part");
  assert.deepEqual(JSON.parse(part.text).States, { Clean: { Type: "Pass", Comment: "Nightly", End: true } });
  assert.deepEqual(faults, []);
});

test("states that the browser does not let onto the clipboard are not cut away", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "kept", TWO);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
  });
  await node(page, /^Clean, Pass/).click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Cut/ }).click();
  await page.getByText(/^The browser did not allow copying\. Press Ctrl\+X/).first().waitFor();
  await node(page, /^Clean, Pass/).waitFor();
  assert.deepEqual(faults, []);
});
