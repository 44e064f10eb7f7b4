// What is kept of a pipeline beside its draft: the steps of undo and redo, and versions, which can be compared and restored.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aws, deploy, draftOf, openDraft, serious, serverAndStudio, shoot, textOnce } from "./support.mjs";

const definition = `${JSON.stringify(
  {
    StartAt: "Rest",
    States: { Rest: { Type: "Wait", Seconds: 7, Next: "Done" }, Done: { Type: "Succeed" } },
  },
  null,
  2,
)}\n`;

const { server, studio } = serverAndStudio();

const undo = (page) => page.getByRole("button", { name: /^Undo/ });
const redo = (page) => page.getByRole("button", { name: /^Redo/ });

/** Waits until the draft that the browser keeps is `text`. */
const kept = (page, name, text) => textOnce(page, name, (present) => present === text);

/** Gives the state in focus another name, with the keyboard. */
async function rename(page, from, to) {
  await page.getByRole("button", { name: new RegExp(`^${from}, `) }).click();
  await page.keyboard.press("F2");
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Name", { exact: true });
  await field.fill(to);
  await field.press("Enter");
  await page.getByRole("button", { name: new RegExp(`^${to}, `) }).waitFor();
}

/** The text of the head of the history that the browser keeps of a pipeline. */
function headOf(page, name) {
  return page.evaluate(
    (name) =>
      new Promise((found, failed) => {
        const request = indexedDB.open("statecraft");
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const get = request.result.transaction("heads").objectStore("heads").get(name);
          get.onerror = () => failed(get.error);
          get.onsuccess = () => {
            request.result.close();
            found(get.result);
          };
        };
      }),
    name,
  );
}

test("undo and redo are there again after the page is loaded anew, and give every byte", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "again", definition);
  await rename(page, "Rest", "Pause");
  await rename(page, "Done", "Over");
  await rename(page, "Pause", "Idle");
  await undo(page).click();
  await kept(page, "again", definition.replaceAll("Rest", "Pause").replaceAll("Done", "Over"));

  await page.reload();
  await page.getByRole("button", { name: "Redo: Rename Pause to Idle" }).click();
  await page.getByRole("button", { name: /^Idle, Wait/ }).waitFor();
  await kept(page, "again", definition.replaceAll("Rest", "Idle").replaceAll("Done", "Over"));

  await page.reload();
  for (const step of ["Rename Pause to Idle", "Rename Done to Over", "Rename Rest to Pause"]) {
    await page.getByRole("button", { name: `Undo: ${step}` }).click();
  }
  await kept(page, "again", definition);
  assert.ok(await undo(page).isDisabled());
  assert.deepEqual(faults, []);
});

test("what was done just before the page went away is not lost, nor is its step", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "hasty", definition);
  await rename(page, "Rest", "Pause");
  await page.reload();
  await page.getByRole("button", { name: "Undo: Rename Rest to Pause" }).click();
  await kept(page, "hasty", definition);
  assert.deepEqual(faults, []);
});

test("steps that lead to another text are left out, and the draft is opened as it is", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "other", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "other", definition.replaceAll("Rest", "Pause"));
  await page.goto(server.address);
  const text = definition.replace("7", "8");
  await openDraft(page, server, "other", text);
  await page.locator('[data-text="8 s"]').waitFor();
  await rename(page, "Done", "Over");
  await undo(page).click();
  await kept(page, "other", text);
  assert.ok(await undo(page).isDisabled());
  assert.deepEqual(faults, []);
});

test("after a write that the browser refused, all steps are written at the next pause", async () => {
  const { page, faults } = studio;
  for (const [name, method] of [["refusing", "put"], ["closing", "transaction"]]) {
    await openDraft(page, server, name, definition);
    await page.evaluate((method) => {
      const owner = method === "put" ? IDBObjectStore.prototype : IDBDatabase.prototype;
      const whole = owner[method];
      window.refused = 0;
      owner[method] = function (...given) {
        const isWrite = method === "put" || given[1] === "readwrite";
        if (!isWrite) return whole.apply(this, given);
        owner[method] = whole;
        window.refused += 1;
        if (method === "put") throw new DOMException("No room is left.", "QuotaExceededError");
        // The browser closes the connection, as when its data is cleared.
        this.close();
        this.dispatchEvent(new Event("close"));
        return whole.apply(this, given);
      };
    }, method);
    await rename(page, "Rest", "Pause");
    await page.waitForFunction(() => window.refused === 1);
    await kept(page, name, definition.replaceAll("Rest", "Pause"));
    await rename(page, "Done", "Over");
    await kept(page, name, definition.replaceAll("Rest", "Pause").replaceAll("Done", "Over"));
    await page.reload();
    for (const step of ["Rename Done to Over", "Rename Rest to Pause"]) {
      await page.getByRole("button", { name: `Undo: ${step}` }).click();
    }
    await kept(page, name, definition);
    assert.ok(await undo(page).isDisabled());
  }
  assert.deepEqual(faults, []);
});

