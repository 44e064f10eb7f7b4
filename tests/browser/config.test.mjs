// The configuration of a pipeline: name, type, role, logging, tracing, key, tags, versions and aliases (feature map, WS-01, WS-50
// to 54, WANT-13).

import assert from "node:assert/strict";
import { test } from "node:test";
import { aws, deploy, draftOf, openDraft, serious, serverAndStudio, shoot } from "./support.mjs";

const text = '{ "StartAt": "A", "States": { "A": { "Type": "Pass", "End": true } } }';
const role = "arn:aws:iam::123456789012:role/train";

const { server, studio } = serverAndStudio();

const part = (page, name) => page.getByRole("region", { name, exact: true });

async function fill(field, value) {
  await field.fill(value);
  await field.press("Enter");
}

async function deployHere(page, button) {
  await page.getByRole("button", { name: "Deploy…" }).click();
  const dialog = page.getByRole("dialog", { name: /Deploy|is deployed/ });
  await dialog.getByRole("button", { name: button }).click();
  await dialog.getByText("The server has it").waitFor();
  return dialog;
}

test("the configuration is a third view, by key and by link, and is checked in place with what the server takes", async () => {
  const { page } = studio;
  await openDraft(page, server, "third", text);
  await page.getByRole("button", { name: /^A, Pass/ }).waitFor();
  await page.keyboard.press("Alt+5");
  await part(page, "Pipeline").waitFor();
  await page.waitForURL("**view=config*");
  await page.reload();
  await part(page, "Versions").getByText(/not deployed yet/).waitFor();
  assert.ok(await page.getByRole("radio", { name: "Config" }).isChecked());
  await part(page, "Logging and tracing").getByLabel("What is logged").selectOption("ERROR");
  await part(page, "Logging and tracing").getByText(/^Name the log group/).waitFor();
  await fill(part(page, "Permissions").getByLabel("Role"), "admin");
  await part(page, "Permissions").getByText(/^This is no ARN of a role/).waitFor();
  await part(page, "Tags").getByRole("button", { name: "Add a tag" }).click();
  await part(page, "Tags").getByText(/^Give the tag a key/).waitFor();
  await page.getByRole("button", { name: "Deploy…" }).click();
  const dialog = page.getByRole("dialog", { name: "Deploy" });
  await dialog.getByText(/^The configuration has faults/).waitFor();
  assert.ok(await dialog.getByRole("button", { name: /^Deploy/ }).isDisabled());
  await page.keyboard.press("Escape");
  await shoot(page, "config-faults");

  // What is being typed is not lost when a key shows something else.
  const entry = part(page, "Permissions").getByLabel("Role");
  await entry.fill(role);
  await page.keyboard.press("Alt+1");
  await page.getByRole("button", { name: /^A, Pass/ }).waitFor();
  await page.keyboard.press("Alt+5");
  await entry.waitFor();
  assert.equal(await entry.inputValue(), role);
});

test("role, logging, tracing and tags are sent when the pipeline is deployed, and a difference counts as a change and is said in words", async () => {
  const { page } = studio;
  await openDraft(page, server, "settings", text, "?view=config");
  await fill(part(page, "Permissions").getByLabel("Role"), role);
  const logging = part(page, "Logging and tracing");
  await logging.getByLabel("What is logged").selectOption("ALL");
  await logging.getByRole("button", { name: "Use the usual log group" }).click();
  await logging.getByRole("switch", { name: /inputs and outputs/ }).click();
  await logging.getByRole("switch", { name: /X-Ray/ }).click();
  const tags = part(page, "Tags");
  await tags.getByRole("button", { name: "Add a tag" }).click();
  await fill(tags.getByLabel("Key of tag 1"), "team");
  await fill(tags.getByLabel("Value of tag 1"), "risk");
  await shoot(page, "config");
  await page.getByRole("button", { name: "Deploy…" }).click();
  const dialog = page.getByRole("dialog", { name: /Deploy|is deployed/ });
  await dialog.getByText("Tag team is added: risk").waitFor();
  await dialog.getByRole("button", { name: "Deploy this pipeline" }).click();
  await dialog.getByText("The server has it").waitFor();
  await page.keyboard.press("Escape");

  const { stateMachines } = await aws(server, "ListStateMachines", {});
  const { stateMachineArn } = stateMachines.find((machine) => machine.name === "settings");
  const there = await aws(server, "DescribeStateMachine", { stateMachineArn });
  assert.equal(there.roleArn, role);
  assert.equal(there.loggingConfiguration.level, "ALL");
  assert.equal(there.loggingConfiguration.includeExecutionData, true);
  assert.match(JSON.stringify(there.loggingConfiguration.destinations), /log-group:\/aws\/vendedlogs\/states\/settings-Logs:\*/);
  assert.equal(there.tracingConfiguration.enabled, true);
  assert.deepEqual((await aws(server, "ListTagsForResource", { resourceArn: stateMachineArn })).tags, [{ key: "team", value: "risk" }]);

  // Name and type are fixed, the rest changes.
  await part(page, "Pipeline").getByText(/fixed since the pipeline was deployed/).waitFor();
  assert.ok(await part(page, "Pipeline").getByLabel("Name").isDisabled());
  await page.getByText("Unsaved changes").waitFor({ state: "hidden" });
  await fill(tags.getByLabel("Value of tag 1"), "fraud");
  await page.getByText("Unsaved changes").waitFor();
  await page.getByRole("button", { name: "Deploy…" }).click();
  await dialog.getByText("Tag team: risk → fraud").waitFor();
  await shoot(page, "config-deploy");
  await dialog.getByRole("button", { name: "Deploy the changes" }).click();
  await dialog.getByText("The server has it").waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual((await aws(server, "ListTagsForResource", { resourceArn: stateMachineArn })).tags, [{ key: "team", value: "fraud" }]);
  await page.getByText("Unsaved changes").waitFor({ state: "hidden" });
});

