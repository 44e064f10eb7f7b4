// Runs and reviews that do not go the straight way: a Map, a stop, a redrive, a rejection, an answer that comes too late.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aws, deploy, serverAndStudio, shoot } from "./support.mjs";

const { server, studio } = serverAndStudio();

const start = (stateMachineArn, name, input = {}) =>
  aws(server, "StartExecution", { stateMachineArn, name, input: JSON.stringify(input) });

test("the address of a run with a Map holds the selected state and the tab", async () => {
  const { page, faults } = studio;
  const each = { StartAt: "One", States: { One: { Type: "Pass", End: true } } };
  const arn = await deploy(server, "list", {
    StartAt: "Each",
    States: { Each: { Type: "Map", ItemProcessor: each, End: true } },
  });
  await start(arn, "three", [1, 2, 3]);
  await page.goto(`${server.address}/pipelines/list/runs/three`);
  await page.getByRole("heading", { name: /^Succeeded in/ }).waitFor();
  await page.getByRole("row", { name: /One.*Succeeded.*3 visits/ }).waitFor();
  await page.getByRole("button", { name: /^One, Pass/ }).click();
  await page.waitForURL(/state=%2FStates%2FEach%2FItemProcessor%2FStates%2FOne$/);
  await page.getByRole("combobox", { name: "Visit" }).selectOption("Item 2");
  await shoot(page, "map");

  // Somebody else opens the link.
  await page.reload();
  await page.getByRole("button", { name: /^One, Pass/, pressed: true }).waitFor();
  await page.getByRole("tab", { name: /^Events/ }).click();
  await page.waitForURL(/&tab=events$/);
  await page.reload();
  await page.getByRole("tab", { name: /^Events/, selected: true }).waitFor();
  assert.deepEqual(faults, []);
});

