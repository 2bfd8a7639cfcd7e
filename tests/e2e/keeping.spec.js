// Nothing that somebody writes is lost: not without a network, a server or room on the disk, not when the page dies, is
// opened twice, or belongs to somebody else for a while.

import { readFile } from "node:fs/promises";

import { expect, goOffline, test, untilOpensOffline } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { box, expectPage, expectSent, goOn, group, status, write } from "./harness/visit.js";

const MEANING = "What does this visit tell you";
const NEXT_STEPS = "What will happen now?";
const HEARD = "Jordan said nothing on the stairs, and everything in the car.";

/** Signs in, starts a visit and opens its last part, which asks for long texts. Gives the record's path. */
async function beginWriting(page, person = visit.PRACTITIONER) {
  await visit.signIn(page, person);
  const record = await visit.startVisit(page);
  await expectSent(page);
  await visit.openPart(page, "What happens next");
  return record;
}

/** The last part of a record, opened anew. */
async function openLast(page, record) {
  await page.goto(`${record}/write/next`);
  await expectPage(page, "What happens next");
}

test("with the network off, a visit is started, written and found again; it is sent once the network is back", async ({
  page,
  context,
  complaints,
  anotherDevice,
  look,
}) => {
  // What a record is started with comes by itself, also to somebody who has never started one.
  const forms = new Set();
  page.on("requestfinished", (request) => {
    const form = /forms\/([0-9a-f]{64})/.exec(request.url());
    if (form) forms.add(form[1]);
  });
  const listed = page.waitForResponse(/\/api\/forms$/);
  await visit.signIn(page, visit.PRACTITIONER);
  const { forms: offered } = await (await listed).json();
  await expect.poll(() => forms.size).toBe(offered.length);
  await goOffline(page, complaints);

  const record = await visit.startVisit(page);
  await visit.openPart(page, "The visit");
  await visit.writeTheVisit(page);
  await expect(status(page)).toContainText("kept on this device. They will be sent when you are back online");
  await goOn(page, "Jordan");
  await visit.writeSeen(page, "Jordan");
  await look("offline");
  await visit.goTo(page, "My work");
  const row = page.getByRole("listitem").filter({ hasText: "on this device and not sent yet" });
  await expect(row).toContainText("Jordan, Casey and Remi Testerton");
  await expect(status(page)).toContainText("will be sent when you are back online");
  await look("my-work-offline");

  await page.reload();
  await row.getByRole("link").click();
  await visit.openPart(page, "Jordan, 15");
  await expect(box(page, "How did Jordan look and seem?")).toHaveValue("Clean and dressed for the weather.");

  await context.setOffline(false);
  await expectSent(page);
  const office = await anotherDevice();
  await visit.signIn(office, visit.PRACTITIONER);
  await office.goto(`${record}/write/visit`);
  await expect(group(office, "What happened?").getByLabel(visit.SEEN_ALL)).toBeChecked();
});

test("with the network off, a record is sent for sign-off as soon as it is back", async ({
  page,
  context,
  complaints,
  anotherDevice,
  look,
}) => {
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await visit.writeThatNobodyAnswered(page);
  await expectSent(page);
  await goOffline(page, complaints);
  await page.getByRole("button", { name: "Send for sign-off" }).click();
  await expectPage(page, "Ready to be sent, as soon as you are online");
  await expect(page.getByText("Your manager does not have it yet")).toBeVisible();
  await look("sent-offline");
  await page.getByRole("link", { name: "Back to my work" }).click();
  const waiting = page.getByRole("region", { name: "Waiting for sign-off" }).getByRole("listitem");
  await expect(waiting.filter({ hasText: "1 change is on this device and not sent yet" })).toHaveCount(1);

  await context.setOffline(false);
  await expectSent(page);
  await expect(page.getByText("not sent yet")).toHaveCount(0);
  const manager = await anotherDevice();
  await visit.signIn(manager, visit.MANAGER);
  await manager.goto(record.replace("/records/", "/sign-off/"));
  await expect(manager.getByRole("heading", { name: "Your decision" })).toBeVisible();
});

test("what was entered is kept as it was entered, right or wrong", async ({ page, anotherDevice }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await visit.openPart(page, "The visit");
  await visit.enter(page, "When did the visit happen?", { day: "31", month: "11", year: "last year" });
  await expectSent(page);
  const office = await anotherDevice();
  await visit.signIn(office, visit.PRACTITIONER);
  await office.goto(`${record}/write/visit`);
  await page.reload();
  for (const reader of [page, office]) {
    const boxes = group(reader, "When did the visit happen?").getByRole("textbox");
    await expect(boxes.nth(0)).toHaveValue("31");
    await expect(boxes.nth(1)).toHaveValue("11");
    await expect(boxes.nth(2)).toHaveValue("last year");
  }
});

