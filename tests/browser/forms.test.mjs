// What is filled into the inspector's forms, chosen in menus and moved at the panels stands in the definition, and what the
// definition holds stands in the forms (feature map, WS-12, 13, 16, 20 to 29, 31, 44, 80 to 82, 84).

import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE, definitionOnce, draftOf, openDraft, serverAndStudio, shoot } from "./support.mjs";

const work = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Next: "Done" };
const paths = { StartAt: "Work", States: { Work: work, Done: { Type: "Succeed" } } };
const expressions = { QueryLanguage: "JSONata", ...paths };

const { server, studio } = serverAndStudio();

/** Opens a definition with its state Work selected; gives the inspector. */
async function open(name, definition) {
  const { page } = studio;
  await openDraft(page, server, name, typeof definition === "string" ? definition : JSON.stringify(definition, null, 2));
  await page.getByRole("button", { name: /^Work, / }).click({ position: { x: 24, y: 14 } });
  return page.getByRole("complementary", { name: "Inspector" });
}

/** Waits until the stored draft says so; gives its definition. */
const until = (name, fits) => definitionOnce(studio.page, name, fits);

async function fill(inspector, label, text) {
  const field = inspector.getByLabel(label, { exact: true });
  await field.fill(text);
  await field.blur();
}

/** Waits until a field shows a value; the field may be drawn anew meanwhile. Says what it showed when it never does. */
async function waitForValue(field, value) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const shown = await field.inputValue();
    if (shown === value) return;
    assert.ok(Date.now() < end, `the field still shows ${shown}`);
    await studio.page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const state = (definition) => definition.States.Work;

test("who does the work and how long it is waited for stand in the resource", async () => {
  const inspector = await open("workers", paths);
  await inspector.getByLabel("Wait", { exact: true }).selectOption("Until somebody sends the answer");
  await until("workers", (it) => state(it).Resource === "arn:aws:states:::lambda:invoke.waitForTaskToken");
  await inspector.getByLabel("Who does it").selectOption("A Lambda function");
  await fill(inspector, "Function", "train");
  await until("workers", (it) => state(it).Resource === "arn:aws:lambda:us-east-1:123456789012:function:train");
  await fill(inspector, "Resource", "${TrainFunctionArn}");
  await until("workers", (it) => state(it).Resource === "${TrainFunctionArn}");
  await studio.page.getByRole("button", { name: "No problems" }).waitFor();
});

test("a call of AWS's API is told in words, exchanged for another one of its service, and waits for a token", async () => {
  const { page, faults } = studio;
  const stream = { ...work, Resource: "arn:aws:states:::aws-sdk:cloudwatchlogs:createLogStream", Parameters: {} };
  const inspector = await open("sdk-call", { ...paths, States: { ...paths.States, Work: stream } });
  const action = inspector.getByRole("combobox", { name: "Action", exact: true });
  await waitForValue(action, "CloudWatch Logs: CreateLogStream");
  await inspector.getByText(/The API reference of AWS lists what .* CreateLogStream takes/).waitFor();
  await inspector.getByLabel("Parameters", { exact: true }).waitFor();
  await action.fill("createloggroup");
  await page.getByRole("option", { name: "CloudWatch Logs: CreateLogGroup" }).waitFor();
  await action.press("Enter");
  await until("sdk-call", (it) => state(it).Resource === "arn:aws:states:::aws-sdk:cloudwatchlogs:createLogGroup");
  await waitForValue(action, "CloudWatch Logs: CreateLogGroup");
  const wait = inspector.getByLabel("Wait", { exact: true });
  assert.deepEqual(await wait.locator("option").allTextContents(), ["Until the request was taken", "Until somebody sends the answer"]);
  await wait.selectOption("Until somebody sends the answer");
  await until("sdk-call", (it) => state(it).Resource === "arn:aws:states:::aws-sdk:cloudwatchlogs:createLogGroup.waitForTaskToken");
  await waitForValue(action, "CloudWatch Logs: CreateLogGroup");
  assert.deepEqual(faults, []);
});

