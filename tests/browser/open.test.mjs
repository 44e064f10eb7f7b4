// How a pipeline comes in and goes out whole: templates of SAM and CloudFormation (feature map, WS-65, WS-62), and links that
// hold the whole machine.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { draftOf, openBrowser, openDraft, serverAndStudio, shoot } from "./support.mjs";

const twoMachines = `Transform: AWS::Serverless-2016-10-31
Resources:
  Score:
    Type: AWS::Serverless::Function
  Pipeline:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionSubstitutions:
        Table: !Ref Loans
      Definition:
        StartAt: Score
        States:
          Score:
            Type: Task
            Resource: !GetAtt Score.Arn
            Next: Keep
          Keep:
            Type: Pass
            Result: \${Table}
            End: true
  Nightly:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: nightly-report
      DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}'
  Elsewhere:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachine/elsewhere.asl.json
`;

const oneMachine = JSON.stringify({
  Resources: {
    Only: {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: { Definition: { StartAt: "Hello", States: { Hello: { Type: "Pass", End: true } } } },
    },
  },
});

const { server, studio } = serverAndStudio({ clipboard: true });

/** Drops a file on the page, as a hand would from a folder. */
async function dropFile(page, name, text) {
  await page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const told = { dataTransfer, bubbles: true, cancelable: true };
      document.body.dispatchEvent(new DragEvent("dragover", told));
      document.body.dispatchEvent(new DragEvent("drop", told));
    },
    [name, text],
  );
}

/** Pastes a text on the page, outside of every field. */
async function paste(page, text) {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The drawing of the state that the open pipeline begins with. */
const state = (page, name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });

test("a template with several machines lets one pick, says what each has, and opens one as a draft with its placeholders", async () => {
  const { page } = studio;
  await page.goto(server.address);
  await page.getByLabel("Definition file").setInputFiles({ name: "template.yaml", mimeType: "application/yaml", buffer: Buffer.from(twoMachines) });
  await page.getByRole("heading", { name: "template.yaml" }).waitFor();
  const machine = (name) => page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
  await machine("Pipeline").getByText("2 states · 2 placeholders").waitFor();
  await machine("Nightly").getByText("nightly-report").waitFor();
  await machine("Nightly").getByText(/^\d+ errors?$/).waitFor();
  await machine("Elsewhere").getByText(/in another file: statemachine\/elsewhere\.asl\.json/).waitFor();
  assert.ok(await page.getByRole("button", { name: "Open Elsewhere" }).isDisabled());
  await shoot(page, "open-template");
  await page.reload();
  await page.getByRole("button", { name: "Open Pipeline" }).click();
  await state(page, "Keep").waitFor();
  assert.equal(new URL(page.url()).pathname, "/pipelines/Pipeline");
  const draft = await draftOf(page, "Pipeline");
  assert.equal(draft.machine_type, "EXPRESS");
  assert.ok(draft.text.includes("${Score.Arn}") && draft.text.includes("${Table}"), draft.text);
});

test("a template with one machine opens at once, dropped or pasted, on the first page and in the studio, and writes over nothing", async () => {
  const { page } = studio;
  await page.goto(server.address);
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
  await dropFile(page, "one.template", oneMachine);
  await state(page, "Hello").waitFor();
  assert.equal(new URL(page.url()).pathname, "/pipelines/Only");
  await paste(page, oneMachine);
  await page.waitForURL("**/pipelines/Only-2*");
  await state(page, "Hello").waitFor();
  await dropFile(page, "mine.asl.yaml", "StartAt: Third\nStates:\n  Third:\n    Type: Succeed\n");
  await page.waitForURL("**/pipelines/mine*");
  await state(page, "Third").waitFor();
  assert.ok((await draftOf(page, "Only")).text.includes("Hello"));
});

