// A form changes while records are open: a record goes on in the newer version only when its writer has seen what would
// become of it and agrees, and what was written elsewhere meanwhile is not lost.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { sorted } from "./harness/forms.js";
import { DIST, Server } from "./harness/server.js";
import { expect, goOffline, test as base } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { box, expectPage, expectSent, status, write } from "./harness/visit.js";

const MEANING = "What does this visit tell you";
const STEPS = "What will happen now?";
const AGREED = "What did you agree to do?";
const LIFE = "What is life like for the children now?";

const test = base.extend({
  /** A server of the test's own, whose front end can be given the home visit's next version. */
  office: async ({}, use) => {
    const dist = await mkdtemp(join(tmpdir(), "firsthand-dist-"));
    await cp(DIST, dist, { recursive: true });
    const server = await Server.begin(dist);
    await use({
      url: server.url,
      /** Builds the next version, and starts the server again. */
      async publishNext() {
        await server.stop();
        await raise(join(dist, "forms/home_visit.json"));
        await server.start();
      },
    });
    await server.end();
    await rm(dist, { recursive: true });
  },
  baseURL: async ({ office }, use) => use(office.url),
});

/**
 * Makes the home visit the version after it: the steps have another name and another question, and what the visit
 * tells is asked otherwise, so that its answers are dropped.
 */
async function raise(path) {
  const form = JSON.parse(await readFile(path, "utf8"));
  const rename = (from, name, label) => Object.assign(form.nodes.find((node) => node.name === from), { name, label });
  rename("next_steps", "agreed_steps", AGREED);
  rename("meaning", "life_now", LIFE);
  const steps = [
    { rename: { old: "next.next_steps", new: "next.agreed_steps" } },
    { drop: { at: "next.meaning" } },
  ];
  form.migrations = [...(form.migrations ?? []), { from: form.version, steps }];
  form.version += 1;
  await writeFile(path, JSON.stringify(sorted(form)));
}

/** Signs in, starts a visit, and writes in its first part and its last. Gives the record's path. */
async function begin(page) {
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await visit.openPart(page, "The visit");
  await visit.writeTheVisit(page);
  await page.goto(record);
  await visit.openPart(page, "What happens next");
  await write(page, MEANING, "Jordan guards the little ones.");
  await write(page, STEPS, "I ring Kelly on Thursday.");
  await expectSent(page);
  return record;
}

test("a record goes on in a newer version once its writer has seen what changes, and not before", async ({
  page,
  office,
  complaints,
  look,
}) => {
  const record = await begin(page);
  complaints.expect(/ERR_CONNECTION_REFUSED/);
  await office.publishNext();

  await page.goto(record);
  const offered = page.getByRole("region", { name: "There is a newer version of this form" });
  await expect(offered).toContainText("stays in version 1 unless you move it to version 2");
  await look("version-offered");
  await offered.getByRole("link", { name: "See what would change" }).click();
  await expectPage(page, "Move this record to version 2 of its form?");
  await expect(page.getByRole("region", { name: "What is newly asked" })).toContainText(LIFE);
  const changes = page.getByRole("region", { name: "What changes" });
  await expect(changes).toContainText(AGREED);
  await expect(changes).toContainText("I ring Kelly on Thursday.");
  const left = page.getByRole("region", { name: "What is set aside" });
  await expect(left).toContainText("Jordan guards the little ones.");
  await expect(page.getByRole("region", { name: "What stays" })).toContainText("3 other answers stay as they are");
  await look("version");

  await page.getByRole("link", { name: "Stay in version 1" }).click();
  await expectPage(page, /Home visit/);
  await visit.openPart(page, "What happens next");
  await expect(box(page, STEPS)).toHaveValue("I ring Kelly on Thursday.");

  await page.goto(`${record}/version`);
  await page.getByRole("button", { name: "Move to version 2" }).click();
  await expectPage(page, /Home visit/);
  await expect(page.getByText("Moved to the newer version of its form")).toBeVisible();
  await expect(page.getByText("Moved to version 2 of the form, 1 answer set aside")).toBeVisible();
  await expect(offered).toHaveCount(0);
  await visit.openPart(page, "What happens next");
  await expect(box(page, AGREED)).toHaveValue("I ring Kelly on Thursday.");
  await expect(box(page, LIFE)).toHaveValue("");
  await expect(box(page, MEANING)).toHaveCount(0);
  await write(page, LIFE, "Calmer than in spring.");
  await expectSent(page);

  // What has no place is kept where its writer and every reader find it, also when the page is opened anew.
  await page.goto(record);
  await page.getByRole("link", { name: "Read the 1 answer set aside when the form changed" }).click();
  const aside = page.getByRole("region", { name: "Set aside when the form changed" });
  await expect(aside).toContainText("Jordan guards the little ones.");
  await look("version-earlier");
  await page.goto(`${record}/read`);
  await expect(aside).toContainText("Jordan guards the little ones.");
  await look("version-read");
});

test("what was written without a network before the record moved follows it, or comes back to its author", async ({
  page,
  office,
  complaints,
  anotherDevice,
}) => {
  const record = await begin(page);
  const car = await anotherDevice();
  await visit.signIn(car, visit.PRACTITIONER);
  await car.goto(`${record}/write/next`);
  await expectPage(car, "What happens next");
  // What was written for the earlier version may be refused before the device hears of the move.
  complaints.expect(/ERR_CONNECTION_REFUSED|422 \(Unprocessable/);
  await goOffline(car, complaints);
  await write(car, MEANING, "Jordan guards the little ones, and Casey sees it.");
  await write(car, STEPS, "I ring Kelly on Thursday and the school on Friday.");
  await expect(status(car)).toContainText("on this device");

  await office.publishNext();
  await page.goto(`${record}/version`);
  await page.getByRole("button", { name: "Move to version 2" }).click();
  await expect(page.getByText("Moved to the newer version of its form")).toBeVisible();

  await car.context().setOffline(false);
  await expect(box(car, AGREED)).toHaveValue("I ring Kelly on Thursday and the school on Friday.");
  await car.goto("/attention");
  const back = car.getByRole("listitem").filter({ hasText: "does not ask this any more" });
  await expect(back).toContainText(MEANING);
  await expect(back).toContainText("Jordan guards the little ones, and Casey sees it.");

  await page.goto(`${record}/write/next`);
  await expect(box(page, AGREED)).toHaveValue("I ring Kelly on Thursday and the school on Friday.");
});

test("a record does not move while anything of it is unsent, or without a connection", async ({ page, office, complaints }) => {
  const record = await begin(page);
  complaints.expect(/ERR_CONNECTION_REFUSED/);
  await office.publishNext();
  await page.goto(`${record}/version`);
  const move = page.getByRole("button", { name: "Move to version 2" });
  await expect(move).toBeEnabled();
  await goOffline(page, complaints);
  await page.getByRole("link", { name: "The record" }).click();
  await visit.openPart(page, "What happens next");
  await write(page, STEPS, "I ring Kelly on Friday.");
  await expect(status(page)).toContainText("on this device");
  await page.goto(`${record}/version`);
  await expect(page.getByText("has not been sent yet")).toBeVisible();
  await expect(move).toBeDisabled();

  await page.context().setOffline(false);
  await expectSent(page);
  await expect(move).toBeEnabled();
  await expect(page.getByRole("region", { name: "What changes" })).toContainText("I ring Kelly on Friday.");
});