test("each parameter of a task's call has a field, others are found by typing, and each can be taken from data", async () => {
  const { page } = studio;
  const inspector = await open("parameters", paths);
  await fill(inspector, "FunctionName", "train");
  await until("parameters", (it) => state(it).Parameters?.FunctionName === "train");
  const finder = inspector.getByRole("combobox", { name: "Add a parameter" });
  await finder.fill("Qualif");
  await finder.press("Enter");
  await fill(inspector, "Qualifier", "live");
  await finder.fill("Strange");
  await finder.press("Enter");
  await fill(inspector, "Strange", "kept");
  await until("parameters", (it) => state(it).Parameters.Strange === "kept");
  await inspector.getByRole("button", { name: "Take FunctionName from data" }).click();
  await fill(inspector, "FunctionName", "$.function");
  const definition = await until("parameters", (it) => state(it).Parameters["FunctionName.$"] === "$.function");
  assert.deepEqual(Object.entries(state(definition).Parameters), [
    ["FunctionName.$", "$.function"],
    ["Qualifier", "live"],
    ["Strange", "kept"],
  ]);
  await shoot(page, "forms-parameters");
  await inspector.getByRole("button", { name: "Remove Strange" }).click();
  await until("parameters", (it) => !("Strange" in state(it).Parameters));
  await inspector.getByRole("radio", { name: "JSON" }).click();
  await inspector.getByLabel("Parameters", { exact: true }).waitFor();
});

test("the role of a task, its limits and its own query language have fields, fixed or taken from data", async () => {
  const inspector = await open("roles", paths);
  await fill(inspector, "Role", "arn:aws:iam::123456789012:role/train");
  await until("roles", (it) => state(it).Credentials?.RoleArn === "arn:aws:iam::123456789012:role/train");
  await inspector.getByRole("button", { name: "Take Role from data" }).click();
  await until("roles", (it) => state(it).Credentials["RoleArn.$"] === "$.roleArn");
  await fill(inspector, "Role", "");
  await until("roles", (it) => !("Credentials" in state(it)));
  await inspector.getByLabel("Expressions", { exact: true }).selectOption("JSONata");
  await until("roles", (it) => state(it).QueryLanguage === "JSONata");
  await inspector.getByLabel("Expressions", { exact: true }).selectOption({ index: 0 });
  await until("roles", (it) => !("QueryLanguage" in state(it)));
  await inspector.getByRole("tab", { name: "Errors" }).click();
  await inspector.getByRole("button", { name: "Take Stop after from data" }).click();
  await fill(inspector, "Stop after", "$.limit");
  await until("roles", (it) => state(it).TimeoutSecondsPath === "$.limit");
});

test("a distributed Map has fields for its reader, its batches, what it bears and where its results go", async () => {
  const { page } = studio;
  const inner = { StartAt: "Each", States: { Each: { Type: "Pass", End: true } } };
  const map = { Type: "Map", ItemProcessor: { ProcessorConfig: { Mode: "INLINE" }, ...inner }, Next: "Done" };
  const inspector = await open("maps", { StartAt: "Work", States: { Work: map, Done: { Type: "Succeed" } } });
  await inspector.getByLabel("They run").selectOption("DISTRIBUTED");
  await inspector.getByLabel("They come from").selectOption("An S3 object: JSON, CSV, a manifest…");
  await inspector.getByLabel("Format", { exact: true }).first().selectOption("CSV");
  await inspector.getByLabel("Names of the columns").selectOption("GIVEN");
  await fill(inspector, "Columns", '["id"]');
  await inspector.getByLabel("Between columns").selectOption("TAB");
  await fill(inspector, "Key", "all.csv");
  await fill(inspector, "At most", "50");
  await fill(inspector, "Items in a batch", "10");
  await inspector.getByRole("button", { name: "Take At once from data" }).click();
  await fill(inspector, "Or as a number", "3");
  await inspector.getByLabel("They go into").selectOption("Objects in an S3 bucket");
  const definition = await until("maps", (it) => state(it).ResultWriter);
  await shoot(page, "forms-map");
  const { Type, Next, ItemProcessor, ...fields } = state(definition);
  assert.deepEqual(ItemProcessor.ProcessorConfig, { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" });
  assert.deepEqual(fields, {
    ItemReader: {
      Resource: "arn:aws:states:::s3:getObject",
      ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["id"], CSVDelimiter: "TAB", MaxItems: 50 },
      Parameters: { Bucket: "my-bucket", Key: "all.csv" },
    },
    ItemBatcher: { MaxItemsPerBatch: 10 },
    MaxConcurrencyPath: "$.maxConcurrency",
    ToleratedFailureCount: 3,
    ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "my-bucket", Prefix: "results" } },
  });
});