test("a file is opened from the studio with a key", async () => {
  const { page } = studio;
  await openDraft(page, server, "before", '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  // Browsers open a chooser only for somebody who has just done something on the page.
  await state(page, "A").click();
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  await (await asked).setFiles({ name: "other.asl.json", mimeType: "application/json", buffer: Buffer.from('{ "StartAt": "B", "States": { "B": { "Type": "Succeed" } } }') });
  await page.waitForURL("**/pipelines/other*");
  await state(page, "B").waitFor();
});

test("a broken template says what is wrong and where, and one without machines what it lacks", async () => {
  const { page } = studio;
  await page.goto(server.address);
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
  await dropFile(page, "broken.json", '{\n  "Resources": {\n    "A": { "Type": }\n  }\n}');
  await page.getByText(/^Line 3, column \d+: /).waitFor();
  await page.getByText(/holds no state machine/).waitFor();
  await page.getByRole("main").getByRole("link", { name: "All pipelines" }).click();
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
});

const shared = '{\n  "StartAt": "Prüfen",\n  "States": {\n    "Prüfen": { "Type": "Pass", "End": true }\n  }\n}\n';

test("the way from the studio back to all pipelines leads there", async () => {
  const { page } = studio;
  await openDraft(page, server, "back", '{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }');
  await state(page, "A").waitFor();
  await page.getByRole("link", { name: "Pipelines", exact: true }).click();
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
});

test("a link holds the whole pipeline: it opens as a draft, twice as the same one, and never over another", async () => {
  const { page } = studio;
  await openDraft(page, server, "shared", shared);
  await state(page, "Prüfen").waitFor();
  await page.keyboard.press("Alt+l");
  await page.getByText(/^The link is on the clipboard/).first().waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#pipeline=1\.[A-Za-z0-9_-]+$/);

  const other = await openBrowser();
  await other.page.goto(server.address);
  await other.page.evaluate(() => localStorage.setItem("statecraft.draft.shared", JSON.stringify({ name: "shared", text: "{}", input: "{}" })));
  for (const time of ["first", "second"]) {
    await other.page.goto("about:blank");
    await other.page.goto(link);
    await state(other.page, "Prüfen").waitFor();
    assert.equal(new URL(other.page.url()).pathname, "/pipelines/shared-2", time);
    assert.equal(new URL(other.page.url()).hash, "", time);
  }
  assert.equal((await draftOf(other.page, "shared-2")).text, shared);
  assert.equal((await draftOf(other.page, "shared")).text, "{}");
  // Put into the address of the first page while that is open.
  await other.page.goto(server.address);
  await other.page.getByRole("button", { name: "New pipeline" }).waitFor();
  await other.page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await other.page.waitForURL("**/pipelines/shared-2*");
  assert.deepEqual(other.faults, []);
  await other.close();
});

test("a link that was cut or comes from a newer studio says so and leads on", async () => {
  const { page } = studio;
  await openDraft(page, server, "cut", shared);
  await state(page, "Prüfen").waitFor();
  await page.keyboard.press("Alt+l");
  await page.getByText(/^The link is on the clipboard/).first().waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  for (const [bad, said] of [
    [link.slice(0, -9), /missing or was changed/],
    [link.replace("=1.", "=7."), /newer studio/],
    [`${server.address}/#pipeline=1.${"A".repeat(200_001)}`, /longer than any/],
  ]) {
    await page.goto("about:blank");
    await page.goto(bad);
    await page.getByRole("heading", { name: "This link cannot be opened" }).waitFor();
    await page.getByText(said).waitFor();
  }
  await shoot(page, "open-link-fault");
  await page.getByRole("main").getByRole("link", { name: "All pipelines", exact: true }).click();
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
});

test("a template makes parameters of the ARNs that are chosen, with what stands there as their default", async () => {
  const { page } = studio;
  const arn = "arn:aws:lambda:eu-west-1:123456789012:function:score";
  const topic = "arn:aws:sns:eu-west-1:123456789012:alerts";
  const task = (Resource, Parameters, rest) => ({ Type: "Task", Resource, Parameters, ...rest });
  const definition = {
    StartAt: "Score",
    States: {
      Score: task("arn:aws:states:::lambda:invoke", { FunctionName: arn }, { Next: "Tell" }),
      Tell: task("arn:aws:states:::sns:publish", { TopicArn: topic, Message: "done" }, { End: true }),
    },
  };
  await openDraft(page, server, "lift", JSON.stringify(definition, null, 2));
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "CloudFormation template…" }).click();
  const dialog = page.getByRole("dialog", { name: "Template" });
  await dialog.getByRole("checkbox", { name: /^AlertsTopicArn/ }).uncheck();
  const shown = dialog.getByRole("region", { name: "The template" });
  await shown.getByText(/ScoreFunctionArn:/).waitFor();
  await shoot(page, "template");
  await dialog.getByRole("radio", { name: "JSON" }).click();
  const coming = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download" }).click();
  const download = await coming;
  assert.equal(download.suggestedFilename(), "lift.template.json");
  const template = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.equal(template.Parameters.ScoreFunctionArn.Default, arn);
  assert.deepEqual(Object.keys(template.Parameters), ["ScoreFunctionArn"]);
  const machine = Object.values(template.Resources).find((each) => each.Type === "AWS::StepFunctions::StateMachine");
  assert.equal(machine.Properties.Definition.States.Score.Parameters.FunctionName, "${ScoreFunctionArn}");
  assert.equal(machine.Properties.Definition.States.Tell.Parameters.TopicArn, topic);
  await dialog.waitFor({ state: "hidden" });
});
