// Starting a record where there are many forms: one finds the right one by looking, by typing, and by keyboard alone.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chooseAt, pressEnterAt, tabTo } from "./harness/keyboard.js";
import { sorted } from "./harness/forms.js";
import { DIST, Server } from "./harness/server.js";
import { expect, test as base } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { choose, expectPage, group } from "./harness/visit.js";

const WHAT = "What do you want to record?";

/** More forms than one takes in at a glance. What the tests look for is in no form of the library. */
const MORE = {
  "Bail address check": "When the police ask whether a child can stay somewhere",
  "Carer's diary": "What a foster carer writes down day by day",
  "Day out": "For a day spent with a child, away from home",
  "Legal planning": "When it is asked whether to go to court, and what has to be tried before",
  "Letter to a child": "To tell a child, in words of their own, what was decided and why",
  "Night call": "For a call to the duty worker between five and nine",
  "Park walk": "For a chat outside",
  "School meeting": "For a chat with a teacher",
  "Toy library": "For what was lent to a family",
};

const test = base.extend({
  /** A server with all of these forms, each the home visit under another name. */
  baseURL: async ({}, use) => {
    const dist = await mkdtemp(join(tmpdir(), "firsthand-dist-"));
    await cp(DIST, dist, { recursive: true });
    const form = JSON.parse(await readFile(join(DIST, "forms/home_visit.json"), "utf8"));
    for (const [index, [title, summary]] of Object.entries(MORE).entries()) {
      const name = `more_${String.fromCharCode(97 + index)}`;
      await writeFile(join(dist, `forms/${name}.json`), JSON.stringify(sorted({ ...form, name, title, summary })));
    }
    const server = await Server.begin(dist);
    await use(server.url);
    await server.end();
    await rm(dist, { recursive: true });
  },
});

test("each form is there with when to use it, and one is found by any of its words", async ({ page, look }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.goTo(page, "Start a record");
  const forms = group(page, WHAT);
  const search = page.getByRole("searchbox", { name: "Find it by a word" });
  const told = forms.getByRole("status");
  for (const [title, summary] of Object.entries(MORE)) {
    await expect(forms.getByRole("radio", { name: title, exact: true })).toHaveAccessibleDescription(summary);
  }
  const all = await forms.getByRole("radio").count();
  await look("start-many-forms");

  await search.fill("teacher");
  await expect(forms.getByRole("radio")).toHaveCount(1);
  await expect(forms.getByRole("radio", { name: "School meeting" })).toBeVisible();
  await expect(told).toHaveText(`1 of ${all}. Press Enter to choose it.`);
  await look("start-found");
  await search.fill("unicorn");
  await expect(forms.getByRole("radio")).toHaveCount(0);
  await expect(told).toContainText("Nothing has these words");

  // What is chosen stays in sight, whatever one looks for then.
  await search.fill("");
  await expect(told).toBeEmpty();
  await choose(page, WHAT, "Park walk");
  await search.fill("teacher");
  await expect(forms.getByRole("radio")).toHaveCount(2);
  await expect(forms.getByRole("radio", { name: "Park walk" })).toBeChecked();
  await choose(page, WHAT, "School meeting");
  await page.getByRole("button", { name: "Choose all three" }).click();
  await page.getByRole("button", { name: "Start the school meeting" }).click();
  await expectPage(page, "School meeting");
});

test("without a mouse, what one types is chosen with Enter, and the arrows go through what is left", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.goTo(page, "Start a record");
  const forms = group(page, WHAT);
  const search = page.getByRole("searchbox", { name: "Find it by a word" });
  await tabTo(search);
  await page.keyboard.type("chat");
  await expect(forms.getByRole("radio")).toHaveCount(2);
  // Two are left: Enter chooses neither, and starts nothing.
  await page.keyboard.press("Enter");
  await expect(forms.getByRole("radio", { checked: true })).toHaveCount(0);
  await expect(page.getByRole("alert", { name: "It has not been started yet" })).toHaveCount(0);
  await chooseAt(forms, "School meeting");
  await search.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("toy");
  await page.keyboard.press("Enter");
  await expect(forms.getByRole("radio", { name: "Toy library" })).toBeChecked();
  await expect(forms.getByRole("radio", { name: "Toy library" })).toBeFocused();
  await pressEnterAt(page.getByRole("button", { name: "Choose all three" }));
  await pressEnterAt(page.getByRole("button", { name: "Start the toy library" }));
  await expectPage(page, "Toy library");
});

test("whoever starts without choosing is led to what is missing", async ({ page }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.goTo(page, "Start a record");
  await page.getByRole("button", { name: "Start", exact: true }).click();
  const errors = page.getByRole("alert", { name: "It has not been started yet" });
  await expect(errors).toBeFocused();
  await errors.getByRole("link", { name: "Choose what you want to record" }).click();
  await expect(page.getByRole("searchbox", { name: "Find it by a word" })).toBeFocused();
});