test("what another tab wrote is one step here, and each tab goes on with its own", async () => {
  const { page, context, faults } = studio;
  await openDraft(page, server, "tabs", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "tabs", definition.replaceAll("Rest", "Pause"));
  const other = await context.newPage();
  await other.goto(`${server.address}/pipelines/tabs`);
  await other.getByRole("button", { name: "Undo: Rename Rest to Pause" }).waitFor();
  await rename(other, "Done", "Over");
  await page.getByText("This pipeline was changed in another tab. Undo brings back what was here.").first().waitFor();
  await undo(page).click();
  await kept(page, "tabs", definition.replaceAll("Rest", "Pause"));
  await page.reload();
  await page.getByRole("button", { name: "Undo: Rename Rest to Pause" }).click();
  await kept(page, "tabs", definition);
  await other.close();
  assert.deepEqual(faults, []);
});

test("a deleted draft takes its steps along", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "gone", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "gone", definition.replaceAll("Rest", "Pause"));
  assert.ok(await headOf(page, "gone"));
  await page.goto(server.address);
  await page.getByRole("button", { name: /Delete gone/ }).click();
  await page.getByRole("button", { name: "Delete the draft" }).click();
  await page.getByRole("button", { name: /Delete gone/ }).waitFor({ state: "detached" });
  assert.equal(await headOf(page, "gone"), undefined);
  assert.deepEqual(faults, []);
});

test("a browser that refuses its database, and one that holds what nobody can read, work as before", async () => {
  const { page, context, faults } = studio;
  const refused = await context.newPage();
  await refused.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  const said = [];
  refused.on("pageerror", (error) => said.push(error.message));
  await openDraft(refused, server, "refused", definition);
  await rename(refused, "Rest", "Pause");
  await undo(refused).click();
  await redo(refused).click();
  await kept(refused, "refused", definition.replaceAll("Rest", "Pause"));
  const dialog = await openVersions(refused);
  await dialog.getByText("This browser refuses to keep versions for this page. The draft itself is kept as before.").waitFor();
  await refused.close();

  await openDraft(page, server, "unreadable", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "unreadable", definition.replaceAll("Rest", "Pause"));
  await page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open("statecraft");
        request.onsuccess = () => {
          const writing = request.result.transaction("steps", "readwrite");
          writing.objectStore("steps").put({ not: "a step" }, ["unreadable", 0]);
          writing.oncomplete = () => {
            request.result.close();
            done();
          };
        };
      }),
  );
  await page.reload();
  await rename(page, "Done", "Over");
  await undo(page).click();
  assert.equal((await draftOf(page, "unreadable")).text.includes("Pause"), true);
  assert.ok(await undo(page).isDisabled());
  assert.deepEqual([...said, ...faults], []);
});

/** Opens the versions with their key. */
async function openVersions(page) {
  await page.keyboard.press("Alt+v");
  const dialog = page.getByRole("dialog", { name: "Versions" });
  await dialog.waitFor();
  return dialog;
}

/** A version in the list. */
const version = (dialog, name) => dialog.getByRole("group", { name: "Versions" }).getByRole("button", { name });

/** Waits until the focus is on a control whose words begin so. */
const focusedOn = (page, words) => page.waitForFunction((words) => document.activeElement?.textContent.startsWith(words), words);

