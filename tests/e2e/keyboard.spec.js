// The path by keyboard alone: in, through a page and its mistakes, and to the end where the record is sent.

import { chooseAt, pressEnterAt, tabTo, typeAt } from "./harness/keyboard.js";
import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { box, expectPage, group, heading } from "./harness/visit.js";

const link = (page, name) => page.getByRole("link", { name, exact: true });
const button = (page, name) => page.getByRole("button", { name });

test("a page is found, filled in and put right without a mouse", async ({ page }) => {
  await page.goto("/");
  await expectPage(page, "Sign in");
  await pressEnterAt(button(page, visit.PRACTITIONER));
  await expectPage(page, "My work");
  await pressEnterAt(page.getByRole("main").getByRole("link", { name: "Start a record" }));
  await expectPage(page, "Start a record");
  await expect(heading(page)).toBeFocused();
  await chooseAt(group(page, "What do you want to record?"), "Home visit");
  await pressEnterAt(button(page, "Choose all three"));
  await pressEnterAt(button(page, "Start the home visit"));
  await expectPage(page, "Home visit");
  await expect(heading(page)).toBeFocused();
  await pressEnterAt(link(page.getByRole("main"), "The visit"));
  await expectPage(page, "The visit");
  await expect(heading(page)).toBeFocused();

  const { day, month, year } = visit.inDays(0);
  const date = group(page, "When did the visit happen?");
  await typeAt(date.getByLabel("Day"), day);
  await typeAt(date.getByLabel("Month"), month);
  await typeAt(date.getByLabel("Year"), year);
  await chooseAt(group(page, "Did the family know you were coming?"), "No, on purpose");
  await pressEnterAt(button(page, "What is missing?"));
  const errors = page.getByRole("alert", { name: "There is something to put right on this page" });
  await expect(errors).toBeFocused();
  await pressEnterAt(errors.getByRole("link", { name: "What happened? Choose an answer" }));
  await expect(group(page, "What happened?").getByRole("radio").first()).toBeFocused();
  await page.keyboard.press("Space");
  await expect(group(page, "What happened?").getByLabel(visit.SEEN_ALL)).toBeChecked();
  await expect(errors).toHaveCount(0);
  await pressEnterAt(link(page, "Next: Jordan"));
  await expectPage(page, /^Jordan/);
  await expect(heading(page)).toBeFocused();
});

test("one gets past what is the same on every page, and back with the browser's own keys", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.startVisit(page);
  await visit.openPart(page, "What happens next");
  await page.reload();
  await expectPage(page, "What happens next");
  await tabTo(link(page, "Skip to the main part"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await typeAt(box(page, "What will happen now?"), "I ring Kelly.");
  // In the middle of a sentence.
  await page.goBack();
  await expectPage(page, "Home visit");
  await page.goForward();
  await expect(box(page, "What will happen now?")).toHaveValue("I ring Kelly.");
});

test("a record is checked, put right and sent without a mouse", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.startVisit(page);
  await visit.writeThatNobodyAnswered(page);
  await page.getByRole("link", { name: /^Change.*What will happen now\?/ }).click();
  await box(page, "What will happen now?").fill("");
  await page.keyboard.press("Tab");
  await pressEnterAt(link(page, "Next: check and send"));
  await expectPage(page, "Check your answers");
  await expect(heading(page)).toBeFocused();
  await pressEnterAt(button(page, "Send for sign-off"));
  const errors = page.getByRole("alert", { name: "It has not been sent yet" });
  await expect(errors).toBeFocused();
  await pressEnterAt(errors.getByRole("link", { name: "What will happen now? Write an answer" }));
  await expect(box(page, "What will happen now?")).toBeFocused();
  await page.keyboard.type("I visit again tomorrow.");
  await pressEnterAt(link(page, "Next: check and send"));
  await expectPage(page, "Check your answers");
  await pressEnterAt(button(page, "Send for sign-off"));
  await expectPage(page, "Sent for sign-off");
  await expect(heading(page)).toBeFocused();
});
