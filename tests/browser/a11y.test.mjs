// Every page, light and dark, wide and on a phone: axe-core finds nothing serious, nothing breaks the page's own rules on
// what may be loaded (CSP), and nothing is asked of another server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { aws, deploy, openBrowser, openDraft, serious, shoot, startServer } from "./support.mjs";

const pipeline = JSON.stringify({
  Comment: "Every type of state once",
  StartAt: "Shape",
  States: {
    Shape: { Type: "Pass", Next: "Check" },
    Check: {
      Type: "Choice",
      Choices: [{ Variable: "$.ok", BooleanEquals: true, Next: "Work" }],
      Default: "Both",
    },
    Work: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "train", "Payload.$": "$" },
      Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Broken" }],
      Next: "Done",
    },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Left", States: { Left: { Type: "Wait", Seconds: 1, End: true } } },
        { StartAt: "Right", States: { Right: { Type: "Pass", End: true } } },
      ],
      Next: "Each",
    },
    Each: {
      Type: "Map",
      ItemProcessor: { StartAt: "One", States: { One: { Type: "Pass", End: true } } },
      Next: "Done",
    },
    Broken: { Type: "Fail", Error: "Broken" },
    Done: { Type: "Succeed" },
  },
});

let server;

before(async () => {
  server = await startServer();
  await people();
});

after(() => server?.stop());

/** A run that waits for a person, one that failed, one that succeeded. */
async function people() {
  const tags = [{ key: "statecraft:answered-by", value: "people" }];
  const { activityArn } = await aws(server, "CreateActivity", { name: "judge", tags });
  const Parameters = { Question: "Use the new model?", Evidence: { Accuracy: 0.93, Before: 0.91 }, Reviewers: ["Ada"] };
  const ask = { Type: "Task", Resource: activityArn, Parameters, End: true };
  const asks = await deploy(server, "asks", { StartAt: "Ask", States: { Ask: ask } });
  const fails = await deploy(server, "fails", { StartAt: "No", States: { No: { Type: "Fail", Error: "No", Cause: "Because" } } });
  const passes = await deploy(server, "passes", JSON.parse(pipeline));
  for (const [stateMachineArn, input] of [[asks, {}], [fails, {}], [passes, { ok: false, items: [1] }]]) {
    await aws(server, "StartExecution", { stateMachineArn, name: "first", input: JSON.stringify(input) });
  }
}

const waitFor = (page, role, name) => page.getByRole(role, { name }).first().waitFor();

/** Opens the pipeline and presses keys on its canvas. */
const keyed = (keys) => async (page) => {
  await openDraft(page, server, "all", pipeline, "?state=%2FStates%2FWork");
  await waitFor(page, "button", /^Work, Task/);
  for (const key of keys) await page.keyboard.press(key);
};

/** Opens the pipeline and picks from one of its menus. */
const picked = (menu, item) => async (page) => {
  await openDraft(page, server, "all", pipeline, "?state=%2FStates%2FWork");
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
};

/** A tab of the inspector. */
const tabbed = (tab) => async (page) => {
  await openDraft(page, server, "all", pipeline, "?state=%2FStates%2FWork");
  await page.getByRole("tab", { name: tab }).click();
};