test("versions are listed, named, restored in one step and deleted", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "kept", definition);
  await rename(page, "Rest", "Pause");
  let dialog = await openVersions(page);
  await version(dialog, /^When it was opened.*2 states/).waitFor();
  await dialog.getByLabel("Keep the present text as a version").fill("before the audit");
  await dialog.getByRole("button", { name: "Keep this version" }).click();
  await version(dialog, /^before the audit.*just now.*2 states · 1 state renamed/).waitFor();
  await dialog.getByText("Both are the same.").waitFor();
  assert.ok(await dialog.getByRole("button", { name: "Restore this version" }).isDisabled());
  await dialog.getByLabel("Note", { exact: true }).fill("after the audit");
  await dialog.getByLabel("Note", { exact: true }).press("Enter");
  await version(dialog, /^after the audit/).waitFor();

  await version(dialog, /^When it was opened/).click();
  await dialog.getByText("1 state renamed.").waitFor();
  await dialog.getByRole("button", { name: "Restore this version" }).click();
  await dialog.waitFor({ state: "hidden" });
  await kept(page, "kept", definition);
  await page.getByRole("button", { name: "Undo: Restore “When it was opened”" }).click();
  await kept(page, "kept", definition.replaceAll("Rest", "Pause"));

  await rename(page, "Done", "Over");
  dialog = await openVersions(page);
  await version(dialog, /^after the audit/).click();
  await dialog.getByRole("button", { name: "Delete…" }).press("Enter");
  await focusedOn(page, "Keep it");
  await page.keyboard.press("Enter");
  await focusedOn(page, "Delete…");
  await page.keyboard.press("Enter");
  await focusedOn(page, "Keep it");
  await dialog.getByRole("button", { name: "Delete this version" }).press("Enter");
  await version(dialog, /^after the audit/).waitFor({ state: "detached" });
  // The neighbour is looked at and has the focus; from there, the last one leaves it to what keeps another.
  await focusedOn(page, "When it was opened");
  assert.equal(await version(dialog, /^When it was opened/).getAttribute("aria-pressed"), "true");
  for (let left = await dialog.locator(".version").count(); left > 0; left -= 1) {
    await dialog.getByRole("button", { name: "Delete…" }).press("Enter");
    await focusedOn(page, "Keep it");
    await dialog.getByRole("button", { name: "Delete this version" }).press("Enter");
    await page.waitForFunction((left) => document.querySelectorAll(".version").length === left, left - 1);
  }
  await page.waitForFunction(() => document.activeElement?.matches(".versions-keep input"));
  await page.keyboard.press("Escape");
  assert.deepEqual(faults, []);
});

test("two versions are compared in words, as text and on the graph", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "pair", definition);
  await rename(page, "Rest", "Pause");
  const time = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Time", { exact: true });
  await time.fill("9");
  await time.press("Tab");
  await page.getByRole("button", { name: /^Done, / }).click();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: /^Done, / }).waitFor({ state: "detached" });
  const dialog = await openVersions(page);
  await dialog.getByText("1 state removed, 1 renamed.").waitFor();
  await dialog.getByText("renamed, was “Rest”").waitFor();
  await dialog.getByText("Seconds 7 → 9").waitFor();
  await shoot(page, "versions-words");

  await dialog.getByRole("tab", { name: "As text" }).click();
  await dialog.getByRole("region", { name: "Changed lines" }).getByText('+      "Seconds": 9').waitFor();
  await shoot(page, "versions-text");

  await dialog.getByRole("tab", { name: "In words" }).click();
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await dialog.getByRole("button", { name: "Done, Succeed, Removed" }).waitFor();
  await dialog.getByRole("button", { name: "Rest, Wait, Changed" }).waitFor();
  await dialog.getByRole("radio", { name: "After" }).click();
  await dialog.getByRole("button", { name: "Pause, Wait, Changed" }).waitFor();
  // What was removed is a ghost in the newer drawing: named, in the legend, dashed, with the way that led to it.
  const ghost = dialog.getByRole("button", { name: "Done, Succeed, Removed" });
  await ghost.waitFor();
  await dialog.locator(".compare-legend").getByText("1 state removed").waitFor();
  assert.equal(await ghost.evaluate((it) => getComputedStyle(it).outlineStyle), "dashed");
  const [above, below] = [await dialog.getByRole("button", { name: "Pause, Wait, Changed" }).boundingBox(), await ghost.boundingBox()];
  assert.ok(below.y > above.y + above.height, "the ghost stands below the state that led to it");
  assert.notEqual(await dialog.locator(".edge.gone").count(), 0);
  await shoot(page, "versions-graph");
  assert.deepEqual(await serious(page, "dialog[open]"), []);

  await dialog.getByLabel("with", { exact: true }).selectOption({ label: await dialog.getByLabel("Compare", { exact: true }).locator("option:checked").innerText() });
  await dialog.getByRole("tab", { name: "In words" }).click();
  await dialog.getByText("Both are the same.").waitFor();
  await page.keyboard.press("Escape");
  // The canvas of the studio has its commands back.
  await page.getByRole("button", { name: /^Pause, / }).click();
  await page.keyboard.press("Alt+c");
  assert.deepEqual(faults, []);
});

