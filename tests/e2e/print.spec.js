// Paper: every form can be printed blank, for the day on which nothing else works, and every record as it stands.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { DIST } from "./harness/server.js";
import { expect, goOffline, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { choose, expectPage, expectSent, goOn, write } from "./harness/visit.js";

/** What nobody answers by hand. */
const NOT_ANSWERED = ["computed", "echo", "note"];
const WORDS = "nah im not leaving casey on their own with him about";
const VIEW = "Jordan is standing guard. At 15 that is too much to carry.";

/** The forms of the front end, each with its name and its questions as they are asked about “the child”. */
async function forms() {
  const files = (await readdir(join(DIST, "forms"))).filter((file) => file.endsWith(".json") && file !== "index.json");
  const read = async (file) => {
    const { name, title, nodes } = JSON.parse(await readFile(join(DIST, "forms", file), "utf8"));
    const asked = nodes.filter(({ body }) => body.field && !NOT_ANSWERED.includes(Object.keys(body.field.kind)[0]));
    const labels = asked.map(({ label }) => label.replaceAll(/\{child\.(first|full)_name\}/g, "the child"));
    // What else differs from record to record is told in other words.
    const questions = labels.filter((label) => !label.includes("{"));
    return { name, title, questions: questions.map((label) => label[0].toUpperCase() + label.slice(1)) };
  };
  return Promise.all(files.map(read));
}

/** The text of a page's main part, with single spaces. */
const textOf = async (page) => (await page.getByRole("main").textContent()).replaceAll(/\s+/g, " ");

test("every form is printed blank without a network, with every question and room for the answer", async ({
  page,
  complaints,
  look,
}) => {
  const all = await forms();
  expect(all.length).toBeGreaterThan(10);
  const fetched = new Set();
  page.on("requestfinished", (request) => {
    if (/forms\/[0-9a-f]{64}/.test(request.url())) fetched.add(request.url());
  });
  await visit.signIn(page, visit.PRACTITIONER);
  await expect.poll(() => fetched.size).toBe(all.length);
  await visit.goTo(page, "Start a record");
  await visit.chooseHomeVisit(page);
  await goOffline(page, complaints);
  await page.getByRole("link", { name: /^Print it blank.*Home visit$/ }).click();
  await expectPage(page, "Home visit");
  await look("print-blank");
  for (const { name, title, questions } of all) {
    await page.goto(`/print/${name}`);
    await expectPage(page, title);
    const text = await textOf(page);
    expect(questions.filter((question) => !text.includes(question)), `not on the paper of ${name}`).toEqual([]);
    expect(text, `what is not for people on the paper of ${name}`).not.toMatch(/[{}]/);
    expect(text).toContain(`choose “Start a record” and “${title}”`);
  }
});

test("a blank form has a part for each child, and says when a question is asked", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await page.goto("/print/home_visit");
  await expectPage(page, "Home visit");
  const names = page.getByText("This child’s name");
  await expect(names).toHaveCount(1);
  await page.getByLabel("For how many children?").selectOption("3");
  await expect(names).toHaveCount(3);
  const main = page.getByRole("main");
  await expect(main.getByText("Answer only if “Did you see the child?” is “Yes” and the child is under 2.")).toHaveCount(3);
  await expect(main.getByText("The child's own words required if the child is 4 or older")).toHaveCount(3);
  // What is only for the screen stays there.
  await page.emulateMedia({ media: "print" });
  for (const name of ["Print this form", "Menu", "Sign out"]) await expect(page.getByRole("button", { name })).toBeHidden();
  await expect(page.getByRole("heading", { name: "The home" })).toBeVisible();
});

test("a record on paper has all that is answered in it, says that it is a draft, and keeps three voices apart", async ({
  page,
  look,
}) => {
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await visit.openPart(page, "The visit");
  await visit.writeTheVisit(page);
  await goOn(page, "Jordan");
  await visit.writeSeen(page, "Jordan");
  await choose(page, "How did you hear from Jordan?", "They told me, in person");
  await write(page, "What was asked", "Would you rather we talked somewhere else?");
  await write(page, "What Jordan said, exactly", WORDS);
  await write(page, "What do you understand by this?", VIEW);
  await goOn(page, "Casey");
  await goOn(page, "Remi");
  await visit.writeSeen(page, "Remi");
  await choose(page, "How did you hear from Remi?", "By watching: they are a baby, or do not use words");
  await write(page, "What did Remi show you?", "Held out both arms to Jordan.");
  await expectSent(page);

  await page.goto(`${record}/read`);
  const pairs = page.locator("dl.summary > div");
  await expect(pairs.filter({ hasText: WORDS })).toBeVisible();
  const answers = await pairs.evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]),
  );
  await page.getByRole("link", { name: "Print this record" }).click();
  const main = page.getByRole("main");
  await expect(main.getByText("Draft", { exact: true })).toBeVisible();
  await expect(main).toContainText("nobody has signed it");
  const text = await textOf(page);
  const given = answers.filter(([, answer]) => answer !== "Not answered");
  expect(given.length).toBeGreaterThan(8);
  for (const [question, answer] of given) {
    expect(text).toContain(question.replaceAll(/\s+/g, " "));
    expect(text).toContain(answer.replaceAll(/\s+/g, " "));
  }
  await expect(main.locator("blockquote")).toHaveText([WORDS]);
  const row = (text) => main.locator("dl > div").filter({ hasText: text });
  await expect(row(VIEW)).toContainText("The worker’s view");
  await expect(row("Held out both arms")).toContainText("What was seen");
  await expect(main).toContainText("Written by");
  await expect(main).toContainText("Alex Example");
  await look("print-draft");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("button", { name: "Print this record" })).toBeHidden();
});

test("a signed record on paper says who signed it, and exactly what", async ({ page, anotherDevice, look }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await visit.writeThatNobodyAnswered(page);
  await page.getByRole("button", { name: "Send for sign-off" }).click();
  await expectPage(page, "Sent for sign-off");
  await expectSent(page);
  await page.goto(`${record}/print`);
  const main = page.getByRole("main");
  await expect(main.getByText("Not signed yet", { exact: true })).toBeVisible();

  const manager = await anotherDevice();
  await visit.signIn(manager, visit.MANAGER);
  await manager.goto(record.replace("/records/", "/sign-off/"));
  await manager.getByLabel("Approve and sign").check();
  await write(manager, "Your oversight", "Agreed: try again tomorrow.");
  await manager.getByRole("button", { name: "Approve and sign" }).click();
  await expectPage(manager, "Waiting for your sign-off");
  await expectSent(manager);

  await page.reload();
  const signature = page.getByRole("region", { name: "Signed. Nobody can change this record" });
  await expect(signature).toContainText("Morgan Model");
  await expect(signature).toContainText("Agreed: try again tomorrow.");
  await expect(signature).toContainText(/[0-9a-f]{64}/);
  await expect(main.getByText("Not signed yet")).toHaveCount(0);
  await look("print-signed");
});