test("the drawing of a run is walked with the keys", async () => {
  const { page, faults } = studio;
  const arn = await deploy(server, "walk", { StartAt: "One", States: { One: { Type: "Pass", Next: "Two" }, Two: { Type: "Pass", End: true } } });
  await start(arn, "once");
  await page.goto(`${server.address}/pipelines/walk/runs/once`);
  await page.getByRole("button", { name: /^One, Pass/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("button", { name: /^Two, Pass/, pressed: true }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: /^One, Pass/, pressed: true }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("0");
  await page.locator(".percent").filter({ hasText: "100%" }).waitFor();
  assert.deepEqual(faults, []);
});

test("the drawing of a long run follows it until a hand moves it", async () => {
  const { page, faults } = studio;
  const { activityArn } = await aws(server, "CreateActivity", { name: "long-way" });
  const names = Array.from({ length: 60 }, (_, i) => `Step ${i}`);
  const pass = (name, i) => [name, { Type: "Pass", Next: names[i + 1] ?? "Work" }];
  const work = (Next) => ({ Type: "Task", Resource: activityArn, Next });
  const States = { ...Object.fromEntries(names.map(pass)), Work: work("More"), More: work("Last"), Last: { Type: "Fail", Error: "Empty" } };
  const arn = await deploy(server, "long-way", { StartAt: names[0], States });
  await start(arn, "to-the-end");
  await page.goto(`${server.address}/pipelines/long-way/runs/to-the-end`);
  const shown = (name) =>
    page.waitForFunction((at) => {
      const place = (selector) => document.querySelector(selector)?.getBoundingClientRect();
      const [drawing, state] = [place(".run-live"), place(`[data-state="${at}"]`)];
      return drawing && state && state.top >= drawing.top && state.bottom <= drawing.bottom;
    }, `/States/${name}`);
  await shown("Work");
  await answer(activityArn, "SendTaskSuccess", { output: "{}" });
  await shown("More");
  assert.equal(await page.locator('[data-state][aria-pressed="true"]').count(), 0);
  await shoot(page, "long-run");

  await page.locator(".run-live").hover();
  await page.mouse.wheel(0, -1500);
  const place = () => page.locator(".run-live .graph").evaluate((graph) => graph.style.transform);
  const moved = await place();
  await answer(activityArn, "SendTaskSuccess", { output: "{}" });
  await page.getByRole("heading", { name: /^Failed in Last/ }).waitFor();
  await page.getByRole("row", { name: /^Last / }).waitFor();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await place(), moved);
  assert.deepEqual(faults, []);
});

test("a run is stopped with a reason that stays with it", async () => {
  const { page, faults } = studio;
  const arn = await deploy(server, "slow", {
    StartAt: "Rest",
    States: { Rest: { Type: "Wait", Seconds: 600, End: true } },
  });
  await start(arn, "long");
  await page.goto(`${server.address}/pipelines/slow/runs/long`);
  await page.getByRole("heading", { name: /^Waiting in Rest/ }).waitFor();
  await page.getByRole("button", { name: "Stop…" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop long?" });
  await dialog.getByLabel(/^Why/).fill("wrong input");
  await dialog.getByRole("button", { name: "Stop the run" }).click();
  await page.getByRole("heading", { name: /^Stopped in Rest/ }).waitFor();
  await page.getByText("wrong input").first().waitFor();
  await page.getByRole("button", { name: "Stop…" }).waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
});

/** Takes the next task of an activity and answers it with this operation. */
async function answer(activityArn, operation, more) {
  const { taskToken } = await aws(server, "GetActivityTask", { activityArn });
  await aws(server, operation, { taskToken, ...more });
}

test("a run that failed is redriven from its page, goes on live and succeeds", async () => {
  const { page, context, faults } = studio;
  const { activityArn } = await aws(server, "CreateActivity", { name: "mend" });
  const arn = await deploy(server, "mended", {
    StartAt: "Work",
    States: { Work: { Type: "Task", Resource: activityArn, End: true } },
  });
  const { executionArn } = await start(arn, "again");
  await answer(activityArn, "SendTaskFailure", { error: "Broken", cause: "no disk" });
  await page.goto(`${server.address}/pipelines/mended/runs/again`);
  await page.getByRole("heading", { name: /^Failed in Work/ }).waitFor();
  await shoot(page, "redrive-failed");
  await page.getByRole("button", { name: "Redrive…", disabled: false }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Redrive again?" });
  await dialog.getByText("The run goes on where it failed. What has succeeded is kept.").waitFor();
  await shoot(page, "redrive-asked");
  await dialog.getByRole("button", { name: "Redrive the run" }).click();
  await page.getByRole("heading", { name: /^Running Work/ }).waitFor();
  await page.getByRole("button", { name: "Stop…" }).waitFor();

  const list = await context.newPage();
  await list.goto(`${server.address}/pipelines/mended/runs`);
  await list.getByRole("row", { name: /Running.*again/ }).waitFor();
  await list.close();

  // Only the line can tell of this end.
  await answer(activityArn, "SendTaskSuccess", { output: "{}" });
  await page.getByRole("heading", { name: /^Succeeded in/ }).waitFor();
  await page.getByText("With 1 redrive on the way.").waitFor();
  await page.getByText(/^redriven after/).waitFor();
  await page.getByRole("button", { name: "Redrive…" }).waitFor({ state: "detached" });
  await shoot(page, "redrive-succeeded");
  const { redriveCount } = await aws(server, "DescribeExecution", { executionArn });
  assert.equal(redriveCount, 1);
  assert.deepEqual(faults, []);
});

test("a run that cannot be redriven says why", async () => {
  const { page, faults } = studio;
  const arn = await deploy(server, "gone", { StartAt: "Stop", States: { Stop: { Type: "Fail", Error: "No" } } });
  await start(arn, "last");
  await aws(server, "DeleteStateMachine", { stateMachineArn: arn });
  await page.goto(`${server.address}/pipelines/gone/runs/last`);
  const button = page.getByRole("button", { name: "Redrive…", disabled: true });
  await button.waitFor();
  assert.equal(await button.getAttribute("title"), "State machine is in DELETING status");
  await shoot(page, "redrive-refused");
  assert.deepEqual(faults, []);
});

/** A pipeline whose reviewer may reject, and whose time may run out. */
async function asking(name, more = {}) {
  const tags = [{ key: "statecraft:answered-by", value: "people" }];
  const { activityArn } = await aws(server, "CreateActivity", { name, tags });
  return deploy(server, name, {
    StartAt: "Ask",
    States: {
      Ask: {
        Type: "Task",
        Resource: activityArn,
        Parameters: { Question: `Is ${name} ready?`, Evidence: { Pages: 12 }, IfRejected: "It goes back." },
        Catch: [{ ErrorEquals: ["Approval.Rejected"], Next: "Back" }],
        End: true,
        ...more,
      },
      Back: { Type: "Fail", Error: "Refused" },
    },
  });
}

test("a reviewer rejects with a comment, and the run goes the way of its Catch", async () => {
  const { page, faults } = studio;
  await start(await asking("report"), "first");
  await page.goto(`${server.address}/reviews`);
  await page.getByRole("link", { name: /Is report ready/ }).click();
  const decision = page.getByRole("complementary", { name: "Your decision" });
  await decision.getByLabel("Your name").fill("Ada Moreau");
  await decision.getByRole("button", { name: /^Reject/ }).click();
  await decision.getByText(/^Say why/).waitFor();
  await decision.getByLabel(/^Comment/).fill("Page 3 is wrong");
  await decision.getByRole("button", { name: /^Reject/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, reject" }).click();
  await page.getByRole("heading", { name: "Decision recorded" }).waitFor();
  await page.getByText("Rejected by Ada Moreau").waitFor();
  await page.goto(`${server.address}/pipelines/report/runs/first`);
  await page.getByRole("row", { name: /Back.*Failed/ }).waitFor();
  await page.getByText("Page 3 is wrong").first().waitFor();
  assert.deepEqual(faults, []);
});

test("a dry run's reviewer says why they reject, as on the review page", async () => {
  const { page, faults } = studio;
  await asking("trial");
  await page.goto(`${server.address}/pipelines/trial`);
  await page.getByRole("button", { name: /^Ask, / }).waitFor();
  await page.getByRole("button", { name: "Dry run", exact: true }).click();
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await dryRun.getByRole("button", { name: "Run", exact: true }).last().click();
  const question = dryRun.getByRole("region", { name: "Ask asks for a decision" });
  const comment = question.getByLabel("Comment", { exact: true });
  await question.getByRole("button", { name: "Reject", exact: true }).click();
  await question.getByRole("alert").getByText(/^Say why/).waitFor();
  await page.waitForFunction(() => document.activeElement?.closest(".ask") && document.activeElement.matches("input[aria-invalid=true]"));
  await comment.fill("Page 3 is wrong");
  await question.getByRole("alert").getByText(/^Say why/).waitFor({ state: "hidden" });
  await question.getByRole("button", { name: "Reject", exact: true }).click();
  await question.waitFor({ state: "detached" });
  await dryRun.getByRole("status").filter({ hasText: /Failed/ }).first().waitFor();
  assert.deepEqual(faults, []);
});

test("an answer whose news is quicker than its receipt is recorded once, without a fault", async () => {
  const { page, faults } = studio;
  await start(await asking("promptly"), "first");
  await page.goto(`${server.address}/reviews`);
  await page.getByRole("link", { name: /Is promptly ready/ }).click();
  const recorded = page.getByRole("heading", { name: "Decision recorded" });
  const receipt = page.waitForResponse(/\/decision$/);
  await page.route(/\/decision$/, async (route) => {
    const response = await route.fetch();
    await recorded.waitFor();
    await route.fulfill({ response });
  });
  const decision = page.getByRole("complementary", { name: "Your decision" });
  await decision.getByLabel("Your name").fill("Ada Moreau");
  await decision.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, approve" }).click();
  await (await receipt).finished();
  await page.unroute(/\/decision$/);
  await page.getByText("Approved by Ada Moreau").waitFor();
  assert.equal(await recorded.count(), 1);
  assert.deepEqual(faults, []);
});

test("an open review page says by itself that the time to answer is over", async () => {
  const { page, faults } = studio;
  await start(await asking("hurry", { TimeoutSeconds: 3 }), "first");
  await page.goto(`${server.address}/reviews`);
  await page.getByRole("link", { name: /Is hurry ready/ }).click();
  await page.getByRole("heading", { name: "The time to answer is over" }).waitFor();
  await page.getByText(/No decision was recorded, and nothing was approved/).waitFor();
  await page.goto(`${server.address}/pipelines/hurry/runs/first`);
  await page.getByRole("row", { name: /Ask.*Timed out/ }).waitFor();
  assert.deepEqual(faults, []);
});