test("a way that was removed between two states that are left is drawn, dashed, and counted", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "led", definition);
  await page.getByRole("button", { name: /^Rest, / }).click();
  const said = page.getByRole("status").filter({ hasText: "Way from Rest to Done" });
  for (let tries = 0; tries < 3 && (await said.count()) === 0; tries++) await page.keyboard.press("w");
  await said.waitFor({ state: "attached" });
  await page.keyboard.press("Delete");
  await textOnce(page, "led", (text) => !text.includes('"Next"'));
  const dialog = await openVersions(page);
  await version(dialog, /^When it was opened/).click();
  await dialog.getByRole("tab", { name: "On the graph" }).click();
  await dialog.getByText("1 way removed").waitFor();
  assert.equal(await dialog.locator(".edge.gone").count(), 1);
  assert.notEqual(await dialog.locator(".edge.gone .line").first().evaluate((it) => getComputedStyle(it).strokeDasharray), "none");
  assert.deepEqual(faults, []);
});

test("a start and a way to the end that were removed are drawn, told, and reached with the keys", async () => {
  const { page, faults } = studio;
  const before = { StartAt: "Load", States: { Load: { Type: "Pass", Next: "Train" }, Train: { Type: "Pass", End: true } } };
  const after = { StartAt: "Train", States: { Load: { Type: "Pass", End: true }, Train: { Type: "Pass", Next: "Load" } } };
  const stateMachineArn = await deploy(server, "begun", before);
  await aws(server, "PublishStateMachineVersion", { stateMachineArn });
  await aws(server, "UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(after) });
  await page.goto(`${server.address}/pipelines/begun`);
  await page.getByRole("button", { name: /^Train, / }).waitFor();
  const dialog = await openVersions(page);
  await version(dialog, /^Version 1/).click();
  await dialog.getByText("StartAt “Load” → “Train”").waitFor();
  await dialog.getByText("End removed, was true").waitFor();

  await dialog.getByRole("tab", { name: "On the graph" }).click();
  const legend = dialog.locator(".compare-legend");
  await legend.getByText("3 ways removed").waitFor();
  await legend.getByText("1 start added").waitFor();
  assert.equal(await dialog.locator(".edge.gone").count(), 3);
  assert.equal(await dialog.locator(".edge.new").count(), 1);
  await shoot(page, "versions-start");
  // Each state's ways are stepped through: those that leave it, then those from the start.
  const said = dialog.getByRole("status");
  const step = async (words) => {
    await page.keyboard.press("w");
    await said.getByText(words, { exact: true }).waitFor({ state: "attached" });
  };
  await dialog.getByRole("button", { name: /^Train, Pass/ }).click();
  for (const words of ["Way from Train to Load", "Way from Train to the end, removed", "Way from the start to Train, added"]) await step(words);
  await dialog.getByRole("button", { name: /^Load, Pass/ }).click();
  for (const words of ["Way from Load to Train, removed", "Way from Load to the end", "Way from the start to Load, removed"]) await step(words);
  assert.deepEqual(await serious(page, "dialog[open]"), []);
  assert.deepEqual(faults, []);
});

test("the drawing of a comparison is walked with the keys, which change nothing", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "walked", definition);
  await rename(page, "Rest", "Pause");
  const dialog = await openVersions(page);
  await version(dialog, /^When it was opened/).click();
  await dialog.getByRole("tab", { name: "On the graph" }).click();
  const state = (name) => dialog.getByRole("button", { name });
  await state(/^Pause, Wait/).focus();
  await page.keyboard.press("ArrowDown");
  await state(/^Done, Succeed/).and(dialog.locator("[aria-pressed=true]:focus")).waitFor();
  await page.keyboard.press("Home");
  await state(/^Pause, Wait/).and(dialog.locator("[aria-pressed=true]:focus")).waitFor();
  await page.keyboard.press("End");
  await state(/^Done, Succeed/).and(dialog.locator(":focus")).waitFor();
  const percent = dialog.locator(".percent");
  await page.keyboard.press("0");
  await percent.filter({ hasText: "100%" }).waitFor();
  await page.keyboard.press("+");
  await percent.filter({ hasText: "120%" }).waitFor();
  await page.keyboard.press("-");
  await percent.filter({ hasText: "100%" }).waitFor();
  for (const key of ["Delete", "a", "g", "F2", "Control+D"]) await page.keyboard.press(key);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  const kept = await textOnce(page, "walked", (text) => !text.includes('"Rest"'));
  assert.deepEqual(JSON.parse(kept), JSON.parse(definition.replace('"Rest":', '"Pause":').replace('"StartAt": "Rest"', '"StartAt": "Pause"')));
  assert.deepEqual(faults, []);
});

