// What people do in Firsthand, told by what they see: by role and label, in the words of the home visit and of the
// demonstration's Testerton family.

import { expect } from "@playwright/test";

/** The demonstration's people, as the sign-in page lists them. */
export const PRACTITIONER = "Alex Example";
export const COLLEAGUE = "Sam Sample";
export const MANAGER = "Morgan Model";
/** Somebody who writes records and signs those of others. */
export const BOTH = "Robin Rehearsal";

export const SEEN_ALL = "I saw every child I came to see";

/** The page's one heading. @param {import("@playwright/test").Page} page */
export const heading = (page) => page.getByRole("heading", { level: 1 });

/** Waits for a page by its heading. @param {string | RegExp} name */
export const expectPage = (page, name) => expect(heading(page)).toHaveText(name);

/** The line that tells where the work is. */
export const status = (page) => page.getByRole("region", { name: "Where your work is" });

/** Waits until the server has everything. */
export const expectSent = (page) => expect(status(page)).toContainText("Everything is sent");

/** Signs in as one of the demonstration's people. */
export async function signIn(page, name) {
  await page.goto("/");
  await page.getByRole("button", { name }).click();
  await expectPage(page, "My work");
}

/** Goes where a link of the top bar leads, which on a phone is behind a button. */
export async function goTo(page, name) {
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("navigation", { name: "Firsthand" }).getByRole("link", { name }).click();
}

/** The form that these tests fill in, among whichever others there are. */
export const chooseHomeVisit = (page) => choose(page, "What do you want to record?", "Home visit");

/** Starts a home visit about all three Testertons. Gives the path of the record. */
export async function startVisit(page) {
  await goTo(page, "Start a record");
  await chooseHomeVisit(page);
  await page.getByRole("button", { name: "Choose all three" }).click();
  await page.getByRole("button", { name: "Start the home visit" }).click();
  await expectPage(page, "Home visit");
  return new URL(page.url()).pathname;
}

/** Goes to the first part of the record whose parts are listed. */
export async function openPart(page, name) {
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
  await expectPage(page, new RegExp(`^${name}`));
}

/** Goes to the next part. */
export async function goOn(page, name) {
  await page.getByRole("link", { name: `Next: ${name}` }).click();
  await expectPage(page, new RegExp(name, "i"));
}

/** A question with several controls. @param {string} question how it begins */
export const group = (page, question) => page.getByRole("group", { name: question });

/** A question that is answered in one box. */
export const box = (page, question) => page.getByRole("textbox", { name: question });

/** Chooses an option. */
export const choose = (page, question, option) =>
  group(page, question).getByLabel(option, { exact: true }).check();

/** Writes into a box. */
export const write = (page, question, text) => box(page, question).fill(text);

/** Enters a day. @param {Day} day */
export async function enter(page, question, { day, month, year }) {
  const boxes = group(page, question);
  await boxes.getByLabel("Day").fill(day);
  await boxes.getByLabel("Month").fill(month);
  await boxes.getByLabel("Year").fill(year);
}

/**
 * The day so many days from now, as clocks in England have it.
 * @typedef {{ day: string, month: string, year: string }} Day
 * @returns {Day}
 */
export function inDays(days) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric" });
  const parts = format.formatToParts(Date.now() + days * 24 * 60 * 60 * 1000);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** Fills in the first part. */
export async function writeTheVisit(page, outcome = SEEN_ALL) {
  await enter(page, "When did the visit happen?", inDays(0));
  await choose(page, "Did the family know you were coming?", "No, on purpose");
  await choose(page, "What happened?", outcome);
}

/** Fills in that a child was seen. */
export async function writeSeen(page, child) {
  await choose(page, `Did you see ${child}?`, "Yes");
  await choose(page, `Where did you see ${child}?`, "Elsewhere in the home");
  await write(page, `How did ${child} look and seem?`, "Clean and dressed for the weather.");
}

/** Fills in where a child sleeps. */
export async function writeBedroom(page, child, like) {
  await choose(page, `Did you see where ${child} sleeps?`, "Yes");
  await write(page, "What is it like?", like);
}

/** Fills in what the record needs beyond the children, from the part after them on. */
export async function writeTheRest(page) {
  await goOn(page, "The home");
  await write(page, "Who was at home?", "Kelly, and Pat who came to fix the boiler");
  await write(page, "What is the home like", "Warm and tidy. Food in the fridge and the cupboards.");
  await choose(page, "Did anything at home worry you?", "No");
  await goOn(page, "What happens next");
  await write(page, "What does this visit tell you", "Jordan guards the little ones. Casey and Remi look to him first.");
  await write(page, "What will happen now?", "Young carers’ group on Tuesday; I ring Kelly on Thursday.");
  await enter(page, "When is the next visit?", inDays(14));
}

/**
 * Fills in the shortest record that can be sent, from its first part on: nobody answered, and each child is known to be
 * safe. Ends where the answers are checked.
 */
export async function writeThatNobodyAnswered(page) {
  await openPart(page, "The visit");
  await writeTheVisit(page, "Nobody answered");
  await write(page, "What did you do then", "Rang Kelly, left a note.");
  await enter(page, "When will you try again?", inDays(1));
  for (const child of ["Jordan", "Casey", "Remi"]) {
    await goOn(page, child);
    await choose(page, `Did you see ${child}?`, "No");
    await choose(page, `Why did you not see ${child}?`, "At nursery, school or college");
    await write(page, `How do you know that ${child} is safe`, "The school office saw them at lunch.");
    await choose(page, `How did you hear from ${child}?`, "It was not possible");
    await choose(page, "Why not?", "They were not there");
    await write(page, "When and how will you try again?", "Tomorrow, at home.");
  }
  await goOn(page, "What happens next");
  await write(page, "What will happen now?", "I visit again tomorrow.");
  await enter(page, "When is the next visit?", inDays(1));
  await page.getByRole("link", { name: "Next: check and send" }).click();
  await expectPage(page, "Check your answers");
}
