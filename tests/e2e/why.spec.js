// Whoever is asked something can ask back: why am I being asked this, and how was this worked out?

import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { choose, group } from "./harness/visit.js";

test("a question says which answers it is asked because of, and leads to them", async ({ page, look }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.startVisit(page);
  await visit.openPart(page, "The visit");
  await visit.writeTheVisit(page);
  await visit.goOn(page, "Jordan");
  await choose(page, "Did you see Jordan?", "Yes");
  await choose(page, "Did you see Jordan alone?", "No");

  // The same page: what is told stays true while it is open.
  const reason = group(page, "Why did you not see Jordan alone?");
  const why = reason.getByRole("group").filter({ hasText: "Why am I being asked this?" });
  await reason.getByText("Why am I being asked this?").click();
  await expect(why.getByRole("listitem")).toHaveText(["Did you see Jordan?: Yes", "Did you see Jordan alone?: No"]);
  const age = page.getByRole("group").filter({ hasText: "How was this worked out?" });
  await page.getByText("How was this worked out?").first().click();
  await expect(age.getByRole("listitem").first()).toContainText("Jordan’s age: Born ");
  await look("why");
  await why.getByRole("link", { name: "Did you see Jordan alone?" }).click();
  await expect(group(page, "Did you see Jordan alone?").getByLabel("No", { exact: true })).toBeFocused();

  // Another page.
  const bedroom = page.getByRole("region", { name: "Where Jordan sleeps" });
  await bedroom.getByText("Why am I being asked about this?").click();
  await bedroom.getByRole("link", { name: "What happened?" }).click();
  await visit.expectPage(page, "The visit");
  await expect(group(page, "What happened?").getByLabel(visit.SEEN_ALL)).toBeFocused();
});
