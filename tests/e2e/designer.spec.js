// A form designer adds a form: its mistakes are all told at once, and once it is right, people can fill it in.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { Workspace } from "./harness/designer.js";
import { ROOT, Server } from "./harness/server.js";
import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { box, choose, expectPage, group, write } from "./harness/visit.js";

/** What is mistyped, as what, and what the designer is told to do about it. */
const MISTAKES = [
  { right: "happened_on <= today()", wrong: "happend_on <= today()", advice: "did you mean `happened_on`?" },
  { right: "way in (school, video)", wrong: "way in (shool, video)", at: "shool, video", advice: "did you mean `school`?" },
  { right: "long_text what_was_said", wrong: "longtext what_was_said", advice: "did you mean `long_text`?" },
];

test("a form that a designer adds is there after a build, and a mistake in it stops the build", async ({ page, look }) => {
  // Most of it is a build.
  test.setTimeout(15 * 60_000);
  const form = await readFile(join(ROOT, "tests/flows/school_meeting.kdl"), "utf8");
  const workspace = await Workspace.begin();

  await test.step("its mistakes are told, all at once, each with its place and what to do", async () => {
    const mistaken = MISTAKES.reduce((text, { right, wrong }) => text.replace(right, wrong), form);
    await workspace.write("school_meeting", mistaken);
    const { isBuilt, said } = await workspace.build();
    expect(isBuilt).toBe(false);
    for (const { wrong, at = wrong, advice } of MISTAKES) {
      expect(said).toContain(`forms/school_meeting.kdl:${place(mistaken, at)}`);
      expect(said).toContain(advice);
    }
  });

  await workspace.write("school_meeting", form);
  const { isBuilt, said } = await workspace.build();
  expect(isBuilt, said).toBe(true);
  const server = await Server.begin(workspace.dist);
  try {
    await test.step("people can fill it in", async () => {
      await page.goto(server.url);
      await page.getByRole("button", { name: visit.PRACTITIONER }).click();
      await visit.goTo(page, "Start a record");
      await choose(page, "What do you want to record?", "School meeting");
      await page.getByLabel("Casey Testerton").check();
      await look("start-added-form");
      await page.getByRole("button", { name: "Start the school meeting" }).click();
      await expectPage(page, "School meeting");
      await visit.openPart(page, "The meeting");
      await visit.enter(page, "When was it?", visit.inDays(0));
      await choose(page, "How did you meet?", "By telephone");
      await expect(group(page, "In which way?")).toBeHidden();
      await write(page, "Who was there?", "Ms Okafor, who teaches Casey");
      await write(page, "What was said?", "Casey was collected by an aunt nobody there had met.");
      await look("school-meeting");
      await visit.goOn(page, "Casey");
      await choose(page, "Was Casey there?", "No");
      await write(page, "What does it mean for Casey?", "I do not know yet who collects Casey, and why.");
      await visit.goOn(page, "What happens next");
      await choose(page, "Is there anything to do?", "Yes");
      await write(page, "What, who does it, and by when?", "I ring Kelly today.");
      await page.getByRole("link", { name: "Next: check and send" }).click();
      await page.getByRole("button", { name: "Complete this record" }).click();
      await expectPage(page, "This record is complete");
      await expect(box(page, "What was said?")).toHaveCount(0);
    });
  } finally {
    await page.close();
    await server.end();
  }
});

/** Where in a text something stands, as editors tell it: line and column, from one. */
function place(text, found) {
  const before = text.slice(0, text.indexOf(found)).split("\n");
  return `${before.length}:${before.at(-1).length + 1}`;
}
