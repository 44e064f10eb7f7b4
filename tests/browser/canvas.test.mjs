// What hands do on the canvas: select with a rectangle, draw a way from a port, zoom with two fingers, turn the drawing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE, aws, deploy, draftOf, drag, middle, openDraft, serverAndStudio, shoot } from "./support.mjs";

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

const { server, studio } = serverAndStudio();

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

test("a state's menu is walked with keys and letters, says why a line cannot be used, and closes when something else is pressed", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "menus", JSON.stringify(definition));
  await node("Done").click({ button: "right" });
  const menu = page.getByRole("menu", { name: "State" });
  const focused = (name) => menu.getByRole("menuitem", { name }).and(page.locator(":focus")).waitFor();
  await focused(/^Show in the inspector/);
  await page.keyboard.press("ArrowUp");
  await focused(/^Delete/);
  await page.keyboard.press("Home");
  await page.keyboard.press("d");
  await focused(/^Duplicate/);
  await page.keyboard.press("d");
  await focused(/^Delete/);
  await shoot(page, "canvas-menu");
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  await node("Done").and(page.locator(":focus")).waitFor();

  // All of it is in the window, and the press that closes it means what it means elsewhere.
  await node("Done").click({ button: "right" });
  const box = await menu.boundingBox();
  assert.ok(box.y >= 0 && box.y + box.height <= 900, JSON.stringify(box));
  await node("Prepare").click();
  await menu.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Prepare, /, pressed: true }).waitFor();

  // A second one takes the place of the first.
  await node("Done").click({ button: "right" });
  await node("Bad").click({ button: "right", position: { x: 4, y: 4 } });
  await page.getByRole("button", { name: /^Bad, /, pressed: true }).waitFor();
  assert.equal(await page.getByRole("menu").filter({ visible: true }).count(), 1);
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  await node("Bad").and(page.locator(":focus")).waitFor();

  // What cannot be done says why, and stays open.
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Alt+4");
  await page.getByRole("tree", { name: "States" }).and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Shift+F10");
  const refused = menu.locator("[aria-disabled=true]");
  for (const line of await refused.all()) {
    await line.click({ force: true });
    assert.notEqual(await line.locator("small").innerText(), "");
  }
  await menu.waitFor();
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  // The studio keeps the list that was chosen last.
  await page.getByRole("tab", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: /^Wait For a time/ }).waitFor();
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

const nested = {
  StartAt: "Prepare",
  States: {
    Prepare: { Type: "Pass", Next: "Route" },
    Route: { Type: "Choice", Choices: [{ Variable: "$.ready", IsPresent: true, Next: "Files" }], Default: "Later" },
    Files: {
      Type: "Map",
      ItemProcessor: { StartAt: "Read", States: { Read: { Type: "Pass", End: true } } },
      Next: "Done",
    },
    Later: { Type: "Wait", Seconds: 5, Next: "Done" },
    Done: { Type: "Succeed" },
  },
};

/** The states of the draft that this browser holds, as soon as `state` leads to `next` in it. */
async function statesOnce(page, name, state, next) {
  await page.waitForFunction(
    ([name, state, next]) => JSON.parse(JSON.parse(localStorage.getItem(`statecraft.draft.${name}`)).text).States[state].Next === next,
    [name, state, next],
  );
  return JSON.parse((await draftOf(page, name)).text).States;
}

