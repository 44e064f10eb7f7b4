// Notes on states and groups of states: made, shown, changed, dissolved; in the file they are comments.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDraft, serious, serverAndStudio, shoot, textOnce } from "./support.mjs";

const definition = {
  StartAt: "Load",
  States: {
    Load: { Type: "Pass", Comment: "Reads what came in overnight.", Next: "Clean" },
    Clean: { Type: "Pass", Next: "Train" },
    Train: { Type: "Wait", Seconds: 5, Next: "Done" },
    Done: { Type: "Succeed" },
  },
};
const text = JSON.stringify(definition, null, 2);

const { server, studio } = serverAndStudio();

/** The definition, once its text has these words. */
const withWords = async (page, name, words) => JSON.parse(await textOnce(page, name, (text) => text.includes(words)));

test("states are grouped, the group is renamed, loses a state and is dissolved, each in one step", async () => {
  const { page, faults } = studio;
  const node = (name) => page.locator(".canvas").getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "groups", text);
  await node("Load").click();
  await node("Clean").click({ modifiers: ["Shift"] });
  await page.keyboard.press("g");
  const dialog = page.getByRole("dialog");
  const name = dialog.getByRole("combobox", { name: "Name" });
  await name.fill("Prepare ] data");
  await page.keyboard.press("Enter");
  await dialog.getByText("A group's name has neither").waitFor();
  await name.fill("Prepare data");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo: Group 2 states as Prepare data" }).waitFor();
  const grouped = await withWords(page, "groups", "[group: Prepare data]");
  assert.equal(grouped.States.Load.Comment, "[group: Prepare data]\nReads what came in overnight.");
  assert.equal(grouped.States.Clean.Comment, "[group: Prepare data]");

  // A frame is around both and around nothing else; its title selects them.
  const frame = await page.locator(".frame").boundingBox();
  for (const [state, isInside] of [["Load", true], ["Clean", true], ["Train", false]]) {
    const box = await node(state).boundingBox();
    const inside = box.y >= frame.y && box.y + box.height <= frame.y + frame.height;
    assert.equal(inside, isInside, state);
  }
  await node("Train").click();
  await page.getByRole("button", { name: "Group Prepare data: select its states" }).click();
  await node("Load").and(page.locator('[aria-pressed="true"]')).waitFor();
  await node("Clean").and(page.locator('[aria-pressed="true"]')).waitFor();
  await shoot(page, "group");

  // With a state in between there is no frame that would be true: the name is on each state.
  await node("Load").click();
  await node("Train").click({ modifiers: ["Shift"] });
  await page.keyboard.press("g");
  await name.fill("Apart");
  await page.keyboard.press("Enter");
  await page.locator(".in-group[data-text='Apart']").first().waitFor();
  assert.equal(await page.locator(".in-group[data-text='Apart']").count(), 2);
  await shoot(page, "group-apart");
  await page.keyboard.press("Control+Z");
  await page.locator(".in-group").first().waitFor({ state: "detached" });

  // The title's menu renames and dissolves.
  const title = page.getByRole("button", { name: "Group Prepare data: select its states" });
  await title.click({ button: "right" });
  await page.getByRole("menuitem", { name: "Rename the group…" }).click();
  await name.fill("Intake");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo: Rename the group Prepare data to Intake" }).waitFor();
  await node("Clean").click();
  await page.keyboard.press("Shift+G");
  await page.getByRole("button", { name: "Undo: Take Clean out of its group" }).waitFor();
  await page.getByRole("button", { name: "Group Intake: select its states" }).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Dissolve the group" }).click();
  await page.getByRole("button", { name: "Undo: Dissolve the group Intake" }).waitFor();
  await page.locator(".frame").waitFor({ state: "detached" });
  for (let i = 0; i < 4; i += 1) await page.keyboard.press("Control+Z");
  await page.waitForFunction((text) => {
    const draft = localStorage.getItem("statecraft.draft.groups");
    return draft === null || JSON.parse(draft).text === text;
  }, text);
  assert.deepEqual(faults, []);
});

test("a note is opened on its state, changed in place and in the inspector, beside the group that the state is in", async () => {
  const { page, faults } = studio;
  const node = (name) => page.locator(".canvas").getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "notes", text.replace("Reads what", "[group: Intake]\\nReads what"));
  await node("Load").and(page.locator('[aria-description="Reads what came in overnight."]')).waitFor();
  await node("Load").locator(".noted").click();
  const bubble = page.getByRole("dialog", { name: "Note of Load" });
  const field = bubble.getByRole("textbox", { name: "Note" });
  assert.equal(await field.inputValue(), "Reads what came in overnight.");
  await shoot(page, "note");
  await field.fill("Reads it twice a day.");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "Undo: Change the note of Load" }).waitFor();
  await bubble.waitFor({ state: "detached" });
  const changed = await withWords(page, "notes", "twice a day");
  assert.equal(changed.States.Load.Comment, "[group: Intake]\nReads it twice a day.");

  // With the keys: N opens, Escape leaves it as it was; the inspector shows note and group apart.
  await node("Clean").click();
  await page.keyboard.press("n");
  await page.getByRole("dialog", { name: "Note of Clean" }).getByRole("textbox").fill("never kept");
  await page.keyboard.press("Escape");
  await node("Clean").and(page.locator(":focus")).waitFor();
  await node("Load").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const note = inspector.getByRole("textbox", { name: "Note", exact: true });
  assert.equal(await note.inputValue(), "Reads it twice a day.");
  assert.equal(await inspector.getByRole("textbox", { name: "Group", exact: true }).inputValue(), "Intake");
  await note.fill("");
  await note.press("Tab");
  const emptied = await withWords(page, "notes", '"[group: Intake]"');
  assert.ok(!JSON.stringify(emptied).includes("never kept"));
  assert.deepEqual(faults, []);
});

test("groups and notes have nothing serious for axe", async () => {
  const { page } = studio;
  await openDraft(page, server, "notes-axe", text.replace("Reads what", "[group: Intake]\\nReads what"));
  await page.locator(".frame").waitFor();
  await page.locator(".noted").first().click();
  assert.deepEqual(await serious(page), []);
});
