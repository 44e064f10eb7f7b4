// What the inspector says of the state that it shows: what the checks find stands at the field that can mend it, expressions
// and paths are completed and tried on sample data, and a state is tested alone (feature map, WS-24, 26 to 30, 63, WANT-05, 10).

import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE, definitionOnce, draftOf, openDraft, serverAndStudio, shoot } from "./support.mjs";

const { server, studio } = serverAndStudio();

const state = (definition) => definition.States.Work;

/** Opens a pipeline with the state Work and one after it, and selects Work; gives the inspector. */
async function open(name, work, { input = {}, ...more } = {}) {
  const { page } = studio;
  const definition = { ...more, StartAt: "Work", States: { Work: work, Done: { Type: "Succeed" } } };
  await openDraft(page, server, name, JSON.stringify(definition, null, 2), "", JSON.stringify(input));
  await page.getByRole("button", { name: /^Work, / }).click({ position: { x: 24, y: 14 } });
  return page.getByRole("complementary", { name: "Inspector" });
}

/** Waits until the stored draft says so; gives its definition. */
const until = (name, fits) => definitionOnce(studio.page, name, fits);

/** The words that describe a control for a screen reader. */
const described = (control) =>
  control.evaluate((element) =>
    element
      .getAttribute("aria-describedby")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "")
      .join(""),
  );

test("what the checks find stands at the field that holds it, with its fix, and goes when it is mended", async () => {
  const { page } = studio;
  const inspector = await open("fields", { Type: "Task", Comment: "works" });
  const resource = inspector.getByLabel("Resource", { exact: true });
  await resource.and(page.locator("[aria-invalid=true]")).waitFor();
  assert.match(await described(resource), /Error: .*needs the field Resource/);
  const next = inspector.locator(".field-box", { has: page.getByLabel("Go on to") });
  await next.getByText(/leads nowhere/).waitFor();
  await shoot(page, "inspector-findings");
  await next.getByRole("button", { name: "Connect to Done" }).click();
  await until("fields", (it) => state(it).Next === "Done");
  await resource.fill("arn:aws:lambda:us-east-1:123456789012:function:train");
  await resource.blur();
  await resource.and(page.locator("[aria-invalid=false]")).waitFor();
  assert.equal(await described(resource), "");
});

test("a tab counts what is wrong in it, the head lists what no shown field has, and a way leads there", async () => {
  const { page } = studio;
  const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:train", Strange: 1, Next: "Done" };
  const retry = [{ ErrorEquals: ["States.Timeout"] }, { ErrorEquals: ["States.ALL"], MaxAttempts: -1 }];
  const inspector = await open("tabs", { ...task, Retry: retry });
  await inspector.getByRole("tab", { name: "Errors (1 problem)" }).waitFor();
  const elsewhere = inspector.getByRole("region", { name: "What is wrong elsewhere" });
  await elsewhere.getByText(/Strange/).waitFor();
  await shoot(page, "inspector-elsewhere");
  await elsewhere.getByRole("button", { name: "Go to Errors" }).click();
  const attempts = inspector.getByLabel("Retries", { exact: true }).nth(1);
  await attempts.and(page.locator(":focus")).waitFor();
  assert.match(await described(attempts), /MaxAttempts/);
  await elsewhere.getByRole("button", { name: "Show as JSON" }).click();
  const json = inspector.getByLabel("The state as JSON");
  await json.and(page.locator(":focus")).waitFor();
  assert.match(await described(json), /Strange/);
});

test("another name keeps the forms as they are: the tab, what is open in it and its findings", async () => {
  const { page, faults } = studio;
  const task = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:train", Next: "Done" };
  const inspector = await open("renamed", { ...task, Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: -1 }] });
  await inspector.getByRole("tab", { name: "Errors (1 problem)" }).click();
  const attempts = inspector.getByLabel("Retries");
  await attempts.evaluate((field) => { window.kept = field; });
  await inspector.getByLabel("Name", { exact: true }).fill("Labour");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Labour, / }).waitFor();
  await inspector.getByRole("tab", { name: "Errors (1 problem)", selected: true }).waitFor();
  assert.ok(await attempts.evaluate((field) => field === window.kept && field.isConnected), "the field is the same one");

  // What is typed in it goes to the state under its new name.
  await attempts.fill("4");
  await attempts.blur();
  const definition = await until("renamed", (it) => it.States.Labour?.Retry[0].MaxAttempts === 4);
  assert.equal(definition.StartAt, "Labour");
  await inspector.getByRole("tab", { name: "Errors", exact: true }).waitFor();
  assert.deepEqual(faults, []);
});