test("both ends of a way are dragged to other states, and what is impossible says why and changes nothing", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });
  const end = (which) => page.locator(`.way-end[data-end="${which}"]`);
  const spoken = page.locator('p[role="status"]');
  await openDraft(page, server, "ends", JSON.stringify(nested));
  await node("Later").waitFor();

  // The tip of the way from Later: over a state in a container it says why not, and nothing changes.
  const later = await node("Later").boundingBox();
  const below = { x: later.x + later.width / 2, y: later.y + later.height + 12 };
  await page.mouse.move(below.x, below.y);
  await page.mouse.move(below.x, below.y + 1);
  await page.mouse.click(below.x + 1, below.y + 1);
  await page.keyboard.press("Escape");
  await page.mouse.move(below.x, below.y);
  const from = await middle(end("tip"));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  const read = await middle(node("Read"));
  await page.mouse.move(read.x, read.y, { steps: 8 });
  await page.locator(".canvas-reason", { hasText: "“Read” is inside “Files”; a way cannot lead into it." }).waitFor();
  await spoken.getByText("a way cannot lead into it").waitFor();
  assert.equal(await page.locator(".node.possible").count(), 4, "what is in the block is marked");
  await shoot(page, "lead-impossible");
  await page.mouse.up();
  assert.equal(await page.getByRole("button", { name: /^Undo: / }).count(), 0);
  assert.equal(await page.locator(".canvas-reason").count(), 0);

  // Over Route it can go; Escape gives up.
  await page.mouse.move(below.x, below.y);
  const again = await middle(end("tip"));
  await page.mouse.move(again.x, again.y);
  await page.mouse.down();
  await page.mouse.move(again.x + 8, again.y + 8);
  const route = await middle(node("Route"));
  await page.mouse.move(route.x, route.y, { steps: 8 });
  await page.locator(".node.target", { hasText: "Route" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".node.possible").first().waitFor({ state: "detached" });
  await page.mouse.up();
  assert.equal(await page.getByRole("button", { name: /^Undo: / }).count(), 0);

  // And then it does.
  await page.mouse.move(below.x, below.y);
  await drag(page, await middle(end("tip")), route);
  await page.getByRole("button", { name: "Undo: Lead Later to Route" }).waitFor();
  await statesOnce(page, "ends", "Later", "Route");
  await page.keyboard.press("Control+Z");
  await statesOnce(page, "ends", "Later", "Done");

  // The beginning of the way from Prepare goes to Later, which then leads to Route; Prepare ends. A way that is only under
  // the pointer has no such end: a new one begins there.
  const prepare = await node("Prepare").boundingBox();
  await page.mouse.move(prepare.x + prepare.width / 2, prepare.y + prepare.height + 12);
  await end("tip").waitFor();
  assert.equal(await end("beginning").count(), 0);
  await page.mouse.click(prepare.x + prepare.width / 2, prepare.y + prepare.height + 22);
  await drag(page, await middle(end("beginning")), await middle(node("Later")));
  const led = await statesOnce(page, "ends", "Later", "Route");
  assert.deepEqual(led.Prepare, { Type: "Pass", End: true });
  assert.deepEqual(faults, []);
});

test("a way is selected and led elsewhere with the keys, by the same rules", async () => {
  const { page, faults } = studio;
  const spoken = page.locator('p[role="status"]');
  await openDraft(page, server, "keys", JSON.stringify(nested));
  const files = page.getByRole("button", { name: /^Files, Map/ });
  await files.click({ position: { x: 60, y: 14 } });
  await page.keyboard.press("w");
  await spoken.getByText("Way from Files to Done").waitFor();
  await page.keyboard.press("l");
  await spoken.getByText("Choose where it leads with the arrow keys").waitFor();

  // Down is the state in the container, where nothing can lead; Enter there changes nothing.
  await page.keyboard.press("ArrowDown");
  await spoken.getByText("“Read” is inside “Files”; a way cannot lead into it.").waitFor();
  await page.locator(".canvas-reason", { hasText: "a way cannot lead into it" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.locator(".canvas-reason").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("button", { name: /^Undo: / }).count(), 0);

  await page.getByRole("button", { name: /^Later, Wait/ }).click();
  await page.keyboard.press("w");
  await page.keyboard.press("l");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Undo: Lead Later to Route" }).waitFor();
  assert.deepEqual(faults, []);
});

test("a way's end is dragged with a finger", async () => {
  const { browser, faults } = studio;
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await openDraft(page, server, "finger", JSON.stringify(nested));
  const later = page.getByRole("button", { name: /^Later, Wait/ });
  await later.waitFor();
  const box = await later.boundingBox();
  const canvas = page.getByRole("group", { name: /^Pipeline drawing/ });
  const touch = (type, at) =>
    canvas.dispatchEvent(type, { pointerId: 7, pointerType: "touch", button: 0, clientX: at.x, clientY: at.y, bubbles: true });
  // A tap on the way selects it and shows its handles.
  const on = { x: box.x + box.width / 2, y: box.y + box.height + 8 };
  await touch("pointerdown", on);
  await touch("pointerup", on);
  const tip = await middle(page.locator('.way-end[data-end="tip"]'));
  const route = await middle(page.getByRole("button", { name: /^Route, Choice/ }));
  await touch("pointerdown", { x: tip.x + 6, y: tip.y + 8 });
  await touch("pointermove", { x: tip.x + 20, y: tip.y - 20 });
  await touch("pointermove", route);
  await page.locator(".node.target", { hasText: "Route" }).waitFor();
  await touch("pointerup", route);
  await page.getByRole("button", { name: "Undo: Lead Later to Route" }).waitFor();
  await context.close();
  assert.deepEqual(faults, []);
});

test("a state that is let go where it cannot go stays, and it is said why", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "drops", JSON.stringify(nested));
  await node("Files").waitFor();
  const read = await node("Read").boundingBox();
  const files = await node("Files").boundingBox();
  const head = { x: files.x + files.width / 2, y: files.y + 14 };
  await page.mouse.move(head.x, head.y);
  await page.mouse.down();
  await page.mouse.move(head.x + 8, head.y + 8);
  await page.mouse.move(read.x + read.width / 2, read.y + read.height + 6, { steps: 8 });
  await page.locator(".canvas-reason", { hasText: "“Files” cannot go into itself." }).waitFor();
  await page.mouse.up();
  await page.locator(".toast", { hasText: "“Files” cannot go into itself." }).waitFor();
  assert.equal(await page.getByRole("button", { name: /^Undo: / }).count(), 0);

  // From the palette, with a fault in the code: nothing can be changed on the canvas.
  const broken = JSON.stringify(nested).replace('"Seconds":5', '"Seconds":');
  await openDraft(page, server, "broken", broken);
  const wait = page.getByRole("button", { name: /^Wait For a time/ });
  const from = await middle(wait);
  const canvas = await page.locator(".canvas").boundingBox();
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2, { steps: 8 });
  await page.locator(".canvas-reason", { hasText: "The code has a fault at line 1" }).waitFor();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  assert.deepEqual(faults, []);
});

