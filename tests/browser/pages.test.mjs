// The pages around the studio: definitions come in, pipelines go, addresses lead nowhere, the server goes away.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aws, deploy, serverAndStudio, shoot } from "./support.mjs";

const definition = { StartAt: "Rest", States: { Rest: { Type: "Wait", Seconds: 600, End: true } } };
const text = JSON.stringify(definition);

const { server, studio } = serverAndStudio();

const opened = (page) => page.getByRole("button", { name: /^Rest, Wait/ }).waitFor();

test("every starter is shown with a picture that has a box for each of its states", async () => {
  const { page, faults } = studio;
  await page.goto(server.address);
  const cards = page.locator(".starter");
  await page.locator(".starter-picture").first().waitFor();
  const starters = await (await fetch(`${server.address}/pipelines/index.json`)).json();
  assert.equal(await cards.count(), starters.length);
  const states = ({ States }) => Object.values(States).flatMap((state) => [
    state,
    ...(state.Branches ?? []).flatMap(states),
    ...(state.ItemProcessor ? states(state.ItemProcessor) : []),
  ]);
  for (const { id, title, file } of starters) {
    const definition = await (await fetch(`${server.address}/pipelines/${file}`)).json();
    const boxes = cards.filter({ hasText: title }).locator(".starter-picture rect");
    assert.equal(await boxes.count(), states(definition).length, id);
  }
  assert.deepEqual(faults, []);
});

test("a definition is imported as a file, dropped and pasted", async () => {
  const { page, context, faults } = studio;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const home = async () => {
    await page.goto(server.address);
    await page.getByRole("heading", { name: "Starter pipelines" }).waitFor();
  };

  await home();
  const file = (name, content) => ({ name, mimeType: "application/json", buffer: Buffer.from(content) });
  const field = page.getByLabel("Definition file");
  await field.setInputFiles(file("list.json", "[1]"));
  await page.getByText(/^list\.json is no definition/).waitFor();
  await field.setInputFiles(file("chosen.asl.json", text));
  await page.waitForURL(/\/pipelines\/chosen$/);
  await opened(page);

  await home();
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "dropped.json"));
    return data;
  }, text);
  await page.getByRole("main").dispatchEvent("drop", { dataTransfer: dropped });
  await page.waitForURL(/\/pipelines\/dropped$/);
  await opened(page);

  await home();
  await page.evaluate(() => navigator.clipboard.writeText("just words"));
  await page.keyboard.press("Control+V");
  await page.getByText(/^What was pasted is no definition/).waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+V");
  await page.waitForURL(/\/pipelines\/pasted$/);
  await opened(page);
  assert.deepEqual(faults, []);
});

test("a pipeline is deleted only after its name was typed", async () => {
  const { page, faults } = studio;
  await deploy(server, "old", definition);
  await page.goto(server.address);
  await page.getByRole("button", { name: "Delete old" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete old?" });
  const really = dialog.getByRole("button", { name: "Delete the pipeline" });
  assert.ok(await really.isDisabled());
  await dialog.getByRole("textbox").fill("old");
  await really.click();
  await page.getByRole("link", { name: "old", exact: true }).waitFor({ state: "detached" });
  assert.deepEqual((await aws(server, "ListStateMachines", {})).stateMachines, []);
  assert.deepEqual(faults, []);
});

test("an address that leads nowhere says so and offers only what can be done", async () => {
  const { page, faults } = studio;
  const go = (path) => page.goto(server.address + path);
  await go("/pipelines/none");
  await page.getByText("There is no pipeline named “none”").waitFor();
  await page.getByText("It is neither on the server nor among the drafts in this browser.").waitFor();
  await go("/pipelines/none/runs/none");
  await page.getByRole("heading", { name: "There is no such run" }).waitFor();
  assert.equal(await page.getByRole("button", { name: /dry run|New run/i }).count(), 0);
  await go("/reviews/none");
  await page.getByRole("heading", { name: "There is no such question" }).waitFor();
  await go("/no/such/page");
  await page.getByText("There is no page at this address").waitFor();
  assert.deepEqual(faults, []);
});

test("tabs out of sight leave the connections to those that are seen", async () => {
  const { page, context, faults } = studio;
  await deploy(server, "seen", definition);
  const tabs = [];
  for (let number = 0; number < 8; number += 1) {
    const tab = await context.newPage();
    await tab.goto(`${server.address}/pipelines/seen/runs`);
    await tab.getByRole("heading", { name: "Runs of seen" }).waitFor();
    // The browser without a window shows all tabs at once, so that one is sent out of sight by hand.
    await tab.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    tabs.push(tab);
  }
  const stateMachineArn = await aws(server, "ListStateMachines", {}).then((all) => all.stateMachines[0].stateMachineArn);
  await aws(server, "StartExecution", { stateMachineArn, name: "first", input: "{}" });

  // One that comes back reads what it missed.
  await tabs[0].evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await tabs[0].getByRole("link", { name: "first" }).waitFor();
  for (const tab of tabs) await tab.close();
  await page.goto(server.address);
  await page.getByRole("link", { name: "seen", exact: true }).waitFor();
  assert.deepEqual(faults, []);
});

test("a server that goes away leaves what is shown and says that it is not live", async () => {
  const { page, context, faults } = studio;
  const run = await context.newPage();
  await run.goto(`${server.address}/pipelines/seen/runs/first`);
  await run.getByRole("heading", { name: /^Waiting in Rest/ }).waitFor();
  await page.goto(`${server.address}/pipelines/seen/runs`);
  await page.getByRole("link", { name: "first" }).waitFor();
  await server.stop();

  await page.getByText(/^The server does not answer, so this may be older than it looks/).waitFor();
  await page.getByRole("link", { name: "first" }).waitFor();
  await run.getByText("Not live").waitFor();
  // The page asks every few seconds; what was shown stays.
  await run.waitForEvent("requestfailed");
  await run.waitForEvent("requestfailed");
  await run.getByRole("heading", { name: /^Waiting in Rest/ }).waitFor();
  await run.getByRole("button", { name: "Stop…" }).click();
  const dialog = run.getByRole("dialog");
  await dialog.getByRole("button", { name: "Stop the run" }).click();
  await dialog.getByText(/^The server does not answer/).waitFor();
  await shoot(run, "away");
  assert.deepEqual(faults, []);
});
