// What is kept of a pipeline beside its draft: the steps of undo and redo.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { draftOf, openBrowser, openDraft, startServer } from "./support.mjs";

const definition = `${JSON.stringify(
  {
    StartAt: "Rest",
    States: { Rest: { Type: "Wait", Seconds: 7, Next: "Done" }, Done: { Type: "Succeed" } },
  },
  null,
  2,
)}\n`;

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

const undo = (page) => page.getByRole("button", { name: /^Undo/ });
const redo = (page) => page.getByRole("button", { name: /^Redo/ });

/** Waits until the draft that the browser keeps is `text`. */
async function kept(page, name, text) {
  await page.waitForFunction(
    ([name, text]) => JSON.parse(localStorage.getItem(`statecraft.draft.${name}`)).text === text,
    [name, text],
  );
}

/** Gives the state in focus another name, with the keyboard. */
async function rename(page, from, to) {
  await page.getByRole("button", { name: new RegExp(`^${from}, `) }).click();
  await page.keyboard.press("F2");
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Name", { exact: true });
  await field.fill(to);
  await field.press("Enter");
  await page.getByRole("button", { name: new RegExp(`^${to}, `) }).waitFor();
}

/** The text of the head of the history that the browser keeps of a pipeline. */
function headOf(page, name) {
  return page.evaluate(
    (name) =>
      new Promise((found, failed) => {
        const request = indexedDB.open("statecraft");
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
          const get = request.result.transaction("heads").objectStore("heads").get(name);
          get.onerror = () => failed(get.error);
          get.onsuccess = () => {
            request.result.close();
            found(get.result);
          };
        };
      }),
    name,
  );
}

test("undo and redo are there again after the page is loaded anew, and give every byte", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "again", definition);
  await rename(page, "Rest", "Pause");
  await rename(page, "Done", "Over");
  await rename(page, "Pause", "Idle");
  await undo(page).click();
  await kept(page, "again", definition.replaceAll("Rest", "Pause").replaceAll("Done", "Over"));

  await page.reload();
  await page.getByRole("button", { name: "Redo: Rename Pause to Idle" }).click();
  await page.getByRole("button", { name: /^Idle, Wait/ }).waitFor();
  await kept(page, "again", definition.replaceAll("Rest", "Idle").replaceAll("Done", "Over"));

  await page.reload();
  for (const step of ["Rename Pause to Idle", "Rename Done to Over", "Rename Rest to Pause"]) {
    await page.getByRole("button", { name: `Undo: ${step}` }).click();
  }
  await kept(page, "again", definition);
  assert.ok(await undo(page).isDisabled());
  assert.deepEqual(faults, []);
});

test("what was done just before the page went away is not lost, nor is its step", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "hasty", definition);
  await rename(page, "Rest", "Pause");
  await page.reload();
  await page.getByRole("button", { name: "Undo: Rename Rest to Pause" }).click();
  await kept(page, "hasty", definition);
  assert.deepEqual(faults, []);
});

test("steps that lead to another text are left out, and the draft is opened as it is", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "other", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "other", definition.replaceAll("Rest", "Pause"));
  await page.goto(server.address);
  const text = definition.replace("7", "8");
  await openDraft(page, server, "other", text);
  await page.locator('[data-text="8 s"]').waitFor();
  await rename(page, "Done", "Over");
  await undo(page).click();
  await kept(page, "other", text);
  assert.ok(await undo(page).isDisabled());
  assert.deepEqual(faults, []);
});

test("what another tab wrote is one step here, and each tab goes on with its own", async () => {
  const { page, context, faults } = studio;
  await openDraft(page, server, "tabs", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "tabs", definition.replaceAll("Rest", "Pause"));
  const other = await context.newPage();
  await other.goto(`${server.address}/pipelines/tabs`);
  await other.getByRole("button", { name: "Undo: Rename Rest to Pause" }).waitFor();
  await rename(other, "Done", "Over");
  await page.getByText("This pipeline was changed in another tab. Undo brings back what was here.").first().waitFor();
  await undo(page).click();
  await kept(page, "tabs", definition.replaceAll("Rest", "Pause"));
  await page.reload();
  await page.getByRole("button", { name: "Undo: Rename Rest to Pause" }).click();
  await kept(page, "tabs", definition);
  await other.close();
  assert.deepEqual(faults, []);
});

test("a deleted draft takes its steps along", async () => {
  const { page, faults } = studio;
  await openDraft(page, server, "gone", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "gone", definition.replaceAll("Rest", "Pause"));
  assert.ok(await headOf(page, "gone"));
  await page.goto(server.address);
  await page.getByRole("button", { name: /Delete gone/ }).click();
  await page.getByRole("button", { name: "Delete the draft" }).click();
  await page.getByRole("button", { name: /Delete gone/ }).waitFor({ state: "detached" });
  assert.equal(await headOf(page, "gone"), undefined);
  assert.deepEqual(faults, []);
});

test("a browser that refuses its database, and one that holds what nobody can read, work as before", async () => {
  const { page, context, faults } = studio;
  const refused = await context.newPage();
  await refused.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  const said = [];
  refused.on("pageerror", (error) => said.push(error.message));
  await openDraft(refused, server, "refused", definition);
  await rename(refused, "Rest", "Pause");
  await undo(refused).click();
  await redo(refused).click();
  await kept(refused, "refused", definition.replaceAll("Rest", "Pause"));
  await refused.close();

  await openDraft(page, server, "unreadable", definition);
  await rename(page, "Rest", "Pause");
  await kept(page, "unreadable", definition.replaceAll("Rest", "Pause"));
  await page.evaluate(
    () =>
      new Promise((done) => {
        const request = indexedDB.open("statecraft");
        request.onsuccess = () => {
          const writing = request.result.transaction("steps", "readwrite");
          writing.objectStore("steps").put({ not: "a step" }, ["unreadable", 0]);
          writing.oncomplete = () => {
            request.result.close();
            done();
          };
        };
      }),
  );
  await page.reload();
  await rename(page, "Done", "Over");
  await undo(page).click();
  assert.equal((await draftOf(page, "unreadable")).text.includes("Pause"), true);
  assert.ok(await undo(page).isDisabled());
  assert.deepEqual([...said, ...faults], []);
});