test("rules and catchers have fields for their notes and variables", async () => {
  const choice = { Type: "Choice", Choices: [{ Variable: "$.x", IsPresent: true, Next: "Done" }], Default: "Done" };
  const inspector = await open("rules", { StartAt: "Work", States: { Work: choice, Done: { Type: "Succeed" } } });
  await inspector.getByText("Note, variables and output").click();
  await fill(inspector.locator(".more"), "Note", "the usual way");
  await fill(inspector, "Set variables", '{"seen": true}');
  const definition = await until("rules", (it) => state(it).Choices[0].Assign);
  assert.deepEqual(state(definition).Choices[0], { ...choice.Choices[0], Comment: "the usual way", Assign: { seen: true } });
});

test("a state's own JSON is one click away and is changed as one step", async () => {
  const { page } = studio;
  const inspector = await open("raw", paths);
  await inspector.getByRole("button", { name: "Show as JSON" }).click();
  await fill(inspector, "The state as JSON", '{"Type": "Pass", "Unknown": 1, "Next": "Done"}');
  await until("raw", (it) => state(it).Type === "Pass" && state(it).Unknown === 1);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await until("raw", (it) => state(it).Resource === work.Resource);
});

test("a state is converted to JSONata after a look at what changes, in one step", async () => {
  const { page } = studio;
  const reads = { ...work, Parameters: { "FunctionName.$": "$.f", Payload: {} } };
  const inspector = await open("converted", { StartAt: "Work", States: { Work: reads, Done: { Type: "Succeed" } } });
  await inspector.getByRole("button", { name: "More for this state" }).click();
  await page.getByRole("menuitem", { name: "Convert to JSONata…" }).click();
  const dialog = page.getByRole("dialog", { name: "Convert to JSONata" });
  await dialog.getByText("1 state would be written in JSONata.").waitFor();
  await dialog.getByText("$states.input.f").first().waitFor();
  await shoot(page, "forms-convert");
  await dialog.getByRole("button", { name: "Convert", exact: true }).click();
  const definition = await until("converted", (it) => state(it).QueryLanguage === "JSONata");
  assert.match(state(definition).Arguments.FunctionName, /states\.input\.f/);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await until("converted", (it) => state(it).Parameters);
});

test("paths of a state's data are filled in their fields, with nothing as a choice of its own", async () => {
  const inspector = await open("paths", paths);
  await inspector.getByRole("tab", { name: "Input & output" }).click();
  await fill(inspector, "Use this part of the input", "$.order");
  await fill(inspector, "Put together for the work", '{"id.$": "$.id"}');
  await fill(inspector, "Keep of the result", '{"score.$": "$.Payload.score"}');
  await fill(inspector, "Put the result at", "$.scored");
  await inspector.getByRole("switch", { name: "Nothing", exact: true }).click();
  const definition = await until("paths", (it) => state(it).OutputPath === null);
  assert.deepEqual(state(definition), {
    ...work,
    InputPath: "$.order",
    Parameters: { "id.$": "$.id" },
    ResultSelector: { "score.$": "$.Payload.score" },
    ResultPath: "$.scored",
    OutputPath: null,
  });
});