test("Alt+C shows the whole pipeline again, and a long one that is turned is shown from its beginning", async () => {
  const { page, faults } = studio;
  const node = (name) => page.getByRole("button", { name: new RegExp(`^${name}, `) });
  await openDraft(page, server, "centre", JSON.stringify(definition));
  await node("Prepare").click();
  const middleOf = (name) => middle(node(name));
  const before = await middleOf("Prepare");
  await page.mouse.move(before.x + 250, before.y);
  await page.mouse.wheel(900, 700);
  await page.waitForFunction((x) => document.querySelector('[data-state="/States/Prepare"]').getBoundingClientRect().x < x - 400, before.x);
  await page.keyboard.press("Alt+C");
  await page.waitForFunction(() => {
    const canvas = document.querySelector(".canvas").getBoundingClientRect();
    return [...document.querySelectorAll(".canvas [data-state]")].every((state) => {
      const box = state.getBoundingClientRect();
      return box.left >= canvas.left && box.right <= canvas.right && box.top >= canvas.top && box.bottom <= canvas.bottom;
    });
  });

  const states = {};
  for (let i = 0; i < 40; i += 1) states[`S${i}`] = i < 39 ? { Type: "Pass", Next: `S${i + 1}` } : { Type: "Succeed" };
  await openDraft(page, server, "long", JSON.stringify({ StartAt: "S0", States: states }));
  await node("S0").click();
  await page.keyboard.press("r");
  await page.waitForFunction(() => {
    const place = (name) => document.querySelector(`[data-state="/States/${name}"]`)?.getBoundingClientRect();
    return place("S1")?.left > place("S0")?.right;
  });
  const percent = Number.parseInt(await page.getByRole("button", { name: /%$/ }).innerText(), 10);
  assert.ok(percent >= 45, `${percent} % can be read`);
  await node("S0").and(page.locator(":visible")).waitFor();
  assert.deepEqual(faults, []);
});

test("a change is led to its place in the drawing: states and ways move, what is gone fades; with less motion nothing does", async () => {
  const { browser, faults } = studio;
  for (const reducedMotion of ["no-preference", "reduce"]) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(() => {
      window.moved = [];
      const note = (event) =>
        window.moved.push(`${event.propertyName ?? event.animationName} ${event.target.closest("[data-state]")?.dataset.state ?? event.target.getAttribute("class")}`);
      for (const type of ["transitionrun", "animationstart"]) document.addEventListener(type, note, true);
    });
    await openDraft(page, server, `motion-${reducedMotion}`, JSON.stringify(nested));
    const node = (name) => page.locator(".canvas").getByRole("button", { name: new RegExp(`^${name}, `) });
    await node("Prepare").click();
    await page.evaluate(() => { window.moved = []; });
    // A state is added above all others, and taken back.
    await page.getByRole("searchbox", { name: "Find a state or an action" }).fill("wait");
    await page.keyboard.press("Enter");
    await node("Wait").waitFor();
    const moved = () => page.evaluate(() => window.moved);
    if (reducedMotion === "reduce") {
      await page.getByRole("button", { name: "Undo: Add Wait" }).click();
      await node("Wait").waitFor({ state: "detached" });
      const all = (await moved()).filter((what) => /^(translate|d|opacity|turned|returned|leave) /.test(what) && !/btn|port/.test(what));
      assert.deepEqual(all, []);
    } else {
      await page.waitForFunction(() => window.moved.includes("translate /States/Route") && window.moved.some((what) => what.startsWith("d ")));
      await page.waitForFunction(() => window.moved.includes("opacity /States/Wait"));
      await page.getByRole("button", { name: "Undo: Add Wait" }).click();
      await page.waitForFunction(() => window.moved.some((what) => what.startsWith("leave node leaving")));
      await page.locator(".leaving").first().waitFor({ state: "detached" });
    }
    await context.close();
  }
  assert.deepEqual(faults, []);
});

