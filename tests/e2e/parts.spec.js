// The parts of the app that are fetched after the first page: whoever is without them is told so, loses nothing, and
// has them as soon as they can be had.

import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { expectPage, expectSent, openPart, status, write } from "./harness/visit.js";

const LATER = "**/assets/later-*";

// What the service worker keeps would come from the device.
test.use({ serviceWorkers: "block" });

/** From now on no part comes. Gives a function that lets them come again. */
async function withoutParts(page, complaints) {
  complaints.expect(/ERR_FAILED/);
  complaints.expect(/[Ff]ailed to (fetch|load)/);
  await page.route(LATER, (route) => route.abort());
  return () => page.unroute(LATER);
}

test("the first page is there without the later parts; what needs them says so, and is there on another try", async ({
  page,
  complaints,
  look,
}) => {
  const letThemCome = await withoutParts(page, complaints);
  await visit.signIn(page, visit.PRACTITIONER);
  await expectPage(page, "My work");
  await visit.goTo(page, "Start a record");
  const trouble = page.getByRole("alert").filter({ hasText: "could not be fetched" });
  await expect(trouble).toContainText("Nothing you have written is lost");
  await look("without-a-part");

  await page.getByRole("button", { name: "Try again" }).click();
  await expect(trouble).toBeVisible();
  await letThemCome();
  await page.getByRole("button", { name: "Try again" }).click();
  await expectPage(page, "Start a record");
});

test("what waits is not forgotten while the parts are away, and is sent once they are there, without a press", async ({
  page,
  context,
  complaints,
}) => {
  await visit.signIn(page, visit.PRACTITIONER);
  const record = await visit.startVisit(page);
  await expectSent(page);
  await openPart(page, "What happens next");
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await write(page, "What will happen now?", "Ring the school on Monday.");
  await expect(status(page)).toContainText("1 change is kept on this device");

  // The page is opened anew where the first part comes and the others do not.
  await page.goto("about:blank");
  await context.setOffline(false);
  const letThemCome = await withoutParts(page, complaints);
  await page.goto("/");
  await expectPage(page, "My work");
  await expect(status(page)).toContainText("Looking for what is kept on this device");
  const signOut = page.getByRole("button", { name: "Sign out" });
  if (!(await signOut.isVisible())) await page.getByRole("button", { name: "Menu" }).click();
  await signOut.click();
  await expect(page.getByText("It is not known yet whether everything has been sent")).toBeVisible();

  await letThemCome();
  await expectSent(page);
  const another = await context.newPage();
  await another.goto(`${record}/write/next`);
  await expect(visit.box(another, "What will happen now?")).toHaveValue("Ring the school on Monday.");
});
