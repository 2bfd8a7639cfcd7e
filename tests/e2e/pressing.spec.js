// What one presses stays where it is until one has pressed it.

import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { choose, group } from "./harness/visit.js";

test("what is said of the question that one leaves does not push the next one from under the finger", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.startVisit(page);
  await visit.openPart(page, "The visit");
  await visit.enter(page, "When did the visit happen?", { day: "31", month: "11", year: "2026" });
  await choose(page, "Did the family know you were coming?", "No, on purpose");
  await expect(group(page, "When did the visit happen?").getByText("Enter a day that exists")).toBeVisible();
});
