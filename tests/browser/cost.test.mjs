// What runs cost, before anything is deployed (feature map, WANT-11, COST-01 to 07).

import assert from "node:assert/strict";
import { test } from "node:test";
import { openDraft, serverAndStudio, shoot } from "./support.mjs";

const { server, studio } = serverAndStudio();

test("after a dry run the studio says what a month of such runs costs, as Standard and as Express", async () => {
  const { page } = studio;
  const rest = { Type: "Wait", Seconds: 10, Next: "Done" };
  await openDraft(page, server, "cost", JSON.stringify({ StartAt: "Rest", States: { Rest: rest, Done: { Type: "Succeed" } } }), "?tab=dry-run");
  assert.ok(await page.getByRole("button", { name: "Cost…" }).isDisabled());
  await page.getByRole("button", { name: "Run to the end" }).click();
  await page.getByText("Succeeded").first().waitFor();
  await page.getByRole("button", { name: "Cost…" }).click();
  const dialog = page.getByRole("dialog", { name: "What it costs" });
  await dialog.getByText(/made 2 state transitions in 10/).waitFor();
  const runs = dialog.getByLabel("Such runs a month");
  await runs.fill("100000000");
  await runs.press("Enter");
  // 200 million transitions less 4,000 at $0.025 a thousand; 17,361.11 GB-hours and 100 million starts.
  await dialog.getByRole("row", { name: /^Standard.*200,000,000 transitions.*\$4,999\.90/ }).waitFor();
  await dialog.getByRole("row", { name: /^Express.*64 MB.*\$482\.97/ }).waitFor();
  await shoot(page, "cost");
});
