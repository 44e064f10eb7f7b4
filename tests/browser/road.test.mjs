// The whole road, once: open a starter, drag a state in, mend its fault, dry-run, deploy, run, approve. By role and name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drag, middle, serverAndStudio, shoot } from "./support.mjs";

const { server, studio } = serverAndStudio();

test("a newcomer draws, checks, dry-runs, deploys, runs and approves the starter pipeline", async () => {
  const { page, faults } = studio;

  // Open the starter pipeline.
  await page.goto(server.address);
  await page.getByRole("heading", { name: "Draw your first pipeline" }).waitFor();
  await page.getByRole("button", { name: /^Train, validate, approve, deploy/ }).waitFor();
  await shoot(page, "home");
  await page.getByRole("button", { name: /^Train, validate, approve, deploy/ }).click();
  const node = (name) => page.getByRole("button", { name });
  await node(/^Train model, Task/).waitFor();
  await page.getByRole("button", { name: "No problems" }).waitFor();

  // Drag a Wait onto the way between two states.
  const palette = page.getByRole("complementary", { name: "States and actions" });
  const [above, below] = [await middle(node(/^Train model, Task/)), await middle(node(/^Evaluate model, Task/))];
  const between = { x: (above.x + below.x) / 2, y: (above.y + below.y) / 2 };
  await drag(page, await middle(palette.getByRole("button", { name: /^Wait/ })), between);
  await node(/^Wait, Wait/).waitFor();
  await node(/^Wait, Wait/).click();

  // Without a time it is faulty, and the studio says so; one second mends it.
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  const time = inspector.getByLabel("Time", { exact: true });
  await time.fill("");
  await time.press("Tab");
  await page.getByRole("button", { name: /^1 problem/ }).waitFor();
  await node(/^Wait, Wait, 1 problem/).waitFor();
  await shoot(page, "problem");
  await inspector.getByLabel("How long").selectOption("A fixed time");
  await time.fill("1");
  await time.press("Tab");
  await page.getByRole("button", { name: "No problems" }).waitFor();

  // Dry-run it: the reviewer's answer is asked for.
  await page.getByRole("button", { name: "Dry run", exact: true }).click();
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await dryRun.getByRole("button", { name: "Run", exact: true }).last().click();
  const question = dryRun.getByRole("region", { name: "Approve deployment asks for a decision" });
  await question.getByRole("heading", { name: /Should the new fraud model replace the one in use/ }).waitFor();
  await question.getByRole("table").waitFor();
  await shoot(page, "question");
  await question.getByRole("button", { name: "Approve", exact: true }).click();
  const again = dryRun.getByRole("button", { name: "Run to the end" });
  const ended = dryRun.getByRole("status").filter({ hasText: /Succeeded/ });
  await Promise.race([ended.waitFor(), again.click({ timeout: 5_000 }).catch(() => {})]);
  await ended.waitFor();
  await page.getByRole("button", { name: "Show the whole pipeline" }).click();
  await node(/^Train model, Task/).click();
  await inspector.getByRole("tab", { name: /^Errors/ }).click();
  await inspector.getByText("On SageMaker.AmazonSageMakerException").waitFor();
  await shoot(page, "studio");

  // Deploy it.
  await page.getByRole("button", { name: "Deploy…" }).click();
  const deploy = page.getByRole("dialog");
  await deploy.getByText("A new pipeline is made on the server.").waitFor();
  await deploy.getByText(/People answer Approve deployment/).waitFor();
  await shoot(page, "deploy");
  await deploy.getByRole("button", { name: "Deploy this pipeline" }).click();
  await deploy.getByRole("heading", { name: /is deployed$/ }).waitFor();
  await deploy.getByRole("button", { name: "Start a run…" }).click();

  // Start it with sample results; the approval is left to a person.
  const start = page.getByRole("dialog", { name: /^Start / });
  await start.getByRole("radio", { name: /^With sample results/ }).check();
  await start.getByText("Good score, you decide", { exact: true }).click();
  await start.getByText(/Approve deployment waits for a person's answer/).waitFor();
  await shoot(page, "start");
  await start.getByRole("button", { name: "Start the run" }).click();

  // See it run live, up to the review.
  await page.waitForURL(/\/runs\/[^/]+$/);
  const runPage = page.url();
  await page.getByRole("heading", { name: /^Waiting for review since/ }).waitFor();
  await page.getByRole("row", { name: /Validate data.*Succeeded/ }).waitFor();
  await page.getByRole("row", { name: /Approve deployment.*Waits for a person/ }).waitFor();
  await shoot(page, "run");

  // Approve it on the review page, while the run page stays open.
  const reviewer = await studio.context.newPage();
  await reviewer.goto(`${server.address}/reviews`);
  await reviewer.getByRole("heading", { name: "One decision waits for you" }).waitFor();
  await shoot(reviewer, "inbox");
  await reviewer.getByRole("link", { name: /Should the new fraud model replace the one in use/ }).click();
  const decision = reviewer.getByRole("complementary", { name: "Your decision" });
  await decision.getByRole("heading", { name: "Anybody with this page may decide" }).waitFor();
  await decision.getByRole("button", { name: /^Reject/ }).click();
  await decision.getByText(/^Give your name/).waitFor();
  await decision.getByLabel("Your name").fill("Ada Moreau");
  await decision.getByRole("button", { name: /^Approve/ }).click();
  await shoot(reviewer, "approval");
  await reviewer.getByRole("dialog").getByRole("button", { name: "Yes, approve" }).click();
  await reviewer.getByRole("heading", { name: "Decision recorded" }).waitFor();
  for (const word of ["token", "callback", "ARN", "JSON", "execution"]) {
    const text = await reviewer.locator("body").innerText();
    assert.doesNotMatch(text, new RegExp(`\\b${word}\\b`, "i"), `a reviewer sees the word ${word}`);
  }

  // The open run page sees it succeed by itself.
  await page.getByRole("heading", { name: /^Succeeded in/ }).waitFor();
  assert.equal(page.url(), runPage);
  await page.getByRole("row", { name: /Deploy to production.*Succeeded/ }).waitFor();
  await shoot(page, "run-succeeded");

  // The review cannot be answered a second time.
  await reviewer.reload();
  await reviewer.getByRole("heading", { name: "Already decided" }).waitFor();
  assert.deepEqual(faults, []);
});
