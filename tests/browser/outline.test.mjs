// The states as a tree beside the drawing: order, levels, keys, selection in both directions, search, five thousand states.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDraft, serious, serverAndStudio, shoot } from "./support.mjs";

const definition = {
  StartAt: "Prepare",
  States: {
    Alert: { Type: "Fail", Error: "Bad" },
    Prepare: { Type: "Pass", Next: "Both" },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Left", States: { Left: { Type: "Pass", End: true } } },
        { StartAt: "Right", States: { Right: { Type: "Wait", Seconds: 1, End: true } } },
      ],
      Next: "Train",
    },
    Train: {
      Type: "Task",
      Resource: "",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Alert" }],
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

const { server, studio } = serverAndStudio();

/** Opens a definition with the tree beside it; the tree has the focus. */
async function openTree(name, text) {
  const { page } = studio;
  await openDraft(page, server, name, text);
  await page.locator(".canvas .node, .canvas .far").first().waitFor();
  await page.keyboard.press("Alt+4");
  const tree = page.getByRole("tree", { name: "States" });
  await tree.and(page.locator(":focus")).waitFor();
  return tree;
}

/** The name of the line under the keys. */
async function underKeys(tree) {
  return tree.evaluate((tree) => document.getElementById(tree.getAttribute("aria-activedescendant"))?.querySelector(".name").textContent);
}

test("the tree lists the states in the order of the flow, and keys lead about it", async () => {
  const { page, faults } = studio;
  const tree = await openTree("tree", JSON.stringify(definition));
  const lines = tree.getByRole("treeitem");
  const levels = await lines.evaluateAll((lines) => lines.map((line) => [line.querySelector(".name").textContent, line.ariaLevel]));
  assert.deepEqual(levels.slice(0, 7), [
    ["Prepare", "1"], ["Both", "1"], ["Branch 1", "2"], ["Left", "3"], ["Branch 2", "2"], ["Right", "3"], ["Train", "1"],
  ]);
  assert.deepEqual(levels.slice(7).map(([name]) => name).sort(), ["Alert", "Done"]);
  await tree.getByRole("treeitem", { name: /^Train, Task, [0-9]+ problem/ }).waitFor();

  await page.keyboard.press("Home");
  assert.equal(await underKeys(tree), "Prepare");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  assert.equal(await underKeys(tree), "Branch 1");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await underKeys(tree), "Both");
  await page.keyboard.press("ArrowLeft");
  await tree.getByRole("treeitem", { name: /^Both/, expanded: false }).waitFor();
  assert.equal(await tree.getByRole("treeitem", { name: /^Left/ }).count(), 0);
  await page.keyboard.press("ArrowRight");
  await tree.getByRole("treeitem", { name: /^Branch 1/, expanded: false }).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await tree.getByRole("treeitem", { name: /^Left/ }).waitFor();
  await page.keyboard.press("t");
  assert.equal(await underKeys(tree), "Train");
  await page.keyboard.press("End");
  assert.ok(["Done", "Alert"].includes(await underKeys(tree)));
  assert.deepEqual(faults, []);
});

test("Enter selects and shows a state, and what the drawing selects is found in the tree", async () => {
  const { page, faults } = studio;
  const tree = await openTree("both-ways", JSON.stringify(definition));
  await page.keyboard.press("r");
  await page.keyboard.press("Enter");
  await page.locator(".canvas").getByRole("button", { name: /^Right, Wait/, pressed: true }).waitFor();
  await tree.getByRole("treeitem", { name: /^Right/, selected: true }).waitFor();

  // What is folded opens for what is selected on the drawing.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await tree.getByRole("treeitem", { name: /^Both/, expanded: false }).waitFor();
  await page.locator(".canvas").getByRole("button", { name: /^Left, Pass/ }).click();
  await tree.getByRole("treeitem", { name: /^Left/, selected: true }).waitFor();
  assert.equal(await underKeys(tree), "Left");
  await shoot(page, "tree");
  assert.deepEqual(faults, []);
});

test("a state is renamed, deleted and given its menu from the tree", async () => {
  const { page, faults } = studio;
  const tree = await openTree("tree-edits", JSON.stringify(definition));
  await page.keyboard.press("Home");
  await page.keyboard.press("F2");
  const name = page.getByRole("textbox", { name: "Name", exact: true });
  await name.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Clean up");
  await page.keyboard.press("Enter");
  await tree.getByRole("treeitem", { name: /^Clean up, Pass/ }).waitFor();

  await page.keyboard.press("Alt+4");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+F10");
  const menu = page.getByRole("menu", { name: "State" });
  await menu.getByRole("menuitem", { name: /^Duplicate/ }).waitFor();
  await shoot(page, "tree-menu");
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  await tree.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Delete");
  await page.getByRole("button", { name: "Undo: Delete Clean up" }).waitFor();
  assert.equal(await tree.getByRole("treeitem", { name: /^Clean up/ }).count(), 0);
  assert.deepEqual(faults, []);
});

test("a search shows what is called so with what is around it, and says when nothing is", async () => {
  const { page, faults } = studio;
  const tree = await openTree("tree-search", JSON.stringify(definition));
  const find = page.getByRole("searchbox", { name: "Find a state of this pipeline" });
  await find.fill("rig");
  await tree.getByRole("treeitem", { name: /^Right/ }).waitFor();
  assert.deepEqual(await tree.locator(".name").allTextContents(), ["Both", "Branch 2", "Right"]);
  await page.keyboard.press("Enter");
  await page.locator(".canvas").getByRole("button", { name: /^Right, Wait/, pressed: true }).waitFor();
  await find.fill("nothing of that name");
  await page.getByText("No state is called that.").waitFor();
  await find.press("Escape");
  await tree.getByRole("treeitem", { name: /^Prepare/ }).waitFor();
  assert.deepEqual(faults, []);
});

test("the tree has nothing serious for axe", async () => {
  const { page } = studio;
  await openTree("tree-axe", JSON.stringify(definition));
  assert.deepEqual(await serious(page), []);
});

test("of five thousand states only those in sight are elements, and the last one is reached", async () => {
  const { page, faults } = studio;
  const states = {};
  for (let i = 0; i < 5000; i += 1) states[`S${i}`] = i < 4999 ? { Type: "Pass", Next: `S${i + 1}` } : { Type: "Succeed" };
  const tree = await openTree("tree-many", JSON.stringify({ StartAt: "S0", States: states }));
  await page.keyboard.press("End");
  assert.equal(await underKeys(tree), "S4999");
  await tree.getByRole("treeitem", { name: /^S4999, / }).waitFor();
  const last = tree.getByRole("treeitem", { name: /^S4999, / });
  assert.equal(await last.getAttribute("aria-posinset"), "5000");
  assert.ok((await tree.getByRole("treeitem").count()) < 100);
  await page.keyboard.press("Enter");
  await last.and(page.locator('[aria-selected="true"]')).waitFor();
  assert.deepEqual(faults, []);
});
