// What browser tests share: a real server on a free port with a folder of its own, a real browser, and screenshots.
//
// STATECRAFT_BIN names the command, CHROMIUM the browser, STATECRAFT_SHOTS a folder for screenshots (none without it).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const here = import.meta.dirname;
const command = resolve(process.env.STATECRAFT_BIN ?? join(here, "../../target/debug/statecraft"));
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const shots = process.env.STATECRAFT_SHOTS;
const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How long anything that a person would wait for may take. Generous: the machine may be busy. */
export const PATIENCE = 60_000;

/** Starts `statecraft serve` on a free port; resolves with its address once it says so. */
export async function startServer() {
  const data = await mkdtemp(join(tmpdir(), "statecraft-"));
  const child = spawn(command, ["serve", "--listen", "127.0.0.1:0", "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const address = await new Promise((found, failed) => {
    const hear = (chunk) => {
      said += chunk;
      const match = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (match) found(match[0]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`the server ended with ${code} before it said its address:\n${said}`)));
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  return { address, stop };
}

/**
 * Opens a browser with one page of `width` by `height`. Its pages keep no worker unless `serviceWorkers` is "allow", so that tests see every
 * request; faults of the page are collected in `faults`. */
export async function openBrowser({ width = 1440, height = 900, colorScheme = "light", serviceWorkers = "block" } = {}) {
  const browser = await chromium.launch({
    executablePath: browserPath,
    // Chromium refuses its sandbox to root, which is what containers run as.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, serviceWorkers, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && /panicked/.test(message.text())) faults.push(message.text());
  });
  return { browser, context, page, faults, close: () => browser.close() };
}

/**
 * A server and a browser for all tests of a file; both are filled in before the first test and end after the last. A fault
 * that the page had in any test fails the file.
 */
export function serverAndStudio({ clipboard = false } = {}) {
  const server = {};
  const studio = {};
  before(async () => {
    Object.assign(server, await startServer());
    Object.assign(studio, await openBrowser());
    if (clipboard) await studio.context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.address });
  });
  after(async () => {
    await studio.close?.();
    await server.stop?.();
    assert.deepEqual(studio.faults, []);
  });
  return { server, studio };
}

/** Saves a picture of the page, when pictures are wanted. */
export async function shoot(page, name) {
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

/** The middle of what a locator shows, in pixels of the page. */
export async function middle(locator) {
  await locator.waitFor();
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses the mouse on one point, moves it in small steps and lets go on another, as a hand would. */
export async function drag(page, from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.move(to.x, to.y, { steps: 12 });
  await page.mouse.up();
}

/** Calls the server's AWS API, as boto3 would. */
export async function aws(server, operation, body) {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amz-target": `AWSStepFunctions.${operation}` };
  const answer = await fetch(server.address, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** Deploys a definition and gives its ARN. */
export async function deploy(server, name, definition) {
  const roleArn = "arn:aws:iam::123456789012:role/any";
  const made = await aws(server, "CreateStateMachine", { name, roleArn, definition: JSON.stringify(definition) });
  return made.stateMachineArn;
}

/** Opens a definition as a draft in the studio, as if it had been worked on in this browser before. */
export async function openDraft(page, server, name, text, query = "", input = "{}") {
  await page.goto(server.address);
  await page.evaluate(
    ([name, text, input]) => localStorage.setItem(`statecraft.draft.${name}`, JSON.stringify({ name, text, input })),
    [name, text, input],
  );
  await page.goto(`${server.address}/pipelines/${name}${query}`);
}

/** The draft that this browser holds. */
export async function draftOf(page, name) {
  const text = await page.evaluate((name) => localStorage.getItem(`statecraft.draft.${name}`), name);
  return JSON.parse(text);
}

/** Waits until the text of the draft that this browser keeps fits, and gives it; says what it was when it never does. */
export async function textOnce(page, name, fits) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { text } = await draftOf(page, name);
    if (fits(text)) return text;
    assert.ok(Date.now() < end, `the draft ${name} is still ${text}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Waits until the definition that this browser keeps fits, and gives it. */
export async function definitionOnce(page, name, fits) {
  return JSON.parse(await textOnce(page, name, (text) => fits(JSON.parse(text))));
}

/** What axe-core finds on the page, or on a part of it, that is serious or critical, in words. */
export async function serious(page, part) {
  await page.evaluate(await axe);
  const { violations } = await page.evaluate((part) => window.axe.run(part ?? document, { resultTypes: ["violations"] }), part);
  const words = ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(" ")}: ${node.failureSummary}`).join("\n")}`;
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical").map(words);
}
