// Pictures of the main pages: light, dark and on a phone, and the studio with 5, 50 and 1,000 states. They are for people
// to look at; nothing is judged here. STATECRAFT_SHOTS names the folder.

import { aws, deploy, openBrowser, openDraft, shoot, startServer } from "./support.mjs";

const LOOKS = [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { width: 390, height: 844 }],
];

/** What only a wide window shows. */
const WIDE = new Set(["studio-split", "studio-config", "studio-states", "studio-test", "studio-dry-run", "studio-versions"]);

/** A pipeline of `count` states: chains with a Choice, a Parallel and a Catch in every ten. */
function pipeline(count) {
  const States = {};
  const name = (index) => `Step ${index + 1}`;
  for (let index = 0; index < count; index++) {
    const Next = index + 1 < count ? name(index + 1) : undefined;
    const onward = Next ? { Next } : { End: true };
    const far = name(Math.min(index + 4, count - 1));
    const kind = index % 10;
    if (kind === 3 && Next) {
      States[name(index)] = { Type: "Choice", Choices: [{ Variable: "$.score", NumericLessThan: 0.9, Next: far }], Default: Next };
    } else if (kind === 6) {
      const branch = (letter) => ({ StartAt: `${name(index)} ${letter}`, States: { [`${name(index)} ${letter}`]: { Type: "Pass", End: true } } });
      States[name(index)] = { Type: "Parallel", Branches: [branch("a"), branch("b")], ...onward };
    } else if (kind === 8) {
      States[name(index)] = { Type: "Wait", Seconds: 60, ...onward };
    } else {
      States[name(index)] = {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: `step-${index + 1}`, "Payload.$": "$" },
        Retry: [{ ErrorEquals: ["States.TaskFailed"], MaxAttempts: 3 }],
        ...(kind === 1 && { Catch: [{ ErrorEquals: ["States.ALL"], Next: far }] }),
        ...onward,
      };
    }
  }
  return { Comment: `${count} states`, StartAt: name(0), States };
}

/** Runs to show: one that waits for a person, one that failed, one that went through. */
async function prepare(server) {
  const tags = [{ key: "statecraft:answered-by", value: "people" }];
  const { activityArn } = await aws(server, "CreateActivity", { name: "release", tags });
  const Parameters = {
    Title: "Churn model 14",
    Question: "Use the new model for all customers?",
    Evidence: { Accuracy: "0.93, before 0.91", "Trained on": "1.2 million rows" },
    IfApproved: "It replaces version 13 within ten minutes.",
    IfRejected: "Version 13 stays in use.",
  };
  const ask = { Type: "Task", Resource: activityArn, Parameters, End: true };
  const machines = {
    release: { StartAt: "Ask for approval", States: { "Ask for approval": ask } },
    nightly: { StartAt: "Load", States: { Load: { Type: "Pass", Next: "Check" }, Check: { Type: "Fail", Error: "NoRows", Cause: "The table of yesterday is empty." } } },
    scoring: { StartAt: "Score", States: { Score: { Type: "Pass", Result: { score: 0.97 }, Next: "Store" }, Store: { Type: "Pass", End: true } } },
  };
  for (const [name, definition] of Object.entries(machines)) {
    const stateMachineArn = await deploy(server, name, definition);
    await aws(server, "StartExecution", { stateMachineArn, name: "monday", input: "{}" });
  }
}

const canvas = (page) => page.getByRole("button", { name: /^Step 1, / }).first().waitFor();

const five = JSON.stringify(pipeline(5), null, 2);

/** Each page: its name, how it is opened, and what shows that it is there. */
const PAGES = (server) => {
  /** Opens the pipeline of five states with one selected, and runs a command. */
  const opened = (words) => async (page) => {
    await openDraft(page, server, "with-5", five, "?state=%2FStates%2FStep+2");
    await canvas(page);
    await page.keyboard.press("Control+K");
    await page.keyboard.type(words);
    await page.getByRole("option", { name: words, selected: true }).waitFor();
    await page.keyboard.press("Enter");
  };
  return [
    ["home", (page) => page.goto(server.address), (page) => page.getByRole("heading", { name: "Starter pipelines" }).waitFor()],
    ...[5, 50, 1000].map((count) => [
      `studio-${count}`,
      (page) => openDraft(page, server, `with-${count}`, JSON.stringify(pipeline(count), null, 2)),
      canvas,
    ]),
    ["studio-selected", (page) => openDraft(page, server, "with-5", five, "?state=%2FStates%2FStep+2"), canvas],
    [
      "studio-split",
      (page) => openDraft(page, server, "with-5", five, "?view=split"),
      (page) => page.locator(".cm-content").waitFor(),
    ],
    ["studio-config", (page) => openDraft(page, server, "with-5", five, "?view=config"), (page) => page.getByRole("region", { name: "Tags" }).waitFor()],
    ["studio-states", opened("Show the states as a tree"), (page) => page.getByRole("treeitem").first().waitFor()],
    ["studio-test", opened("Test this state…"), (page) => page.getByRole("dialog", { name: /^Test “/ }).waitFor()],
    ["studio-dry-run", opened("Dry run"), (page) => page.getByRole("region", { name: "Dry run" }).waitFor()],
    ["studio-versions", opened("Keep a version…"), (page) => page.getByRole("dialog").waitFor()],
    ["runs", (page) => page.goto(`${server.address}/pipelines/nightly/runs`), (page) => page.getByRole("row", { name: /monday/ }).waitFor()],
    ["run-failed", (page) => page.goto(`${server.address}/pipelines/nightly/runs/monday`), (page) => page.getByRole("heading", { name: /^Failed/ }).waitFor()],
    ["run-succeeded", (page) => page.goto(`${server.address}/pipelines/scoring/runs/monday`), (page) => page.getByRole("heading", { name: /^Succeeded/ }).waitFor()],
    ["reviews", (page) => page.goto(`${server.address}/reviews`), (page) => page.getByText(/Use the new model/).first().waitFor()],
    [
      "review",
      async (page) => {
        await page.goto(`${server.address}/reviews`);
        await page.getByText(/Use the new model/).first().click();
      },
      (page) => page.getByRole("heading", { name: /Use the new model/ }).waitFor(),
    ],
  ];
};

const server = await startServer();
try {
  await prepare(server);
  for (const [look, options] of LOOKS) {
    const { page, close } = await openBrowser(options);
    for (const [name, open, there] of PAGES(server).filter(([name]) => look !== "phone" || !WIDE.has(name))) {
      await open(page);
      await there(page);
      await page.evaluate(() => document.fonts.ready);
      await shoot(page, `${name}-${look}`);
    }
    await close();
  }
} finally {
  await server.stop();
}
