// The code pane: help while writing, in JSON and in YAML; what is typed, renamed, laid out and converted; YAML from a file
// to a deployment. Rows WS-40, WS-41, WS-44, WS-45, WANT-02, WANT-04, WANT-08.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aws, draftOf, openDraft, serverAndStudio, shoot, textOnce } from "./support.mjs";

const json = `{
  "StartAt": "Load",
  "States": {
    "Load": {
      "Type": "Pass",
      "Assign": {"source.$": "$.from"},
      "Next": "Rest"
    },
    "Rest": {
      "Type": "Wait",
      "Seconds": 7,
      "Next": "Done"
    },
    "Done": {
      "Type": "Succeed"
    }
  }
}
`;

const yaml = `# Rests, then ends.
StartAt: Rest
States:
  Rest:
    Type: Wait
    Seconds: \${Pause} # set when deployed
    Next: Done
  Done:
    Type: Succeed
`;

const { server, studio } = serverAndStudio();

/** Waits until the draft that the browser keeps has a text for which `is` holds, a function of the text and `part`. */
async function kept(page, name, part, is = "includes") {
  const fits = { includes: (text) => text.includes(part), equals: (text) => text === part, lacks: (text) => !text.includes(part) };
  await textOnce(page, name, fits[is]);
  return draftOf(page, name);
}

/** Opens a draft beside its drawing and waits for the code editor. */
async function openCode(page, name, text, view = "split") {
  await openDraft(page, server, name, text, `?view=${view}`);
  const code = page.getByRole("textbox", { name: "Definition" });
  await code.waitFor();
  return code;
}

/** Puts the cursor into the first line that has `part`, behind that part. */
async function cursorBehind(page, part) {
  const line = page.locator(".cm-line", { hasText: part }).first();
  await line.click();
  await page.keyboard.press("Home");
  const text = await line.textContent();
  const indent = text.length - text.trimStart().length;
  for (let at = indent; at < text.indexOf(part) + part.length; at++) await page.keyboard.press("ArrowRight");
}

/** Waits until the offers can be taken: those that the next letters make stale are shown, but disabled. */
const ready = (page) => page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)").waitFor();

test("fields, values and whole states are offered while one writes, with their places to fill in", async () => {
  const { page, faults } = studio;
  await openCode(page, "offers", json);
  await cursorBehind(page, '"Seconds": 7,');
  await page.keyboard.press("Enter");
  await page.keyboard.type('"Com');
  const offers = page.getByRole("listbox");
  await offers.getByRole("option", { name: /^Comment/ }).waitFor();
  await shoot(page, "code-offers");
  await ready(page);
  await page.keyboard.press("Enter");
  await page.keyboard.type("a rest");
  await kept(page, "offers", '"Comment": "a rest"');

  // A new state, asked for with its key: Tab leads through what is to be filled in.
  await cursorBehind(page, '"States": {');
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Space");
  await offers.getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.type('"Wait');
  await offers.getByRole("option", { name: /Wait/ }).first().waitFor();
  await ready(page);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Pause");
  await kept(page, "offers", '"Pause"');
  assert.deepEqual(faults, []);
});

test("the names of states are offered where one leads to the next", async () => {
  const { page, faults } = studio;
  await openCode(page, "names", json);
  await cursorBehind(page, '"Next": "');
  await page.keyboard.press("Control+Space");
  const offers = page.getByRole("listbox");
  await offers.getByRole("option", { name: /^Done/ }).waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(faults, []);
});