test("a deployed pipeline opens with the configuration that the server has, and its rights cover it", async () => {
  const { page } = studio;
  const stateMachineArn = await deploy(server, "there", JSON.parse(text));
  await aws(server, "UpdateStateMachine", { stateMachineArn, tracingConfiguration: { enabled: true }, roleArn: role });
  await aws(server, "TagResource", { resourceArn: stateMachineArn, tags: [{ key: "stage", value: "prod" }] });
  await page.goto(`${server.address}/pipelines/there?view=config`);
  await part(page, "Tags").getByLabel("Value of tag 1").waitFor();
  assert.equal(await part(page, "Tags").getByLabel("Value of tag 1").inputValue(), "prod");
  assert.equal(await part(page, "Permissions").getByLabel("Role").inputValue(), role);
  assert.equal(await page.getByText("Unsaved changes").count(), 0);
  await part(page, "Permissions").getByRole("button", { name: /What the role must be allowed/ }).click();
  await page.getByRole("dialog", { name: "Permissions" }).getByText("xray:PutTraceSegments", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
});

test("a draft is renamed and changes its type until it is deployed", async () => {
  const { page } = studio;
  await openDraft(page, server, "older", text, "?view=config");
  const identity = part(page, "Pipeline");
  await fill(identity.getByLabel("Name"), "two words");
  await identity.getByText("A name cannot hold spaces.").waitFor({ state: "attached" });
  await identity.getByRole("radio", { name: "Express" }).click();
  await fill(identity.getByLabel("Name"), "newer");
  await page.waitForURL("**/pipelines/newer?view=config*");
  await part(page, "Pipeline").waitFor();
  assert.equal((await draftOf(page, "newer")).machine_type, "EXPRESS");
  assert.equal(await page.evaluate(() => localStorage.getItem("statecraft.draft.older")), null);
});

test("deploying publishes a version, and an alias is led to an older one and shared out between two", async () => {
  const { page } = studio;
  await openDraft(page, server, "versions", text, "?view=config");
  const versions = part(page, "Versions");
  await versions.getByRole("switch", { name: "Publish a version on deploy" }).click();
  await fill(versions.getByLabel("Description of the version"), "the first one");
  let dialog = await deployHere(page, "Deploy this pipeline");
  await dialog.getByText(/^Version 1 was published/).waitFor();
  await page.keyboard.press("Escape");
  await versions.getByRole("row", { name: /^1 .*the first one/ }).waitFor();

  await page.keyboard.press("Alt+2");
  await page.locator(".code-host").waitFor();
  await page.evaluate(() => {
    const draft = JSON.parse(localStorage.getItem("statecraft.draft.versions"));
    localStorage.setItem("statecraft.draft.versions", JSON.stringify({ ...draft, text: draft.text.replace("Pass", "Succeed").replace(', "End": true', "") }));
  });
  await page.goto(`${server.address}/pipelines/versions?view=config`);
  dialog = await deployHere(page, "Deploy the changes");
  await dialog.getByText(/^Version 2 was published/).waitFor();
  await page.keyboard.press("Escape");
  await versions.getByRole("row", { name: /^2 / }).waitFor();

  const aliases = part(page, "Aliases");
  await aliases.getByRole("button", { name: "New alias…" }).click();
  const form = page.getByRole("dialog", { name: /alias|Lead/ });
  await form.getByLabel("Name").fill("PROD");
  await form.getByRole("button", { name: "Make the alias" }).click();
  await aliases.getByText("leads to version 2").waitFor();
  await aliases.getByRole("button", { name: "Lead PROD elsewhere…" }).click();
  await form.getByLabel("Version", { exact: true }).selectOption({ label: "1: the first one" });
  await form.getByRole("button", { name: "Lead it there" }).click();
  await aliases.getByText("leads to version 1").waitFor();
  await versions.getByRole("row", { name: /^1 .*PROD/ }).waitFor();
  await shoot(page, "config-versions");
  await aliases.getByRole("button", { name: "Lead PROD elsewhere…" }).click();
  await form.getByLabel("Second version").selectOption({ label: "2" });
  await fill(form.getByLabel("Runs that get the first version"), "90");
  await form.getByRole("button", { name: "Lead it there" }).click();
  await aliases.getByText("leads to 90 % version 1, 10 % version 2").waitFor();
  await versions.getByRole("button", { name: "Publish what is deployed now" }).click();
  await versions.getByRole("row").nth(2).waitFor();
});

/** Deploys a pipeline with three versions, of which PROD leads to the first, and opens its configuration. */
async function withVersions(page, name) {
  const stateMachineArn = await deploy(server, name, JSON.parse(text));
  for (const comment of ["1", "2", "3"]) {
    const definition = JSON.stringify({ ...JSON.parse(text), Comment: comment });
    await aws(server, "UpdateStateMachine", { stateMachineArn, definition });
    await aws(server, "PublishStateMachineVersion", { stateMachineArn });
  }
  const routingConfiguration = [{ stateMachineVersionArn: `${stateMachineArn}:1`, weight: 100 }];
  await aws(server, "CreateStateMachineAlias", { name: "PROD", routingConfiguration });
  await page.goto(`${server.address}/pipelines/${name}?view=config`);
  await part(page, "Aliases").getByText("leads to version 1").waitFor();
  return stateMachineArn;
}

/** Waits until a control has the focus. */
async function focused(page, control) {
  await control.waitFor();
  const element = await control.elementHandle();
  await page.waitForFunction((element) => document.activeElement === element, element);
}

test("versions and aliases are deleted with the keyboard, after a question, and the focus stays in their list", async () => {
  const { page } = studio;
  const stateMachineArn = await withVersions(page, "deleting");
  const [versions, aliases] = [part(page, "Versions"), part(page, "Aliases")];
  const remove = (number) => versions.getByRole("button", { name: `Delete version ${number}…` });
  const dialog = page.getByRole("dialog", { name: /^Delete / });
  const left = async () => (await aws(server, "ListStateMachineVersions", { stateMachineArn })).stateMachineVersions.length;

  // Who keeps it is back on its button.
  await remove(2).focus();
  await page.keyboard.press("Enter");
  await dialog.getByText(/runs that go on end as they would/).waitFor();
  assert.deepEqual(await serious(page, "dialog[open]"), []);
  await shoot(page, "config-delete-version");
  await dialog.getByRole("button", { name: "Keep it" }).press("Enter");
  await focused(page, remove(2));
  assert.equal(await left(), 3);

  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Delete version 2" }).press("Enter");
  await remove(2).waitFor({ state: "detached" });
  await focused(page, remove(1));
  assert.equal(await left(), 2);

  // A version that an alias leads to stays; what to do stands in a row under its own.
  await page.keyboard.press("Enter");
  await dialog.getByText("PROD leads to it. Lead PROD to another version or delete it first.").waitFor();
  await dialog.getByRole("button", { name: "Delete version 1" }).press("Enter");
  const refusal = versions.locator('[data-version="1"] + tr').getByRole("alert");
  await refusal.getByText("Version 1 was not deleted: PROD leads to it.").waitFor();
  await focused(page, remove(1));
  await shoot(page, "config-refused");
  assert.deepEqual(await serious(page, ".config"), []);

  await aliases.getByRole("button", { name: "Delete PROD…" }).press("Enter");
  await dialog.getByText(/^Callers that start runs on it are refused/).waitFor();
  await dialog.getByRole("button", { name: "Delete alias PROD" }).press("Enter");
  await aliases.getByText("No aliases yet.").waitFor();
  await focused(page, aliases.getByRole("button", { name: "New alias…" }));
  await refusal.waitFor({ state: "detached" });

  await remove(1).press("Enter");
  await dialog.getByRole("button", { name: "Delete version 1" }).press("Enter");
  await focused(page, remove(3));
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Delete version 3" }).press("Enter");
  await versions.getByText("Nothing was published yet.").waitFor();
  await focused(page, versions.getByRole("button", { name: "Publish what is deployed now" }));
  await page.keyboard.press("Enter");
  await remove(4).waitFor();
  await focused(page, versions.getByRole("button", { name: "Publish what is deployed now" }));
});

test("a made alias has the focus, one that is led elsewhere keeps it, and what is refused of it stands in its own card", async () => {
  const { page } = studio;
  const stateMachineArn = await withVersions(page, "focusing");
  const [versions, aliases] = [part(page, "Versions"), part(page, "Aliases")];
  const form = page.getByRole("dialog", { name: /alias|Lead/ });
  const make = aliases.getByRole("button", { name: "New alias…" });
  await make.press("Enter");
  await form.getByLabel("Name").fill("TEST");
  await form.getByRole("button", { name: "Make the alias" }).press("Enter");
  await focused(page, aliases.getByRole("button", { name: "Lead TEST elsewhere…" }));
  await page.keyboard.press("Enter");
  await form.getByLabel("Version", { exact: true }).selectOption({ label: "2" });
  await form.getByRole("button", { name: "Lead it there" }).press("Enter");
  await aliases.getByText("leads to version 2").waitFor();
  await focused(page, aliases.getByRole("button", { name: "Lead TEST elsewhere…" }));

  await make.press("Enter");
  await form.getByLabel("Name").fill("PROD");
  await form.getByRole("button", { name: "Make the alias" }).press("Enter");
  await aliases.getByRole("alert").getByText("There is an alias of this name that leads elsewhere.").waitFor();
  assert.equal(await versions.getByRole("alert").count(), 0);
  await focused(page, make);

  // Deleted elsewhere: it is refused in its row as long as it is listed, and goes when the lists are read again.
  const lead = aliases.getByRole("button", { name: "Lead PROD elsewhere…" });
  await lead.press("Enter");
  await aws(server, "DeleteStateMachineVersion", { stateMachineVersionArn: `${stateMachineArn}:3` });
  await form.getByLabel("Version", { exact: true }).selectOption({ label: "3" });
  await form.getByRole("button", { name: "Lead it there" }).press("Enter");
  await aliases.getByRole("listitem").filter({ hasText: "PROD" }).getByText(/^PROD was not led elsewhere: it or the version was deleted meanwhile/).waitFor();
  await versions.getByRole("button", { name: "Delete version 3…" }).waitFor({ state: "detached" });
  await focused(page, lead);
});

test("a tag that is added has the focus, and one that is removed leaves it to its neighbour", async () => {
  const { page } = studio;
  await openDraft(page, server, "tagged", text, "?view=config");
  const tags = part(page, "Tags");
  const remove = (number) => tags.getByRole("button", { name: `Remove tag ${number}` });
  for (const [at, key] of ["one", "two", "three"].entries()) {
    await tags.getByRole("button", { name: "Add a tag" }).press("Enter");
    await focused(page, tags.getByLabel(`Key of tag ${at + 1}`));
    await page.keyboard.type(key);
    await page.keyboard.press("Enter");
  }
  await remove(2).press("Enter");
  await remove(3).waitFor({ state: "detached" });
  await focused(page, remove(2));
  assert.equal(await tags.getByLabel("Key of tag 2").inputValue(), "three");
  await page.keyboard.press("Enter");
  await focused(page, remove(1));
  await page.keyboard.press("Enter");
  await focused(page, tags.getByRole("button", { name: "Add a tag" }));
});

test("without a server the configuration can be filled in, and versions say why they are not there", async () => {
  const { page } = studio;
  await page.route("**/api/info", (route) => route.abort());
  await openDraft(page, server, "alone", text, "?view=config");
  await part(page, "Versions").getByText(/server does not answer/).waitFor();
  await part(page, "Aliases").getByText(/cannot be asked/).waitFor();
  await part(page, "Logging and tracing").getByRole("switch", { name: /X-Ray/ }).click();
  await page.unroute("**/api/info");
  await part(page, "Versions").getByRole("button", { name: "Try again" }).click();
  await part(page, "Versions").getByText(/not deployed yet/).waitFor();
  await page.reload();
  assert.equal(await part(page, "Logging and tracing").getByRole("switch", { name: /X-Ray/ }).getAttribute("aria-checked"), "true");
});

test("a key of one's own stands in a template of CloudFormation, and one of SAM is told to leave it out", async () => {
  const { page } = studio;
  await openDraft(page, server, "key", text, "?view=config");
  const encryption = part(page, "Encryption");
  await encryption.getByRole("switch", { name: "Encrypt with a key of your own" }).click();
  await fill(encryption.getByLabel("Key", { exact: true }), "alias/risk");
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "SAM template…", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Template" });
  const missing = dialog.getByText(/^SAM has no property for the key/);
  await missing.waitFor();
  await dialog.getByRole("radio", { name: "CloudFormation" }).click();
  await dialog.getByText(/KmsKeyId: alias\/risk/).waitFor();
  await missing.waitFor({ state: "detached" });
});
