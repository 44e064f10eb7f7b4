// Contextual help (feature map, WS-09): beside fields, groups and the type of the selected state, and by key.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDraft, serious, serverAndStudio, shoot } from "./support.mjs";

const definition = JSON.stringify(
  {
    StartAt: "Rest",
    States: {
      Rest: { Type: "Wait", Seconds: 7, Next: "Call" },
      Call: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Parameters: { FunctionName: "f" }, End: true },
    },
  },
  null,
  2,
);

const { server, studio } = serverAndStudio();

const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });
const panel = (page) => page.getByRole("region", { name: "Help" });

/** Waits until the help is about something. */
const about = (page, title) => panel(page).getByRole("heading", { name: title, exact: true }).waitFor();

test("help says what the type of the selected state is, with an example and a link that nothing is loaded from, and follows the selection", async () => {
  const { page } = studio;
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await openDraft(page, server, "types", definition);
  await page.getByRole("button", { name: /^Rest, / }).click();
  await inspector(page).getByRole("button", { name: "Help on this type of state" }).click();
  await about(page, "Wait state");
  await panel(page).getByText("Waits for a time or until a moment.").waitFor();
  assert.match(await panel(page).locator("pre").innerText(), /"Seconds": 10/);
  const link = panel(page).getByRole("link", { name: "Wait state in AWS’s documentation" });
  assert.equal(await link.getAttribute("href"), "https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html");
  assert.equal(await link.getAttribute("target"), "_blank");
  assert.equal(await link.getAttribute("rel"), "noreferrer");
  await shoot(page, "help-state");

  await page.getByRole("button", { name: /^Call, / }).click();
  await about(page, "Task state");
  await page.getByRole("button", { name: /^Call, / }).press("Escape");
  await about(page, "Pipeline");
  await panel(page).getByRole("button", { name: "Close the help" }).click();
  await panel(page).waitFor({ state: "detached" });
  assert.deepEqual(asked.filter((address) => !address.startsWith(server.address)), []);
});

test("Shift+F1 explains the field in focus, help follows the focus from field to field, and Escape closes it", async () => {
  const { page } = studio;
  await openDraft(page, server, "fields", definition);
  await page.getByRole("button", { name: /^Rest, / }).click();
  const field = inspector(page).getByLabel("Time", { exact: true });
  await field.focus();
  await page.keyboard.press("Shift+F1");
  await about(page, "Seconds in a Wait state");
  await panel(page).getByText(/Takes a whole number from 0/).waitFor();
  await panel(page).getByText('"Seconds": 10').waitFor();
  assert.ok(await field.evaluate((it) => it === document.activeElement), "the focus stays in the field");
  await inspector(page).getByLabel("Note", { exact: true }).focus();
  await about(page, "Comment in a Wait state");
  assert.deepEqual(await serious(page, ".inspector"), []);
  await shoot(page, "help-field");

  await panel(page).getByRole("button", { name: "Close the help" }).focus();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.matches(".inspector .form"));

  // The key asks again, and a second time closes.
  await field.focus();
  await page.keyboard.press("Shift+F1");
  await about(page, "Seconds in a Wait state");
  await page.keyboard.press("Shift+F1");
  await panel(page).waitFor({ state: "detached" });
});

test("a field and a group are explained by the button beside them, also where nothing is written yet", async () => {
  const { page } = studio;
  await openDraft(page, server, "groups", definition);
  await page.getByRole("button", { name: /^Call, / }).click();
  const note = inspector(page).locator(".field-box", { has: page.getByLabel("Note", { exact: true }) });
  await note.hover();
  await note.getByRole("button", { name: "Help on this field" }).click();
  await about(page, "Comment in a Task state");
  await inspector(page).getByRole("tab", { name: "Errors" }).click();
  const retry = inspector(page).locator("section", { has: page.getByRole("heading", { name: "Retry", exact: true }) });
  await retry.getByRole("button", { name: "Help on this group" }).click();
  await about(page, "Retry in a Task state");
  await panel(page).getByRole("link", { name: "Handling errors in AWS’s documentation" }).waitFor();
});

test("rows of choices and groups of fields are explained, too, also where a field is null", async () => {
  const { page } = studio;
  const States = {
    Call: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "f" },
      ResultPath: null,
      Retry: [{ ErrorEquals: ["States.ALL"] }],
      Next: "Each",
    },
    Each: {
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "One",
        States: { One: { Type: "Pass", End: true } },
      },
      End: true,
    },
  };
  await openDraft(page, server, "rows", JSON.stringify({ StartAt: "Call", States }));
  const field = async (label, title) => {
    const box = inspector(page).locator(".field-box", { has: page.getByText(label, { exact: true }) });
    await box.hover();
    await box.getByRole("button", { name: "Help on this field" }).click();
    await about(page, title);
  };
  const group = async (name, title) => {
    const section = inspector(page).locator("section", { has: page.getByRole("heading", { name, exact: true }) });
    await section.getByRole("button", { name: "Help on this group" }).click();
    await about(page, title);
  };
  await page.getByRole("button", { name: /^Call, / }).click();
  await group("As whom", "Credentials in a Task state");
  await group("What it gets", "Parameters in a Task state");
  await inspector(page).getByRole("tab", { name: "Errors" }).click();
  await field("On these errors", "ErrorEquals in a retrier");
  await field("Spread waits at random", "JitterStrategy in a retrier");
  await inspector(page).getByRole("tab", { name: "Input & output" }).click();
  await field("Put the result at", "ResultPath in a Task state");
  await page.getByRole("button", { name: /^Each, / }).click({ position: { x: 40, y: 10 } });
  await inspector(page).getByRole("tab", { name: "Configuration" }).click();
  await group("Rounds", "ItemProcessor in a Map state");
  await group("Where the items come from", "ItemReader in a Map state");
  await group("Batches", "ItemBatcher in a Map state");
  await group("Results", "ResultWriter in a Map state");
  assert.deepEqual(await serious(page, ".inspector"), []);
});

test("help is a command: it opens the folded inspector, and is about the pipeline when nothing is selected", async () => {
  const { page } = studio;
  await openDraft(page, server, "command", definition);
  await page.getByRole("button", { name: /^Rest, / }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("fold the inspector");
  await page.keyboard.press("Enter");
  await inspector(page).waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("help on this");
  await page.keyboard.press("Enter");
  await about(page, "Pipeline");
  await panel(page).getByRole("link", { name: "State machine structure in AWS’s documentation" }).waitFor();
});