test("arguments, output and variables of a state that uses JSONata are filled in their fields", async () => {
  const inspector = await open("expressions", expressions);
  await inspector.getByRole("tab", { name: "Input & output" }).click();
  await fill(inspector, "Arguments", '{"id": "{% $states.input.id %}"}');
  await fill(inspector, "Output", '"{% $states.result.Payload %}"');
  await inspector.getByRole("tab", { name: "Variables" }).click();
  await fill(inspector, "Set", '{"best": "{% $states.result.score %}"}');
  const definition = await until("expressions", (it) => state(it).Assign);
  assert.deepEqual(state(definition), {
    ...work,
    Arguments: { id: "{% $states.input.id %}" },
    Output: "{% $states.result.Payload %}",
    Assign: { best: "{% $states.result.score %}" },
  });
});

test("retriers and catchers are added and filled in the tab of errors", async () => {
  const { page } = studio;
  const inspector = await open("errors", paths);
  await inspector.getByRole("tab", { name: "Errors" }).click();
  await inspector.getByRole("button", { name: "Add a retry rule" }).click();
  await fill(inspector, "Retries", "5");
  await inspector.getByRole("button", { name: "Add a catch rule" }).click();
  const definition = await until("errors", (it) => state(it).Catch && state(it).Retry?.[0].MaxAttempts === 5);
  assert.deepEqual(state(definition).Retry, [
    { ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 2, MaxAttempts: 5, BackoffRate: 2 },
  ]);
  assert.equal(state(definition).Catch.length, 1);
  await page.getByRole("button", { name: /^Work, Task/ }).waitFor();
});

test("the menu of a state duplicates it, and its delete key takes it away again", async () => {
  const { page } = studio;
  await open("menus", paths);
  const node = page.getByRole("button", { name: /^Work, Task/ });
  await node.click({ button: "right" });
  await page.getByRole("menuitem", { name: /^Duplicate/ }).click();
  await until("menus", (it) => Object.keys(it.States).length === 3);
  await page.keyboard.press("Delete");
  await until("menus", (it) => Object.keys(it.States).length === 2);
});

test("a state that is selected on the canvas is marked in the code, and the cursor in the code selects its state", async () => {
  const { page } = studio;
  await openDraft(page, server, "both", JSON.stringify(paths, null, 2), "?view=split");
  await page.getByRole("button", { name: /^Work, / }).click();
  await page.locator(".cm-line.cm-state", { hasText: "lambda:invoke" }).waitFor();
  await page.locator(".cm-line", { hasText: "Succeed" }).click();
  await page.getByRole("button", { name: /^Done, /, pressed: true }).waitFor();
});

test("panels take the size that they are given with the keyboard, fold, and keep it", async () => {
  const { page } = studio;
  await open("panels", paths);
  const line = page.getByRole("separator", { name: "Width of the inspector" });
  await line.focus();
  const before = Number(await line.getAttribute("aria-valuenow"));
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("separator", { name: "Width of the inspector" }).and(page.locator(`[aria-valuenow="${before + 16}"]`)).waitFor();
  await page.reload();
  await page.locator(`[role=separator][aria-valuenow="${before + 16}"]`).waitFor();
  await line.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Show the inspector" }).click();
  await page.getByRole("complementary", { name: "Inspector" }).waitFor();
});

test("a template's placeholders, also without quotes, are drawn, kept and no problem", async () => {
  const { page } = studio;
  const text = '{"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "${Train}", "TimeoutSeconds": ${Limit}, "End": true}}}';
  await open("template", text);
  await page.getByRole("button", { name: "No problems" }).waitFor();
  assert.equal((await draftOf(page, "template")).text, text);
});
