// The studio without a server: installed once, it opens, draws, dry-runs and saves with nothing behind it (feature map, WANT-03), from
// Statecraft's own server and from a host of plain files; a newer version is taken over when somebody asks for it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openDraft, shoot, startServer, textOnce } from "./support.mjs";

const dist = join(import.meta.dirname, "../../dist");
const kinds = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm" };

/** A host of plain files: no API, and no page for addresses that are no file. `changed` files take the place of those of the build. */
async function hostFiles(changed = new Map()) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://host").pathname;
    const name = path === "/" ? "/index.html" : path;
    try {
      if (request.method !== "GET") throw new Error("files only");
      const content = changed.get(name) ?? (await readFile(join(dist, name)));
      response.writeHead(200, { "content-type": kinds[extname(name)] ?? "application/octet-stream", "cache-control": "no-cache" });
      response.end(content);
    } catch {
      response.writeHead(request.method === "GET" ? 404 : 405, { "content-type": "text/html" });
      response.end("<h1>Not found</h1>");
    }
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const stop = () =>
    new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${server.address().port}`, changed, stop };
}

/** Waits until the worker keeps the studio and answers for this page. */
const installed = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  });

let studio;

before(async () => {
  studio = await openBrowser({ serviceWorkers: "allow" });
});

after(async () => {
  await studio?.close();
  assert.deepEqual(studio?.faults ?? [], []);
});

test("after one visit the studio opens, draws, dry-runs and saves without its server, and says what needs one", async () => {
  const { page } = studio;
  const server = await startServer();
  await page.goto(server.address);
  await page.getByRole("heading", { name: "Starter pipelines" }).waitFor();
  await installed(page);
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  for (const { src } of manifest.icons) assert.ok(await page.evaluate(async (src) => (await fetch(src)).ok, src), src);
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await (await caches.open(names[0])).keys();
    return { versions: names.length, paths: requests.map((request) => new URL(request.url).pathname) };
  });
  assert.equal(kept.versions, 1);
  assert.ok(kept.paths.some((path) => /^\/studio-.*\.wasm$/.test(path)), `${kept.paths}`);
  assert.ok(!kept.paths.some((path) => path.startsWith("/api/")), `${kept.paths}`);
  await server.stop();

  await page.goto(server.address);
  await page.getByText(/^The server does not answer/).waitFor();
  await page.getByText(/can draw and dry-run/).waitFor();
  await shoot(page, "offline-home");
  await page.getByRole("button", { name: /^Train, validate, approve, deploy/ }).click();
  await page.getByRole("button", { name: /, Task/ }).first().waitFor();
  await page.reload();
  await page.getByRole("button", { name: /, Task/ }).first().waitFor();
  await page.keyboard.press("Alt+2");
  await page.locator(".code-host").waitFor();
  await page.waitForFunction(() => document.querySelector(".code-host")?.shadowRoot?.querySelector(".cm-content"));
  await openDraft(page, server, "alone", '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }');
  await page.getByRole("button", { name: /^A, Pass/ }).waitFor();
  await page.getByRole("searchbox", { name: "Find a state or an action" }).fill("pass");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Pass, Pass/ }).waitFor();
  await textOnce(page, "alone", (text) => text.includes('"Pass": {'));
  await page.reload();
  await page.getByRole("button", { name: /^Pass, Pass/ }).waitFor();
  await page.keyboard.press("Alt+d");
  const dryRun = page.getByRole("region", { name: "Dry run" });
  await dryRun.getByRole("button", { name: "Run", exact: true }).last().click();
  await dryRun.getByRole("status").filter({ hasText: /Succeeded/ }).waitFor();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Download as JSON" }).click();
  assert.ok(JSON.parse(await readFile(await (await coming).path(), "utf8")).States.Pass);
  await page.getByRole("button", { name: "Deploy…" }).click();
  await page.getByRole("dialog", { name: "Deploy" }).getByText(/^The server does not answer/).waitFor();
  await shoot(page, "offline-deploy");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Start…" }).click();
  await page.getByRole("dialog").getByText(/^The server does not answer/).waitFor();
  await page.keyboard.press("Escape");
  await page.goto(`${server.address}/reviews`);
  await page.getByText(/^The server does not answer/).first().waitFor();
});

test("on a host of plain files every address opens once the studio is installed, and deploying says that there is no server", async () => {
  const { page } = studio;
  const host = await hostFiles();
  await page.goto(host.address);
  await page.getByText(/^No server here/).waitFor();
  await installed(page);
  await page.getByRole("button", { name: "New pipeline" }).click();
  await page.getByRole("button", { name: /^Begin, Pass/ }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: /^Begin, Pass/ }).waitFor();
  await page.getByRole("button", { name: "Deploy…" }).click();
  await page.getByRole("dialog", { name: "Deploy" }).getByText(/^No server here/).waitFor();
  await page.keyboard.press("Escape");
  await host.stop();
  await page.reload();
  await page.getByRole("button", { name: /^Begin, Pass/ }).waitFor();
});

/** The files of a version whose page has another title, as the build would write them. */
async function newerVersion() {
  const page = (await readFile(join(dist, "index.html"), "utf8")).replace("<title>Statecraft</title>", "<title>Newer</title>");
  const worker = await readFile(join(dist, "worker.js"), "utf8");
  const [first, ...rest] = worker.split("\n");
  const studio = JSON.parse(first.slice("const STUDIO = ".length, -1));
  studio.version = "0123456789abcdef";
  studio.files.find(({ path }) => path === "/").integrity = `sha256-${createHash("sha256").update(page).digest("base64")}`;
  return { page, worker: [`const STUDIO = ${JSON.stringify(studio)};`, ...rest].join("\n") };
}

test("a newer version waits until somebody reloads, and a version of mixed files is never taken", async () => {
  const { page } = studio;
  const host = await hostFiles();
  const newer = await newerVersion();
  const titleOfPage = () => page.evaluate(async () => (await (await fetch("/index.html")).text()).match(/<title>(.*)<\/title>/)[1]);
  await page.goto(host.address);
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
  await installed(page);

  // Its worker is there before its page: the hash of the page is another one.
  host.changed.set("/worker.js", newer.worker);
  const refused = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const gone = new Promise((done) => registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", (event) => done(event.target.state))));
    await registration.update();
    return gone;
  });
  assert.equal(refused, "redundant");
  assert.equal(await page.getByText("A newer version is here.").count(), 0);
  assert.equal((await page.evaluate(() => caches.keys())).length, 1);

  host.changed.set("/index.html", newer.page);
  // Another byte, so that the browser looks again.
  host.changed.set("/worker.js", `${newer.worker}\n`);
  await page.reload();
  await page.getByText("A newer version is here.").waitFor();
  await shoot(page, "newer");
  await page.reload();
  await page.getByText("A newer version is here.").waitFor();
  assert.notEqual(await page.evaluate(() => document.querySelector("head title")?.textContent), "Newer");
  assert.equal(await titleOfPage(), "Newer", "what is not kept comes from the host");
  await host.stop();
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Reload" }).click()]);
  await page.getByRole("button", { name: "New pipeline" }).waitFor();
  const kept = await page.evaluate(async () => (await (await caches.match("/", { cacheName: "statecraft-0123456789abcdef" })).text()).includes("<title>Newer</title>"));
  assert.ok(kept);
  assert.equal(await page.getByText("A newer version is here.").count(), 0);
});
