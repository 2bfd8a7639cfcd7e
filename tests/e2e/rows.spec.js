// Rows: whatever is added, taken away and brought back, each says which it is and keeps what was written in it.

import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { choose, group, openPart } from "./harness/visit.js";

test("rows are numbered as they stand, and one that was removed comes back to where it was", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.goTo(page, "Start a record");
  await choose(page, "What do you want to record?", "Child in need plan");
  await page.getByRole("checkbox", { name: /Jordan/ }).check();
  await page.getByRole("button", { name: "Start the child in need plan" }).click();
  await openPart(page, "The meeting");
  const asked = group(page, "Which services were asked to come?");
  const expectRows = (...names) =>
    expect(asked.getByRole("button", { name: /^Remove/ })).toHaveText(names.map((name, index) => `Remove ${name}, ${index + 1}`));

  for (const name of ["Pat", "Sam", "Lee"]) {
    await asked.getByRole("button", { name: /^Add (one|another)$/ }).click();
    await expect(asked.getByRole("group", { name: /^Number \d$/ })).toBeVisible();
    await expect(asked.getByRole("combobox", { name: "Name" }).last()).toBeFocused();
    await page.keyboard.type(name);
  }
  await expectRows("Pat", "Sam", "Lee");
  await asked.getByRole("button", { name: "Remove Sam, 2" }).click();
  await expectRows("Pat", "Lee");
  await asked.getByRole("button", { name: "Put it back" }).click();
  await expectRows("Pat", "Sam", "Lee");
  await asked.getByRole("button", { name: "Remove Pat, 1" }).click();
  await asked.getByRole("button", { name: "Add another" }).click();
  await page.keyboard.type("Kim");
  await expectRows("Sam", "Lee", "Kim");
  await expect(asked.getByRole("combobox", { name: "Name" }).nth(1)).toHaveValue("Lee");
});