test("a version that the server published is listed and restored into the draft, and deploying shows what changes", async () => {
  const { page, faults } = studio;
  const arn = await deploy(server, "published", JSON.parse(definition));
  await aws(server, "PublishStateMachineVersion", { stateMachineArn: arn });
  await page.goto(`${server.address}/pipelines/published`);
  await page.getByRole("button", { name: /^Rest, / }).waitFor();
  await rename(page, "Rest", "Pause");
  await page.getByRole("button", { name: "Deploy…" }).click();
  const plan = page.getByRole("region", { name: "What will change" });
  await plan.getByText("1 state renamed.").waitFor();
  await plan.getByRole("tab", { name: "On the graph" }).click();
  await plan.getByRole("button", { name: "Pause, Wait, Changed" }).waitFor();
  await shoot(page, "deploy-graph");
  await page.getByRole("button", { name: "Deploy the changes" }).click();
  await page.getByRole("heading", { name: /is deployed$/ }).waitFor();
  await page.getByRole("button", { name: "Back to the studio" }).click();

  const dialog = await openVersions(page);
  await version(dialog, /^Deployed.*2 states/).waitFor();
  await version(dialog, /^Version 1/).click();
  await dialog.getByText("1 state renamed.").waitFor();
  await dialog.getByRole("button", { name: "Restore this version" }).click();
  await page.getByRole("button", { name: /^Rest, Wait/ }).waitFor();
  await page.getByText("Unsaved changes", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Undo: Restore “Version 1”" }).waitFor();
  assert.deepEqual(faults, []);
});

test("a draft that is deployed under another name takes its steps and versions along", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "first", definition);
  await rename(page, "Rest", "Pause");
  const dialog = await openVersions(page);
  await version(dialog, /^When it was opened/).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Deploy…" }).click();
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("second");
  await page.getByRole("button", { name: "Deploy this pipeline" }).click();
  await page.waitForURL(/pipelines\/second/);
  await page.getByRole("button", { name: "Undo: Rename Rest to Pause" }).waitFor();
  await openVersions(page);
  await version(dialog, /^Deployed.*1 state renamed/).waitFor();
  await version(dialog, /^When it was opened/).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await headOf(page, "first"), undefined);
  assert.deepEqual(faults, []);
});

test("before another tab's text or a pasted one takes the place of all, a version is kept, and a link leads to it", async () => {
  const { page, context, faults } = studio;
  await openDraft(page, server, "over", definition);
  const other = await context.newPage();
  await other.goto(`${server.address}/pipelines/over`);
  await other.getByRole("button", { name: /^Rest, / }).waitFor();
  await rename(page, "Rest", "Pause");
  await other.getByRole("button", { name: /^Pause, / }).waitFor();
  await rename(other, "Done", "Over");
  await page.getByText("This pipeline was changed in another tab. Undo brings back what was here.").first().waitFor();
  await other.close();
  await page.goto(`${server.address}/pipelines/over?view=code`);
  await page.getByRole("textbox", { name: "Definition" }).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{ "Comment": "another one" }');
  await kept(page, "over", '{ "Comment": "another one" }');

  await page.goto(`${server.address}/pipelines/over?show=versions`);
  const dialog = page.getByRole("dialog", { name: "Versions" });
  await version(dialog, /^Before another tab’s changes.*1 state renamed/).waitFor();
  await version(dialog, /^Before everything was replaced.*1 state renamed/).waitFor();
  assert.deepEqual(faults, []);
});

test("versions are kept, walked through and restored with the keyboard alone, and axe finds nothing", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "keys", definition);
  await rename(page, "Rest", "Pause");
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("dialog", { name: "Versions" });
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches(".versions-keep input"));
  await page.keyboard.type("mine");
  await page.keyboard.press("Enter");
  await version(dialog, /^mine/).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await openVersions(page);
  await page.waitForFunction(() => document.activeElement?.textContent.startsWith("mine"));
  await page.keyboard.press("ArrowDown");
  await dialog.getByText("1 state renamed.").waitFor();
  for (const tab of ["In words", "As text", "On the graph"]) {
    await dialog.getByRole("tab", { name: tab }).click();
    await dialog.getByRole("tab", { name: tab, selected: true }).waitFor();
    assert.deepEqual(await serious(page, "dialog[open]"), [], tab);
  }
  await dialog.getByRole("button", { name: "Restore this version" }).focus();
  await page.keyboard.press("Enter");
  await kept(page, "keys", definition);
  assert.deepEqual(faults, []);
});
