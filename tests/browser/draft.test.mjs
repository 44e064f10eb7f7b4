// A draft that is worked on in several ways: as broken code, with the line ends of Windows, in two tabs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, openDraft, serverAndStudio, shoot, textOnce } from "./support.mjs";

const definition = JSON.stringify(
  {
    StartAt: "Rest",
    States: { Rest: { Type: "Wait", Seconds: 7, Next: "Done" }, Done: { Type: "Succeed" } },
  },
  null,
  2,
);

const { server, studio } = serverAndStudio();

/** Waits until the draft that the browser keeps has `part` in its text. */
async function kept(page, name, part) {
  await textOnce(page, name, (text) => text.includes(part));
  return draftOf(page, name);
}

test("broken code keeps the last drawing, names the fault and offers the edit that mends it", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "broken", definition, "?view=split");
  const code = page.getByRole("textbox", { name: "Definition" });
  await code.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  await page.keyboard.type("{");
  await page.getByText(/^The code has a fault in line 2\. This `\{` is one too many; remove it\. You see the last whole drawing/).waitFor();

  // The text is kept as it is, with its fault.
  const lines = definition.split("\n");
  lines[1] += "{";
  assert.equal((await kept(page, "broken", lines.join("\n"))).text, lines.join("\n"));

  // The drawing is the last whole one, with what its states do.
  const rest = page.getByRole("button", { name: /^Rest, Wait/ });
  await rest.filter({ has: page.locator('[data-text="7 s"]') }).waitFor();
  await shoot(page, "broken");
  await rest.click();
  await page.keyboard.press("Delete");
  await page.getByText(/^The code has a fault at line 2\. Mend it there first/).first().waitFor();

  await page.getByRole("button", { name: "1 problem", exact: true }).click();
  await page.getByRole("region", { name: "Problems" }).getByRole("button", { name: "Remove it", exact: true }).click();
  await page.getByRole("button", { name: "No problems" }).waitFor();
  assert.equal((await kept(page, "broken", definition)).text, definition);
  assert.deepEqual(faults, []);
});

test("typing keeps the line ends of Windows, and findings stay where they belong", async () => {
  const { page, faults } = studio;
  const text = definition.replaceAll("\n", "\r\n").replace('"Next": "Done"', '"Next": "Gone"');
  await openDraft(page, server, "windows", text, "?view=split");
  const code = page.getByRole("textbox", { name: "Definition" });
  await code.click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type('"Comment": "typed",');
  const after = await kept(page, "windows", '"typed",');
  assert.equal(after.text, text.replace("{\r\n", '{\r\n  "Comment": "typed",\r\n'));
  const marked = () => {
    const shadow = document.querySelector(".code-host").shadowRoot;
    return shadow.querySelector(".cm-lintRange-error")?.textContent === '"Gone"';
  };
  await page.waitForFunction(marked);
  assert.deepEqual(faults, []);
});

test("what one tab deploys, the other one does not forget", async () => {
  const { page, context, faults } = studio;
  await openDraft(page, server, "shared", definition);
  const other = await context.newPage();
  await other.goto(`${server.address}/pipelines/shared`);
  await other.getByText("Draft", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Deploy…" }).click();
  await page.getByRole("button", { name: "Deploy this pipeline" }).click();
  await page.getByRole("heading", { name: /is deployed$/ }).waitFor();
  await other.getByText("Draft", { exact: true }).waitFor({ state: "detached" });

  await other.getByRole("button", { name: /^Rest, Wait/ }).click();
  const time = other.getByRole("complementary", { name: "Inspector" }).getByLabel("Time", { exact: true });
  await time.fill("9");
  await time.press("Tab");
  await page.getByText("This pipeline was changed in another tab. Undo brings back what was here.").waitFor();
  const draft = await kept(page, "shared", "9");
  assert.equal(draft.deployed, definition);
  await page.getByText("Unsaved changes", { exact: true }).waitFor();
  await other.close();
  assert.deepEqual(faults, []);
});