test("a large drawing shows its changes at once", async () => {
  const { browser, faults } = studio;
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(PATIENCE);
  await page.addInitScript(() => {
    window.moved = [];
    const note = (event) => window.moved.push(`${event.propertyName ?? event.animationName} ${event.target.getAttribute("class")}`);
    for (const type of ["transitionrun", "animationstart"]) document.addEventListener(type, note, true);
  });
  const states = {};
  for (let i = 0; i < 160; i += 1) states[`S${i}`] = i < 159 ? { Type: "Pass", Next: `S${i + 1}` } : { Type: "Succeed" };
  await openDraft(page, server, "large", JSON.stringify({ StartAt: "S0", States: states }));
  const node = (name) => page.locator(".canvas").getByRole("button", { name: new RegExp(`^${name}, `) });
  await node("S0").click();
  await page.waitForFunction(() => document.querySelector(".inspector .name-field")?.value === "S0");
  await page.evaluate(() => { window.moved = []; });
  const before = await node("S1").boundingBox();
  await page.getByRole("searchbox", { name: "Find a state or an action" }).fill("wait");
  await page.keyboard.press("Enter");
  await page.waitForFunction(({ y }) => document.querySelector('[data-state="/States/S1"]').getBoundingClientRect().y > y + 20, before);
  await page.getByRole("button", { name: "Undo: Add Wait" }).click();
  await page.waitForFunction(({ y }) => Math.abs(document.querySelector('[data-state="/States/S1"]').getBoundingClientRect().y - y) < 2, before);
  const moved = await page.evaluate(() => window.moved);
  assert.deepEqual(moved.filter((what) => /^(translate|d|opacity|turned|returned|leave) .*\b(node|edge|line|tip|elabel|cap|leaving)\b/.test(what)), []);
  await page.close();
  assert.deepEqual(faults, []);
});

test("what is too small to be read is left out: below half its size the ways have no labels, and names take one line", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "small", JSON.stringify(nested).replaceAll("Later", "Wait for the data to settle"));
  await page.locator(".canvas").getByRole("button", { name: /^Prepare, / }).waitFor();
  const graph = page.locator(".graph");
  const label = page.locator(".elabel").first();
  await label.waitFor();
  while (!(await graph.evaluate((it) => it.classList.contains("low")))) {
    await page.getByRole("button", { name: "Zoom out" }).click();
  }
  await label.waitFor({ state: "hidden" });
  const isOneLine = (name) => name.firstElementChild.offsetHeight < 1.5 * Number.parseFloat(getComputedStyle(name).lineHeight);
  const long = page.locator(".canvas .node .name", { hasText: "Wait for the data to settle" });
  assert.ok(await long.evaluate(isOneLine));
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.locator(".graph:not(.low)").waitFor({ state: "attached" });
  assert.ok(!(await long.evaluate(isOneLine)), "a larger one has two");
  assert.deepEqual(faults, []);
});

test("what a measuring tool does is in the page when the call returns", async () => {
  const { page, faults } = studio;
  const definition = { StartAt: "One", States: { One: { Type: "Pass", End: true } } };
  await openDraft(page, server, "measured", JSON.stringify(definition), "?probe");
  await page.waitForFunction(() => window.statecraft?.checked());
  const seen = await page.evaluate(() => {
    const probe = window.statecraft;
    const names = () => [...document.querySelectorAll(".canvas .node .name")].map((name) => name.textContent);
    const renamed = probe.rename("/States/One", "Two");
    const first = names();
    const added = probe.add(renamed);
    const second = names();
    probe.remove(added);
    return [first, second, names()];
  });
  assert.deepEqual(seen, [["Two"], ["Two", "Pass"], ["Two"]]);
  assert.deepEqual(faults, []);
});