test("a problem in the list of problems leads to its field, in whatever tab and part it stands", async () => {
  const { page } = studio;
  const work = { Type: "Choice", Default: "Done", Choices: [{ And: [{ Variable: "$.a", IsNull: true }, { Variable: "x", IsNull: true }], Next: "Done" }] };
  const inspector = await open("leads", work);
  await page.getByRole("button", { name: /^Done, / }).click();
  await page.getByRole("button", { name: /^[1-9] problem/ }).click();
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByRole("button", { name: /Variable|path/ }).first().click();
  const variable = inspector.getByLabel("The value at").nth(1);
  await variable.and(page.locator(":focus")).waitFor();
  await variable.and(page.locator("[aria-invalid=true]")).waitFor();
});

const lambda = { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:train", Next: "Done" };

test("a path is completed from the sample input with the keyboard, and shows its value or why it has none", async () => {
  const { page } = studio;
  const inspector = await open("paths", lambda, { input: { order: { id: 7, lines: [1, 2] } } });
  await inspector.getByRole("tab", { name: "Input & output" }).click();
  const field = inspector.getByLabel("Use this part of the input");
  await field.pressSequentially("$.or");
  const list = page.getByRole("listbox", { name: "What can stand here" });
  await list.getByRole("option", { name: /^\$\.order object/, selected: true }).waitFor();
  await shoot(page, "inspector-completion");
  await field.press("ArrowDown");
  await list.getByRole("option", { name: /^\$\.order\.id/, selected: true }).waitFor();
  await field.press("Escape");
  await list.waitFor({ state: "detached" });
  assert.equal(await field.inputValue(), "$.or");
  await inspector.getByText("The path $.or leads to nothing.").waitFor();
  await field.pressSequentially("d");
  await list.getByRole("option").first().waitFor();
  await field.press("Enter");
  assert.equal(await field.inputValue(), "$.order");
  const tried = inspector.locator(".tried", { hasText: "On the sample input" });
  await tried.getByText('"lines"').waitFor();
  await shoot(page, "inspector-preview");
  await field.press("Enter");
  await until("paths", (it) => state(it).InputPath === "$.order");
});

test("an expression is completed with signatures, explained where the cursor and the pointer are, and tried live", async () => {
  const { page } = studio;
  const work = { ...lambda, Arguments: { total: "{% 1 %}" } };
  const inspector = await open("expressions", work, { QueryLanguage: "JSONata", input: { prices: [2, 3] } });
  await inspector.getByRole("radio", { name: "Fields" }).click();
  const field = inspector.getByLabel("total", { exact: true });
  await field.fill("$coun");
  const list = page.getByRole("listbox", { name: "What can stand here" });
  await list.getByRole("option", { name: /^\$count/, selected: true }).waitFor();
  await field.press("Tab");
  assert.match(await field.inputValue(), /^\$count/);
  await field.and(page.locator(":focus")).waitFor();
  await field.fill("$sum($states.input.prices)");
  const box = inspector.locator(".field-box", { has: page.getByLabel("total", { exact: true }) });
  await box.locator(".tried", { hasText: "On the sample input" }).getByText("5", { exact: true }).waitFor();
  await field.evaluate((area) => area.setSelectionRange(2, 2));
  await field.press("ArrowRight");
  await box.locator(".told", { hasText: /\$sum/ }).waitFor();
  const place = await field.boundingBox();
  await page.mouse.move(place.x + 14, place.y + 14);
  await page.mouse.move(place.x + 18, place.y + 14);
  await page.getByRole("tooltip").getByText(/\$sum/).first().waitFor();
  await shoot(page, "inspector-expression");
  await field.fill("$sum($states.input.");
  await box.locator(".tried-fault").waitFor();
  // The first one closes the list, the second one takes the entry back.
  await field.press("Escape");
  await list.waitFor({ state: "detached" });
  await field.press("Escape");
  assert.equal(await field.inputValue(), "1");
});

test("a payload with expressions shows what all of it gives, and says how to know what is not known", async () => {
  const { page } = studio;
  const inspector = await open("payloads", { ...lambda, Assign: { best: "{% $states.result.score %}" } }, { QueryLanguage: "JSONata", input: { id: 7 } });
  await inspector.getByRole("tab", { name: "Input & output" }).click();
  const output = inspector.getByLabel("Arguments", { exact: true });
  await output.fill('{"id": "{% $states.input.id + 1 %}", "kind": "new"}');
  await inspector.locator(".tried", { hasText: "On the sample input" }).getByText("8", { exact: true }).waitFor();
  await inspector.getByRole("tab", { name: "Variables" }).click();
  await inspector.getByLabel("Set", { exact: true }).focus();
  await inspector.getByText(/What the work gives is not known/).waitFor();
});

test("an expression in a box of JSON is completed while the JSON is broken, and its value is shown by itself", async () => {
  const { page } = studio;
  const input = { score: 0.5, 'a "b"': 7 };
  const inspector = await open("boxes", { ...lambda, Arguments: { old: 1 } }, { QueryLanguage: "JSONata", input });
  await inspector.getByRole("tab", { name: "Input & output" }).click();
  const box = inspector.getByLabel("Arguments", { exact: true });
  const around = inspector.locator(".field-box", { has: page.getByLabel("Arguments", { exact: true }) });
  const value = async (expected) => assert.equal(await box.inputValue(), expected);
  await box.fill("");
  await box.pressSequentially('{"score": "{% $states.input.sc');
  const list = page.getByRole("listbox", { name: "What can stand here" });
  const option = list.getByRole("option", { name: /^score/, selected: true });
  await option.waitFor();
  assert.equal(await box.getAttribute("aria-activedescendant"), await option.getAttribute("id"));
  await shoot(page, "inspector-json-completion");
  await box.press("Tab");
  await box.and(page.locator(":focus")).waitFor();
  await value('{"score": "{% $states.input.score"');
  const tried = around.locator(".tried", { hasText: "On the sample input, at the cursor" });
  await tried.getByText("0.5", { exact: true }).waitFor();
  await box.pressSequentially(" * 2 %}");
  await tried.getByText("1", { exact: true }).waitFor();

  // What needs quotes gets them escaped; what is typed before the list follows counts.
  await box.press("End");
  await box.pressSequentially(', "b": "{% $states.input.');
  await list.getByRole("option", { name: /^a/ }).waitFor();
  await box.pressSequentially("a");
  await box.press("Enter");
  await value('{"score": "{% $states.input.score * 2 %}", "b": "{% $states.input.`a \\"b\\"`"');
  await tried.getByText("7", { exact: true }).waitFor();
  const { scrollLeft, scrollWidth, clientWidth } = await box.evaluate(({ scrollLeft, scrollWidth, clientWidth }) => ({ scrollLeft, scrollWidth, clientWidth }));
  assert.ok(scrollLeft + clientWidth > scrollWidth - 30, `the end of the line is in sight: ${scrollLeft}, ${clientWidth}, ${scrollWidth}`);
  await shoot(page, "inspector-json-preview");
  await box.pressSequentially(" %}");
  await box.press("End");
  await box.pressSequentially("}");
  await around.locator(".tried", { hasText: /^On the sample input\s*\{/ }).getByText('"score"').waitFor();
  await box.blur();
  const stored = await until("boxes", (it) => state(it).Arguments.b);
  assert.deepEqual(state(stored).Arguments, { score: "{% $states.input.score * 2 %}", b: '{% $states.input.`a "b"` %}' });
});

test("a path in a box of JSON is taken by mouse; Escape closes the list alone, and Tab leaves a box without one", async () => {
  const { page } = studio;
  const inspector = await open("boxed", { ...lambda, Parameters: { old: 1 } }, { input: { order: { id: 7 } } });
  await inspector.getByRole("tab", { name: "Input & output" }).click();
  const box = inspector.getByLabel("Put together for the work", { exact: true });
  const list = page.getByRole("listbox", { name: "What can stand here" });
  await box.fill("");
  await box.pressSequentially('{\n  "id.$": "$.or');
  await list.getByRole("option", { name: /^\$\.order object/, selected: true }).waitFor();
  await box.press("Escape");
  await list.waitFor({ state: "detached" });
  assert.equal(await box.inputValue(), '{\n  "id.$": "$.or');
  await box.and(page.locator(":focus")).waitFor();
  await box.press("Control+ ");
  await list.getByRole("option", { name: /^\$\.order\.id/ }).click();
  assert.equal(await box.inputValue(), '{\n  "id.$": "$.order.id"');
  await box.and(page.locator(":focus")).waitFor();

  // An entry whose last change was an offer is kept like any other.
  await box.fill('{"id.$": "$.order.i"}');
  for (let back = 0; back < 2; back += 1) await box.press("ArrowLeft");
  await box.press("Control+ ");
  await list.getByRole("option", { name: /^\$\.order\.id/, selected: true }).waitFor();
  await box.press("Enter");
  await list.waitFor({ state: "detached" });
  await box.press("Tab");
  await box.and(page.locator(":not(:focus)")).waitFor();
  await until("boxed", (it) => state(it).Parameters["id.$"] === "$.order.id");
});

test("the state as JSON completes names and explains what is at the cursor", async () => {
  const { page } = studio;
  const work = { Type: "Pass", Output: "{% $sum([1, 2]) %}", Next: "Done" };
  const inspector = await open("raw", work, { QueryLanguage: "JSONata" });
  await inspector.getByRole("button", { name: "Show as JSON" }).click();
  const json = inspector.getByLabel("The state as JSON");
  const around = inspector.locator(".field-box", { has: page.getByLabel("The state as JSON") });
  const text = await json.inputValue();
  const place = text.indexOf("$sum") + 2;
  await json.focus();
  await json.evaluate((area, at) => area.setSelectionRange(at, at), place);
  await json.press("ArrowRight");
  await around.locator(".told", { hasText: /\$sum/ }).waitFor();
  await around.locator(".tried").getByText("3", { exact: true }).waitFor();
  const list = page.getByRole("listbox", { name: "What can stand here" });
  await json.evaluate((area) => area.setSelectionRange(1, 1));
  await json.pressSequentially('\n  "Comm');
  await list.getByRole("option", { name: /^Comment/, selected: true }).waitFor();
  await json.press("Enter");
  await json.pressSequentially("sums");
  await json.blur();
  await until("raw", (it) => state(it).Comment === "sums");
});

test("a state is tested alone: each value on its way, what takes its error, and its mock becomes the sample result", async () => {
  const { page } = studio;
  const work = {
    ...lambda,
    InputPath: "$.order",
    ResultSelector: { "score.$": "$.score" },
    ResultPath: "$.found",
    Assign: { "best.$": "$.score" },
    Catch: [{ ErrorEquals: ["Busy"], Next: "Done" }],
  };
  const inspector = await open("tested", work, { input: { order: { id: 7 } } });
  await inspector.getByRole("button", { name: "Test this state" }).click();
  const dialog = page.getByRole("dialog", { name: "Test “Work”" });
  assert.match(await dialog.getByLabel("Input", { exact: true }).inputValue(), /"id": 7/);
  await dialog.getByLabel("Result", { exact: true }).fill('{"score": 0.5');
  await dialog.getByText(/^Line 1, column/).waitFor();
  await dialog.getByRole("button", { name: "Run the test" }).click();
  await dialog.getByText("Mend what is marked first.").waitFor();
  await dialog.getByLabel("Result", { exact: true }).fill('{"score": 0.5}');
  await dialog.getByRole("button", { name: "Run the test" }).click();
  await dialog.getByText("It succeeds").waitFor();
  await dialog.getByText("Goes on to Done").waitFor();
  const names = await dialog.locator(".test-steps code").allTextContents();
  assert.deepEqual(names, ["input", "afterInputPath", "afterParameters", "result", "afterResultSelector", "afterResultPath", "output", "variables"]);
  await dialog.getByLabel("Variables", { exact: true }).getByText("0.5").waitFor();
  await shoot(page, "test-state");
  await dialog.getByRole("button", { name: "Use as sample result" }).click();
  await dialog.getByRole("radio", { name: "Fails" }).click();
  await dialog.getByLabel("Error", { exact: true }).fill("Busy");
  await dialog.getByLabel("Error", { exact: true }).press("Control+Enter");
  await dialog.getByText("Catch rule 1 takes it.").waitFor();
  await dialog.getByText("CAUGHT_ERROR").waitFor();
  await page.keyboard.press("Escape");
  const end = Date.now() + PATIENCE;
  while (!(await draftOf(page, "tested")).mocks?.includes("0.5")) {
    if (Date.now() > end) assert.fail("the sample result was not kept");
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.getByRole("button", { name: /^Work, / }).press("t");
  await dialog.getByText("CAUGHT_ERROR").waitFor();
});

test("a Map and a Parallel are tested with the results of what is in them, and variables come into a test", async () => {
  const { page } = studio;
  const inner = { StartAt: "Each", States: { Each: { Type: "Pass", End: true } } };
  const work = { Type: "Map", Items: "{% $states.input.items %}", ItemProcessor: inner, Output: "{% $sum($states.result) * $rate %}", Next: "Done" };
  await open("maps", work, { QueryLanguage: "JSONata", input: { items: [1, 2] } });
  await page.getByRole("button", { name: /^Work, / }).click({ button: "right", position: { x: 24, y: 14 } });
  await page.getByRole("menuitem", { name: /^Test this state/ }).click();
  const dialog = page.getByRole("dialog", { name: "Test “Work”" });
  await dialog.getByLabel("Results of the iterations").fill("[3, 4]");
  await dialog.getByText("Variables, context and what happened before").click();
  await dialog.getByRole("textbox", { name: "Variables" }).fill('{"rate": 10}');
  await dialog.getByRole("button", { name: "Run the test" }).click();
  await dialog.getByLabel("Output", { exact: true }).getByText("70").waitFor();
  await page.keyboard.press("Escape");
});

test("that a state cannot be tested while the code has a fault is said, with the place", async () => {
  const { page } = studio;
  await openDraft(page, server, "faulty", '{"StartAt": "Work", "States": {"Work": {"Type": "Pass", "End": true,}}');
  await page.getByRole("button", { name: /^[1-9] problem/ }).waitFor();
  await page.keyboard.press("F1");
  const finder = page.getByRole("dialog").getByRole("combobox");
  await finder.fill("Test this state");
  await page.getByRole("option", { name: /Test this state/ }).getByText(/line 1/).waitFor();
});

test("a payload beyond 256 KiB is told at its field before anything runs, and a dry run fails as on AWS", async () => {
  const { page } = studio;
  const inspector = await open("large", { Type: "Pass", Result: { text: "x".repeat(270_000) }, Next: "Done" });
  const box = inspector.locator(".field-box", { has: page.getByLabel("A fixed result") });
  await box.getByText(/more than 256 KiB/).waitFor();
  await page.getByRole("button", { name: "1 problem", exact: true }).waitFor();
  await page.getByRole("button", { name: "Dry run", exact: true }).click();
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await dryRun.getByRole("button", { name: "Run", exact: true }).last().click();
  await dryRun.getByText(/States\.DataLimitExceeded/).first().waitFor();
});

test("a definition that comes near to the length that AWS takes is told before it is deployed", async () => {
  const { page } = studio;
  const definition = { Comment: "x".repeat(1_000_000), StartAt: "Work", States: { Work: { Type: "Succeed" } } };
  await openDraft(page, server, "long", JSON.stringify(definition));
  await page.getByRole("region", { name: "What is wrong elsewhere" }).getByText(/of the 1048576 characters/).waitFor();
});

test("a condition nests, compares with another path, and each part of it shows its own findings", async () => {
  const { page } = studio;
  const rule = { Variable: "$.score", NumericGreaterThan: 1, Next: "Done" };
  const inspector = await open("nested", { Type: "Choice", Choices: [rule], Default: "Done" }, { input: { score: 3, limit: 2 } });
  await inspector.getByLabel("Condition", { exact: true }).selectOption("All of these hold");
  await inspector.getByRole("button", { name: "Add a condition" }).click();
  await inspector.getByLabel("Condition", { exact: true }).nth(2).selectOption("This does not hold");
  await inspector.getByLabel("Comparison", { exact: true }).nth(1).selectOption("is at least the number at");
  const limit = inspector.getByLabel("Value", { exact: true }).nth(1);
  await limit.fill("limit");
  await limit.press("Enter");
  await limit.and(page.locator("[aria-invalid=true]")).waitFor();
  await limit.fill("$.limit");
  await inspector.locator(".tried", { hasText: "On the sample input" }).getByText("2", { exact: true }).waitFor();
  await limit.blur();
  const definition = await until("nested", (it) => state(it).Choices[0].And?.[1].Not?.NumericGreaterThanEqualsPath === "$.limit");
  const { And, ...rest } = state(definition).Choices[0];
  assert.deepEqual(rest, { Next: "Done" });
  assert.deepEqual(And[0], { Variable: "$.score", NumericGreaterThan: 1 });
  await shoot(page, "inspector-condition");
});

test("a condition in JSONata is fixed or an expression, and a retrier's placeholder is not lost", async () => {
  const inspector = await open("conditions", { Type: "Choice", Choices: [{ Condition: "{% true %}", Next: "Done" }], Default: "Done" }, { QueryLanguage: "JSONata" });
  const condition = inspector.getByLabel("Condition", { exact: true });
  await condition.fill("$states.input.x > 3");
  await condition.press("Control+Enter");
  await until("conditions", (it) => state(it).Choices[0].Condition === "{% $states.input.x > 3 %}");
  const placeholder = await open("retriers", { ...lambda, Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: "${Tries}" }] });
  await placeholder.getByRole("tab", { name: /^Errors/ }).click();
  const tries = placeholder.getByLabel("Retries", { exact: true });
  assert.equal(await tries.inputValue(), '"${Tries}"');
  await tries.fill("4");
  await tries.blur();
  await until("retriers", (it) => state(it).Retry[0].MaxAttempts === 4);
});