test("hovering explains a field, and a call shows its parameters", async () => {
  const { page, faults } = studio;
  const text = json.replace('"Assign": {"source.$": "$.from"}', '"QueryLanguage": "JSONata",\n      "Output": "{% $substring() %}"');
  await openCode(page, "hover", text);
  await page.locator(".cm-line", { hasText: '"Seconds"' }).locator("span", { hasText: "Seconds" }).first().hover();
  await page.locator(".cm-words").filter({ hasText: /second/i }).waitFor();
  await shoot(page, "code-hover");
  await page.mouse.move(5, 5);
  await cursorBehind(page, "$substring(");
  await page.keyboard.press("Control+Shift+Space");
  await page.locator(".cm-call").filter({ hasText: "$substring(" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".cm-call").waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});

test("F12 leads from Next to its state and selects it on the canvas", async () => {
  const { page, faults } = studio;
  await openCode(page, "definition", json);
  await cursorBehind(page, '"Next": "Do');
  await page.keyboard.press("F12");
  await page.getByRole("complementary", { name: "Inspector" }).getByText("Succeed").first().waitFor();
  await page.waitForFunction(() => {
    const line = document.querySelector(".code-host").shadowRoot.querySelector(".cm-activeLine");
    return line.textContent.includes('"Done": {');
  });
  assert.deepEqual(faults, []);
});

test("F2 renames a state with all its uses as one step, and says why when it cannot", async () => {
  const { page, faults } = studio;
  await openCode(page, "rename", json);
  await cursorBehind(page, '"Next": "Re');
  await page.keyboard.press("F2");
  const name = page.getByRole("textbox", { name: "New name of Rest" });
  await name.fill("Done");
  await name.press("Enter");
  await page.locator(".cm-fault").filter({ hasText: /Done/ }).waitFor();
  await name.fill("Sleep");
  await name.press("Enter");
  await kept(page, "rename", json.replaceAll('"Rest"', '"Sleep"'), "equals");
  await page.getByRole("button", { name: /^Sleep, Wait/ }).waitFor();
  // The cursor stays where it was: what is typed next comes there.
  await page.keyboard.press("Control+z");
  await kept(page, "rename", json, "equals");

  await cursorBehind(page, '"sour');
  await page.keyboard.press("F2");
  const variable = page.getByRole("textbox", { name: "New name of source" });
  await variable.fill("origin");
  await variable.press("Enter");
  await kept(page, "rename", '"origin.$"');
  assert.deepEqual(faults, []);
});

test("a finding is found with F8 and mended with Ctrl+.", async () => {
  const { page, faults } = studio;
  await openCode(page, "mend", json);
  await page.locator(".cm-lint-marker").first().waitFor({ state: "attached" });
  await page.getByRole("textbox", { name: "Definition" }).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("F8");
  await page.keyboard.press("Control+.");
  const fixes = page.getByRole("listbox");
  await fixes.getByRole("option", { name: "Remove source" }).waitFor();
  await shoot(page, "code-fixes");
  await page.keyboard.press("Enter");
  await kept(page, "mend", "source", "lacks");
  assert.deepEqual(faults, []);
});

test("the text is laid out as one step that keeps the cursor", async () => {
  const { page, faults } = studio;
  const cramped = JSON.stringify(JSON.parse(json));
  await openCode(page, "format", cramped);
  await cursorBehind(page, '"Seconds":');
  await page.keyboard.press("Shift+Alt+F");
  const laidOut = await kept(page, "format", "\n  ");
  assert.deepEqual(JSON.parse(laidOut.text), JSON.parse(json));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("1");
  await kept(page, "format", '"Seconds": 17');
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  await kept(page, "format", cramped, "equals");
  assert.deepEqual(faults, []);
});

test("a definition is written as YAML and back, and undo crosses it", async () => {
  const { page, faults } = studio;
  await openCode(page, "convert", json);
  const notation = page.getByRole("radiogroup", { name: "Notation" });
  await notation.getByText("YAML").click();
  await kept(page, "convert", "StartAt: Load");
  await page.getByRole("button", { name: /^Rest, Wait/ }).waitFor();
  await page.getByRole("button", { name: "No problems" }).waitFor();
  await shoot(page, "code-yaml");

  // The forms change YAML as they change JSON.
  await page.getByRole("button", { name: /^Rest, Wait/ }).click();
  const time = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Time", { exact: true });
  await time.fill("9");
  await time.press("Tab");
  await kept(page, "convert", "Seconds: 9");

  await page.getByRole("button", { name: /^Undo/ }).click();
  await kept(page, "convert", "Seconds: 7");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await kept(page, "convert", json, "equals");
  await notation.getByRole("radio", { name: "JSON", checked: true }).waitFor();
  await page.getByRole("button", { name: /^Redo/ }).click();
  await kept(page, "convert", "StartAt: Load");
  await notation.getByRole("radio", { name: "YAML", checked: true }).waitFor();
  assert.deepEqual(faults, []);
});

test("comments are not lost without a word, and help knows YAML and placeholders", async () => {
  const { page, faults } = studio;
  await openCode(page, "comments", yaml);
  await page.getByRole("button", { name: "No problems" }).waitFor();
  await page.getByRole("button", { name: /^Rest, Wait/ }).waitFor();

  await cursorBehind(page, "Next: Done");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Com");
  await page.getByRole("listbox").getByRole("option", { name: /^Comment/ }).waitFor();
  await shoot(page, "code-yaml-offers");
  await page.keyboard.press("Enter");
  await page.keyboard.type("a rest");
  await kept(page, "comments", "Comment: ");
  await page.keyboard.press("Escape");

  const notation = page.getByRole("radiogroup", { name: "Notation" });
  await notation.getByText("JSON").click();
  const asked = page.getByRole("dialog", { name: "Write it as JSON" });
  await asked.getByText("JSON has no comments, so the 2 in this text go away.").waitFor();
  await shoot(page, "code-comments");
  await asked.getByRole("button", { name: "Keep YAML" }).click();
  assert.match((await draftOf(page, "comments")).text, /^# Rests/);
  await notation.getByText("JSON").click();
  await asked.getByRole("button", { name: "Write it as JSON" }).click();
  const draft = await kept(page, "comments", '"Seconds": ${Pause}');
  assert.ok(!draft.text.includes("#"));
  assert.deepEqual(faults, []);
});

test("a broken YAML file opens as it stands, with its fault marked", async () => {
  const { page, faults } = studio;
  const broken = yaml.replace("Type: Succeed", "Type: [Succeed");
  await page.goto(server.address);
  await page.getByLabel("Definition file").setInputFiles({ name: "mine.asl.yaml", mimeType: "application/yaml", buffer: Buffer.from(broken) });
  await page.waitForURL(/\/pipelines\/mine/);
  await page.getByRole("textbox", { name: "Definition" }).waitFor();
  await page.getByText(/^The code has a fault in line \d+/).waitFor();
  await page.waitForFunction(() => document.querySelector(".code-host").shadowRoot.querySelector(".cm-lint-marker-error"));
  await shoot(page, "code-broken-yaml");
  assert.equal((await draftOf(page, "mine")).text, broken);
  assert.deepEqual(faults, []);
});

test("YAML is dry-run and deployed as JSON, and does not count as changed because it is YAML", async () => {
  const { page, faults } = studio;
  const whole = yaml.replace("${Pause} # set when deployed", "1");
  await openCode(page, "shipped", whole);
  await page.getByRole("button", { name: "Deploy…" }).click();
  await page.getByRole("button", { name: "Deploy this pipeline" }).click();
  await page.getByRole("heading", { name: /is deployed$/ }).waitFor();
  const { stateMachines } = await aws(server, "ListStateMachines", {});
  const { stateMachineArn } = stateMachines.find(({ name }) => name === "shipped");
  const { definition } = await aws(server, "DescribeStateMachine", { stateMachineArn });
  assert.equal(JSON.parse(definition).States.Rest.Seconds, 1);
  await page.getByRole("button", { name: "Back to the studio" }).click();
  await page.getByText("Draft", { exact: true }).waitFor({ state: "detached" });
  assert.equal(await page.getByText("Unsaved changes", { exact: true }).count(), 0);
  assert.equal((await draftOf(page, "shipped")).text, whole);

  await page.getByRole("button", { name: "Deploy…" }).click();
  await page.getByText("The server has this very definition already.").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Dry run", exact: true }).click();
  await page.getByRole("button", { name: /^Run to the end/ }).click();
  await page.getByRole("button", { name: /^Done, Succeed.*succeeded/i }).waitFor();
  assert.deepEqual(faults, []);
});

test("what means a command elsewhere is written in the code, and the clipboard pastes text there", async () => {
  const { context, page, faults } = studio;
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.address });
  await openCode(page, "signs", json);
  await cursorBehind(page, '"source.$": "$.from');
  await page.keyboard.type("/?");
  await page.evaluate(() => navigator.clipboard.writeText("pasted"));
  await page.keyboard.press("Control+V");
  await kept(page, "signs", '"$.from/?pasted"');
  assert.equal(await page.getByRole("dialog", { name: "Keys" }).isVisible(), false);
  assert.deepEqual(faults, []);
});

test("text with the line ends of Windows is pasted with those of the pipeline, and typing goes on behind it", async () => {
  const { page, faults } = studio;
  await openCode(page, "pasted", json);
  await cursorBehind(page, '"Seconds": 7,');
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", '\r\n      "Comment": "first\\tsecond",\r\n      "Extra": 1,');
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true });
    document.querySelector(".code-host").shadowRoot.querySelector(".cm-content").dispatchEvent(event);
  });
  const draft = await kept(page, "pasted", '"Extra": 1,');
  const pasted = '\n      "Comment": "first\\tsecond",\n      "Extra": 1,';
  assert.equal(draft.text, json.replace('"Seconds": 7,', `"Seconds": 7,${pasted}`));
  await page.keyboard.type(" ");
  await kept(page, "pasted", '"Extra": 1, \n');
  assert.deepEqual(faults, []);
});
