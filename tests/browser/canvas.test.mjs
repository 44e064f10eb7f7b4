// What hands do on the canvas: select with a rectangle, draw a way from a port, zoom with two fingers, turn the drawing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aws, deploy, drag, draftOf, middle, openBrowser, openDraft, shoot, startServer } from "./support.mjs";

const definition = {
  StartAt: "Prepare",
  States: {
    Prepare: { Type: "Pass", Next: "Route" },
    Route: {
      Type: "Choice",
      Choices: [{ Not: { Variable: "$.flag", BooleanEquals: true }, Next: "Bad" }],
      Default: "Both",
    },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Left", States: { Left: { Type: "Pass", End: true } } },
        { StartAt: "Right", States: { Right: { Type: "Wait", Seconds: 1, End: true } } },
      ],
      Next: "Done",
    },
    Bad: { Type: "Fail", Error: "Bad" },
    Done: { Type: "Succeed" },
  },
};

let server;
let studio;

before(async () => {
  server = await startServer();
  studio = await openBrowser();
});

after(async () => {
  await studio?.close();
  await server?.stop();
});

test("a rectangle that begins beside a way selects the states in it", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "rectangle", JSON.stringify(definition));
  await node("Bad").waitFor();
  const bad = await node("Bad").boundingBox();
  const beside = await middle(node("Route"));

  // The way from Route to Bad runs where the rectangle begins.
  await page.keyboard.down("Shift");
  await drag(page, { x: bad.x - 6, y: beside.y }, { x: bad.x + bad.width + 6, y: bad.y + bad.height + 6 });
  await page.keyboard.up("Shift");
  await page.getByRole("button", { name: /^Bad, /, pressed: true }).waitFor();
  assert.deepEqual(await node("Bad").boundingBox(), bad, "nothing was panned");
  await shoot(page, "selected");
  assert.deepEqual(faults, []);
});

test("a way drawn from a port leads to the state where it is let go, and undo takes it back", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "port", JSON.stringify(definition));
  await node("Prepare").hover();
  await drag(page, await middle(node("Prepare").locator("[data-port]")), await middle(node("Done")));
  await page.getByRole("button", { name: "Undo: Connect Prepare to Done" }).waitFor();
  await page.getByRole("button", { name: /^[1-9] problems/ }).waitFor();
  await page.keyboard.press("Control+Z");
  await page.getByRole("button", { name: "No problems" }).waitFor();

  // From a Choice, it is asked which way is meant.
  await node("Route").hover();
  await drag(page, await middle(node("Route").locator("[data-port]")), await middle(node("Done")));
  await page.getByRole("menuitem", { name: "New rule to Done" }).click();
  await page.getByRole("button", { name: /^Undo: / }).waitFor();
  await page.reload();
  await node("Route").waitFor();
  const rules = JSON.parse((await draftOf(page, "port")).text).States.Route.Choices;
  assert.deepEqual(rules.map((rule) => rule.Next), ["Bad", "Done"]);
  assert.deepEqual(faults, []);
});

test("two fingers zoom the drawing, and the one that stays does not make it jump", async () => {
  const { browser, faults } = studio;
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await openDraft(page, server, "fingers", JSON.stringify(definition));
  await page.getByRole("button", { name: /^Route, / }).waitFor();
  const percent = page.getByRole("button", { name: /%$/ });
  const zoomed = async () => Number.parseInt(await percent.innerText(), 10);
  const before = await zoomed();

  // Events of two pointers, as a touch screen sends them.
  const canvas = page.getByRole("group", { name: /^Pipeline drawing/ });
  const touch = (type, pointerId, clientX, clientY) =>
    canvas.dispatchEvent(type, { pointerId, pointerType: "touch", button: 0, clientX, clientY, bubbles: true });
  await touch("pointerdown", 1, 180, 500);
  await touch("pointerdown", 2, 220, 500);
  for (const spread of [10, 20, 30]) {
    await touch("pointermove", 1, 180 - spread / 2, 500);
    await touch("pointermove", 2, 220 + spread / 2, 500);
  }
  const wide = await zoomed();
  assert.ok(wide > before, `${wide} % is more than ${before} %`);
  const place = await middle(page.getByRole("button", { name: /^Route, / }));
  await touch("pointerup", 2, 235, 500);
  await touch("pointermove", 1, 165, 500);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const after = await middle(page.getByRole("button", { name: /^Route, / }));
  assert.ok(Math.hypot(place.x - after.x, place.y - after.y) < 1, "the drawing stays where it was");
  await context.close();
  assert.deepEqual(faults, []);
});

/** Waits until Route is drawn below Prepare, or to the right of it. */
async function goes(page, direction) {
  await page.waitForFunction((direction) => {
    const place = (name) => document.querySelector(`[data-state="/States/${name}"]`)?.getBoundingClientRect();
    const [from, to] = [place("Prepare"), place("Route")];
    if (!from || !to) return false;
    return direction === "right"
      ? to.left > from.right && Math.abs(to.top - from.top) < 4
      : to.top > from.bottom && Math.abs(to.left - from.left) < 4;
  }, direction);
}

test("the drawing turns to the right with a key, stays so for this pipeline, and its runs are drawn that way", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "turned", JSON.stringify(definition));
  await goes(page, "down");
  await page.getByRole("button", { name: /^Prepare, Pass/ }).click();
  await page.keyboard.press("r");
  await goes(page, "right");
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: /^Route, Choice/, pressed: true }).waitFor();
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("statecraft.draft.turned")).orientation === "horizontal");
  await page.reload();
  await goes(page, "right");
  await shoot(page, "turned");

  // A way is drawn from the port at the right of a state.
  const done = page.getByRole("button", { name: /^Done, Succeed/ });
  await page.getByRole("button", { name: /^Prepare, Pass/ }).hover();
  const port = await middle(page.getByRole("button", { name: /^Prepare, Pass/ }).locator("[data-port]"));
  await drag(page, port, await middle(done));
  await page.getByRole("button", { name: "Undo: Connect Prepare to Done" }).click();

  const stateMachineArn = await deploy(server, "turned", definition);
  await aws(server, "StartExecution", { stateMachineArn, name: "one", input: '{"flag": true}' });
  await page.goto(`${server.address}/pipelines/turned/runs/one`);
  await goes(page, "right");
  await page.getByRole("button", { name: "Draw to the right, or down" }).click();
  await goes(page, "down");
  assert.deepEqual(faults, []);
});