test("a page that is closed in the middle of a sentence loses none of it", async ({ page, context }) => {
  const record = await beginWriting(page);
  await box(page, NEXT_STEPS).pressSequentially(HEARD);
  await page.close();
  const again = await context.newPage();
  await openLast(again, record);
  await expect(box(again, NEXT_STEPS)).toHaveValue(HEARD);
  await expectSent(again);
});

test("what a page says is kept survives the page's crash", async ({ page, context, complaints }) => {
  const record = await beginWriting(page);
  await goOffline(page, complaints);
  await box(page, NEXT_STEPS).pressSequentially(HEARD);
  await expect(status(page)).toContainText("1 change is kept on this device");
  const crashed = page.waitForEvent("crash");
  const debuggers = await context.newCDPSession(page);
  // The page does not live to answer.
  debuggers.send("Page.crash").catch(() => {});
  await crashed;
  const again = await context.newPage();
  await page.close();
  await openLast(again, record);
  await expect(box(again, NEXT_STEPS)).toHaveValue(HEARD);
  await expect(status(again)).toContainText("1 change is kept on this device");
  await context.setOffline(false);
  await expectSent(again);
});

test("a second sitting, on another device, goes on where the first stopped", async ({ page, anotherDevice }) => {
  const record = await beginWriting(page);
  await write(page, NEXT_STEPS, HEARD);
  await expectSent(page);
  const office = await anotherDevice();
  await visit.signIn(office, visit.PRACTITIONER);
  await openLast(office, record);
  await expect(box(office, NEXT_STEPS)).toHaveValue(HEARD);
  await write(office, NEXT_STEPS, `${HEARD} So I ring on Thursday.`);
  await expectSent(office);
  await page.reload();
  await expect(box(page, NEXT_STEPS)).toHaveValue(`${HEARD} So I ring on Thursday.`);
});

test("a record is written in one tab at a time, and what was typed goes along", async ({ page, context, look }) => {
  const record = await beginWriting(page);
  await box(page, NEXT_STEPS).pressSequentially(HEARD);
  const second = await context.newPage();
  await second.goto(`${record}/write/next`);
  await expect(second.getByRole("heading", { name: "This record is open in another tab" })).toBeVisible();
  await look("another-tab", second);
  await second.getByRole("button", { name: "Write here instead" }).click();
  await expect(box(second, NEXT_STEPS)).toHaveValue(HEARD);
  await expect(page.getByRole("heading", { name: "This record is open in another tab" })).toBeVisible();
  await second.close();
  // The first has it back as soon as the other is gone.
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
  await box(page, NEXT_STEPS).press("End");
  await box(page, NEXT_STEPS).pressSequentially(" All of it.");
  await expectSent(page);
});

test("while the server is gone one writes on, and when it is back it gets everything", async ({ page, complaints, server }) => {
  complaints.expect(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  const record = await beginWriting(page);
  await untilOpensOffline(page);
  await server.stop();
  await write(page, NEXT_STEPS, HEARD);
  await expect(status(page)).toContainText("kept on this device. It will be sent when you are back online");
  await page.reload();
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
  await server.start();
  // It tries again by itself, less and less often.
  await expect(status(page)).toContainText("Everything is sent");
  await openLast(page, record);
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
});

test("on a device that is full, the page says so, keeps the work, and gives a copy of it", async ({ page, complaints, look }) => {
  await beginWriting(page);
  await goOffline(page, complaints);
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    window.makeRoom = () => (IDBObjectStore.prototype.put = put);
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("There is no room.", "QuotaExceededError");
    };
  });
  await write(page, NEXT_STEPS, HEARD);
  await expect(status(page)).toContainText("Not kept on this device. This device is full");
  await look("device-full");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a copy" }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain(HEARD);
  // Closing the page now would lose it, so the browser asks first.
  const asked = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await closing;

  await page.evaluate(() => window.makeRoom());
  await expect(status(page)).toContainText("1 change is kept on this device");
  await page.reload();
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
});

test("in a browser that keeps nothing, the page says so, and the server gets the work", async ({ page, context, complaints }) => {
  await context.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
  await beginWriting(page);
  await goOffline(page, complaints);
  await write(page, NEXT_STEPS, HEARD);
  await expect(status(page)).toContainText("Not kept on this device. This browser does not keep anything for Firsthand");
  await context.setOffline(false);
  await expectSent(page);
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
});

