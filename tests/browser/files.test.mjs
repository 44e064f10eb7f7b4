// What leaves the studio as a file: the definition in both notations, the drawing as a picture, a template that deploys it
// (feature map, WS-11, WS-62, WANT-06); the rights of its
// role (WS-51).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { openDraft, serverAndStudio, shoot } from "./support.mjs";

const call = {
  StartAt: "Score & sort",
  States: {
    "Score & sort": {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "arn:aws:lambda:eu-west-1:123456789012:function:score" },
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

const { server, studio } = serverAndStudio();

/** Chooses an item of the menu "More"; gives the file's name and its bytes. */
async function saved(item) {
  const { page } = studio;
  await page.getByRole("button", { name: "More", exact: true }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item, exact: true }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("the definition is saved as JSON and as YAML", async () => {
  const text = JSON.stringify(call, null, 2);
  await openDraft(studio.page, server, "score", text);
  const json = await saved("Download as JSON");
  assert.equal(json.name, "score.asl.json");
  assert.equal(json.bytes.toString(), text);
  const yaml = await saved("Download as YAML");
  assert.equal(yaml.name, "score.asl.yaml");
  assert.match(yaml.bytes.toString(), /^StartAt: Score & sort$/m);
});

test("the drawing is saved as a picture that stands alone, of lines and of dots", async () => {
  const { page } = studio;
  await openDraft(page, server, "score", JSON.stringify(call));
  const svg = await saved("Download as SVG");
  assert.equal(svg.name, "score.svg");
  const seen = await page.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, "image/svg+xml");
    const words = [...picture.querySelectorAll("text")].map((element) => element.textContent);
    const inks = [...picture.querySelectorAll("[fill]")].map((element) => element.getAttribute("fill"));
    return { root: picture.documentElement.nodeName, words, inks: [...new Set(inks)] };
  }, svg.bytes.toString());
  assert.equal(seen.root, "svg");
  assert.doesNotMatch(svg.bytes.toString(), /href=|src=|url\(|var\(/);
  for (const word of ["Start", "Score & sort", "Done", "Ends the run"]) assert.ok(seen.words.includes(word), `${word}: ${seen.words}`);
  assert.ok(seen.inks.every((ink) => /^(none|rgb|color)/.test(ink)), `${seen.inks}`);

  const png = await saved("Download as PNG");
  assert.equal(png.name, "score.png");
  const painted = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const dots = context.getImageData(0, 0, image.width, image.height).data;
    const colours = new Set();
    for (let at = 0; at < dots.length; at += 4) colours.add(dots.slice(at, at + 3).join());
    return { width: image.width, colours: colours.size };
  }, png.bytes.toString("base64"));
  assert.ok(painted.width > 300, `${painted.width}`);
  assert.ok(painted.colours > 10, `${painted.colours} colours`);
});

test("a template holds the pipeline and a role that may do what it does", async () => {
  await openDraft(studio.page, server, "score", JSON.stringify(call));
  for (const [item, kind] of [
    ["SAM template…", "AWS::Serverless::StateMachine"],
    ["CloudFormation template…", "AWS::StepFunctions::StateMachine"],
  ]) {
    const { page } = studio;
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("dialog", { name: "Template" }).getByRole("button", { name: "Download" }).click();
    const download = await coming;
    assert.equal(download.suggestedFilename(), "score.template.yaml");
    const text = await readFile(await download.path(), "utf8");
    assert.ok(text.includes(kind), text);
    assert.ok(text.includes("lambda:InvokeFunction"), text);
    assert.ok(text.includes("function:score"), text);
  }
});

test("a pipeline without a state has no picture, and one with a fault no template", async () => {
  const { page } = studio;
  await openDraft(page, server, "empty", '{ "StartAt": "", "States": {} }');
  const item = async (name) => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    return page.getByRole("menuitem", { name, exact: true });
  };
  await (await item("Download as SVG")).click();
  await page.getByText("There is nothing to draw yet. Add a state first.").first().waitFor();
  await openDraft(page, server, "broken", '{ "StartAt": ');
  await (await item("SAM template…")).click();
  await page.getByText(/^The code has a fault at line 1/).first().waitFor();
});

test("the rights of the role are shown, each with the state that needs it", async () => {
  const { page } = studio;
  await openDraft(page, server, "score", JSON.stringify(call));
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Permissions…", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Permissions" });
  await dialog.getByText("lambda:InvokeFunction", { exact: true }).waitFor();
  await dialog.getByText("arn:aws:lambda:eu-west-1:123456789012:function:score", { exact: true }).first().waitFor();
  await shoot(page, "permissions");
  await dialog.getByRole("button", { name: "Score & sort", exact: true }).first().click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: /^Score & sort, /, pressed: true }).waitFor();
});
