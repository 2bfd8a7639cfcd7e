// The demonstration's form with every kind of question, at /kinds.

import { expectPage } from "./visit.js";

/** Signs in, starts a record with every kind of question and opens one of its parts. Gives where that is. */
export async function openKinds(page, complaints, part) {
  // Nobody is signed in yet, which the app finds out by asking.
  complaints.expect(/401/);
  await page.goto("/kinds");
  await page.getByRole("button", { name: "Alex Example" }).click();
  await page.getByRole("button", { name: "Try every kind" }).click();
  await page.getByRole("main").getByRole("link", { name: part, exact: true }).click();
  await expectPage(page, part);
  return new URL(page.url()).pathname;
}