test("what the server refuses needs attention, and stays until somebody has dealt with it", async ({
  page,
  context,
  complaints,
  anotherDevice,
  look,
}) => {
  // On one device a record is written in without a network; meanwhile it is sent for sign-off from another.
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await visit.writeThatNobodyAnswered(page);
  await expectSent(page);
  await openLast(page, record);
  await goOffline(page, complaints);
  await write(page, NEXT_STEPS, HEARD);
  await expect(status(page)).toContainText("1 change is kept on this device");
  const office = await anotherDevice();
  await visit.signIn(office, visit.PRACTITIONER);
  await office.goto(`${record}/check`);
  await office.getByRole("button", { name: "Send for sign-off" }).click();
  await expectPage(office, "Sent for sign-off");

  complaints.expect(/409/);
  await context.setOffline(false);
  await expect(status(page)).toContainText("1 change needs your attention. Nothing is lost");
  await page.getByRole("link", { name: "See what to do" }).click();
  const refused = page.getByRole("main").getByRole("listitem").filter({ hasText: NEXT_STEPS });
  await expect(refused).toContainText(HEARD);
  await look("attention");

  // Neither a reload nor a sign-out takes it away.
  await page.reload();
  await expect(refused).toContainText(HEARD);
  await signOut(page, "1 change in need of attention");
  await visit.signIn(page, visit.PRACTITIONER);
  await visit.goTo(page, "Needs attention");
  await expect(refused).toContainText(HEARD);
  await refused.getByRole("button", { name: "I have dealt with this" }).click();
  await expect(page.getByText("Nothing needs your attention")).toBeFocused();
  await expectSent(page);
});

test("two answers to one question are both kept, and a person decides between them", async ({
  page,
  context,
  complaints,
  anotherDevice,
  look,
}) => {
  const record = await beginWriting(page);
  await write(page, NEXT_STEPS, "I ring on Thursday.");
  await expectSent(page);
  await goOffline(page, complaints);
  await write(page, NEXT_STEPS, "I ring on Friday.");
  await expect(status(page)).toContainText("1 change is kept on this device");
  const colleague = await anotherDevice();
  await visit.signIn(colleague, visit.COLLEAGUE);
  await openLast(colleague, record);
  await write(colleague, NEXT_STEPS, "Sam rings on Wednesday.");
  await expectSent(colleague);

  await context.setOffline(false);
  const versions = page.getByRole("region", { name: /^(Yours|Sam Sample’s)$/ });
  await expect(versions).toHaveCount(2);
  await expect(versions.filter({ hasText: "I ring on Friday." })).toHaveAccessibleName("Yours");
  await expect(versions.filter({ hasText: "Sam rings on Wednesday." })).toHaveAccessibleName("Sam Sample’s");
  await look("two-answers");
  // It cannot be sent like this, and the page where it is sent says so.
  await page.goto(`${record}/check`);
  await page.getByRole("link", { name: `${NEXT_STEPS} choose between two answers` }).click();
  await page.getByRole("button", { name: "Keep Sam Sample’s" }).click();
  await expect(versions).toHaveCount(0);
  await expect(box(page, NEXT_STEPS)).toHaveValue("Sam rings on Wednesday.");
  await expectSent(page);
  await colleague.reload();
  await expect(box(colleague, NEXT_STEPS)).toHaveValue("Sam rings on Wednesday.");
  await expect(colleague.getByText("Two answers were written here")).toHaveCount(0);
});

test("whoever signs in on the same device sees nothing of another's work, and takes nothing of it away", async ({
  page,
  context,
  complaints,
}) => {
  const record = await beginWriting(page);
  await goOffline(page, complaints);
  await write(page, NEXT_STEPS, HEARD);
  await expect(status(page)).toContainText("1 change is kept on this device");
  await signOut(page, "1 change to be sent");
  await context.setOffline(false);
  await visit.signIn(page, visit.COLLEAGUE);
  await openLast(page, record);
  await expect(box(page, NEXT_STEPS)).toHaveValue("");
  await signOut(page);
  await visit.signIn(page, visit.PRACTITIONER);
  await expectSent(page);
  await openLast(page, record);
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
});

test("when the server has forgotten who is signed in, the work waits until they are again", async ({ page, context, complaints, look }) => {
  complaints.expect(/401/);
  await beginWriting(page);
  await context.clearCookies();
  await write(page, NEXT_STEPS, HEARD);
  await expect(status(page)).toContainText("It will be sent when you have signed in again");
  await look("signed-out-by-the-server");
  await status(page).getByRole("button", { name: "Sign in" }).click();
  await expectPage(page, "Sign in");
  await page.getByRole("button", { name: visit.PRACTITIONER }).click();
  await expectPage(page, "What happens next");
  await expect(box(page, NEXT_STEPS)).toHaveValue(HEARD);
  await expectSent(page);
});

/** Signs out; if something would be left behind, after having been told what. */
async function signOut(page, leftBehind) {
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Sign out" }).click();
  if (leftBehind) {
    await expect(page.getByText(`Not everything has been sent: ${leftBehind}`)).toBeVisible();
    await page.getByRole("button", { name: "Sign out all the same" }).click();
  }
  await expectPage(page, "Sign in");
}