/** Each page: its name, how it is opened, and what shows that it is there. */
const pages = [
  ["home", (page) => page.goto(server.address), (page) => waitFor(page, "heading", /pipeline/i)],
  ["studio", (page) => openDraft(page, server, "all", pipeline), (page) => waitFor(page, "button", /^Work, Task/)],
  [
    "studio, a state selected",
    (page) => openDraft(page, server, "all", pipeline, "?state=%2FStates%2FWork"),
    (page) => waitFor(page, "button", /^Work, Task/),
  ],
  ["studio, code", (page) => openDraft(page, server, "all", pipeline, "?view=code"), (page) => page.locator(".cm-content").waitFor()],
  [
    "studio, broken code",
    (page) => openDraft(page, server, "broken", `${pipeline.slice(0, -9)},`, "?view=split"),
    (page) => page.locator(".cm-content").waitFor(),
  ],
  [
    "dry run",
    async (page) => {
      await openDraft(page, server, "all", pipeline);
      await page.getByRole("button", { name: "Dry run", exact: true }).click();
    },
    (page) => waitFor(page, "region", "Dry run"),
  ],
  ["input and output", tabbed("Input & output"), (page) => waitFor(page, "tab", "Input & output")],
  ["errors", tabbed("Errors"), (page) => page.getByLabel("Stop after").first().waitFor()],
  [
    "completion and value in a box of JSON",
    async (page) => {
      await tabbed("Input & output")(page);
      await page.getByRole("textbox", { name: "Keep of the result" }).pressSequentially('{"a.$": "$.');
    },
    (page) => page.getByRole("listbox", { name: "What can stand here" }).waitFor(),
  ],
  [
    "completion and value of a path",
    async (page) => {
      await tabbed("Input & output")(page);
      await page.getByRole("textbox", { name: "Use this part of the input" }).pressSequentially("$");
    },
    (page) => page.getByRole("listbox", { name: "What can stand here" }).waitFor(),
  ],
  [
    "test of a state",
    async (page) => {
      await openDraft(page, server, "all", pipeline, "?state=%2FStates%2FWork");
      await page.getByRole("button", { name: "Test this state", exact: true }).click();
      await page.getByRole("button", { name: "Run the test" }).click();
    },
    (page) => page.locator(".test-outcome .test-status").waitFor(),
  ],
  ["commands", keyed(["Control+K"]), (page) => waitFor(page, "combobox", "A command, a state, something to add")],
  ["keys", keyed(["Shift+?"]), (page) => waitFor(page, "dialog", "Keys")],
  ["permissions", picked("More", "Permissions…"), (page) => page.getByText("lambda:InvokeFunction", { exact: true }).waitFor()],
  ["conversion", picked("More for this state", "Convert to JSONata…"), (page) => waitFor(page, "dialog", "Convert to JSONata")],
  [
    "test of a state",
    async (page) => {
      await openDraft(page, server, "all", pipeline, "?state=%2FStates%2FWork");
      await page.getByRole("button", { name: "Test this state", exact: true }).click();
    },
    (page) => waitFor(page, "dialog", "Test “Work”"),
  ],
  [
    "configuration",
    (page) => openDraft(page, server, "all", pipeline, "?view=config"),
    (page) => waitFor(page, "region", "Logging and tracing"),
  ],
  [
    "deploy",
    async (page) => {
      await openDraft(page, server, "all", pipeline);
      await page.getByRole("button", { name: /^Deploy/ }).click();
    },
    (page) => waitFor(page, "dialog", /Deploy/),
  ],
  ["runs", (page) => page.goto(`${server.address}/pipelines/passes/runs`), (page) => waitFor(page, "row", /first/)],
  ["run that failed", (page) => page.goto(`${server.address}/pipelines/fails/runs/first`), (page) => waitFor(page, "heading", /^Failed/)],
  ["run with a Map", (page) => page.goto(`${server.address}/pipelines/passes/runs/first`), (page) => waitFor(page, "heading", /in|Failed/)],
  ["reviews", (page) => page.goto(`${server.address}/reviews`), (page) => page.getByText("Use the new model?").first().waitFor()],
  [
    "review",
    async (page) => {
      await page.goto(`${server.address}/reviews`);
      await page.getByText("Use the new model?").first().click();
    },
    (page) => waitFor(page, "heading", "Use the new model?"),
  ],
  ["nowhere", (page) => page.goto(`${server.address}/pipelines/none/runs/none`), (page) => waitFor(page, "heading", /./)],
];

/** What a phone shows of them: the rest needs a wide window. */
const ON_A_PHONE = new Set(["home", "studio", "studio, a state selected", "runs", "run that failed", "run with a Map", "reviews", "review", "nowhere"]);

/** Collects what the browser refused to load, and what it asked other servers for. */
async function watch(page) {
  const seen = [];
  await page.exposeFunction("sayRefused", (what) => seen.push(what));
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", (event) =>
      window.sayRefused(`${event.violatedDirective} refuses ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}`),
    ),
  );
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(server.address) && !/^(data|blob):/.test(url)) seen.push(`asks ${url}`);
  });
  return seen;
}

for (const [title, options] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["on a phone", { width: 390, height: 844 }],
]) {
  test(`no page has a serious fault of access, breaks its content policy or asks another server, ${title}`, async (t) => {
    const studio = await openBrowser(options);
    try {
      const { page, faults } = studio;
      const refused = await watch(page);
      const isWide = options.width === undefined;
      for (const [name, open, there] of pages.filter(([name]) => isWide || ON_A_PHONE.has(name))) {
        await t.test(name, async () => {
          await open(page);
          await there(page);
          await shoot(page, `a11y-${title}-${name}`.replaceAll(/[ ,]+/g, "-"));
          assert.deepEqual(await serious(page), []);
          assert.deepEqual(refused.splice(0), []);
        });
      }
      assert.deepEqual(faults, []);
    } finally {
      await studio.close();
    }
  });
}
