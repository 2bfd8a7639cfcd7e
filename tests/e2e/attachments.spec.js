// Files that are added to a record: kept on the device at once, sent when there is a connection, and the same files, byte
// for byte, wherever the record is read.

import { readFile } from "node:fs/promises";

import { openKinds } from "./harness/kinds.js";
import { expect, goOffline, test } from "./harness/test.js";
import { COLLEAGUE, MANAGER, expectSent, signIn, status } from "./harness/visit.js";

const NAME = "wall.png";
const SHOWS = "The wall after it was painted";
const WIDTH = 320;
const PICTURE = Buffer.from(
  [
    "iVBORw0KGgoAAAANSUhEUgAAAUAAAADICAIAAAAWZq/8AAACZUlEQVR42u3TQQkAIBREQe92FMESJjGaRw8msYX4cWAS7PLS3AsI",
    "KpkABAwIGBAwCBgQMCBgQMAgYEDAgIBBwICAAQEDAgYBAwIGBAwIGAQMCBgQMAgYEDAgYEDAIGBAwICAAQGDgAEBAwIGAQMCBgQM",
    "CBgEDAgYEHAgubSveFzAAhYwAhawgAWMgAUsYAELGAELWMAIWMACFjACFrCABSxgBCxgAQsYAQtYwAgYAQtYwAhYwAIWMAIWsIAF",
    "LGAELGABC9gKAhawgBGwgAUsYAEjYAELWMAIWMACRsAIWMACRsACFrCAEbCABSxgASNgAQtYwAhYwAJGwAIWsIAFjIAFLGABI2AB",
    "C1jAAkbAAhYwAhawgAWMgAUsYAELGAELWMACRsACFjACdrqABSxgBCxgAQsYAQtYwAIWMAIWsIARsIAFLGAELGABC1jACFjAAhYw",
    "AhawgBEwAhawgBGwgAUsYAQsYAELWMAIWMACFjACFrCAEbCABSxgASNgAQtYwAhYwAJGwAhYwAJGwAIWsIARsIAFLGABI2ABC1jA",
    "CFjAAkbAAhYwIGAQMCBgQMCAgEHAgIABAYOAAQEDAgYEDAIGBAwIGBAwCBgQMCBgEDAgYEDAgIBBwICAAQGDgAEBAwIGBAwCBgQM",
    "CBgQMAgYEDAgYBAwIGDgVsCjVyAoAYOAAQEDAgYBAwIGBAwIGAQMCBgQMAgYEDAgYEDAIGBAwICAAQGDgAEBAwIGAQMCBgQMCBgE",
    "DAgYEDAgYBAwIGBAwCBgQMCAgAEBg4ABAQMCBgFbAQQMCBgQMAgYEDAgYEDAIGDgCQd8njSaK0omRQAAAABJRU5ErkJggg==",
  ].join(""),
  "base64",
);
/** Where the content of a file is, on the server. */
const CONTENT = /\/api\/records\/[^/]+\/files\/[0-9a-f]{64}$/;

/** A question with several controls. */
const asked = (page, name) => page.getByRole("group", { name });

/** Signs in, starts a record with every kind of question and opens the part in which files are asked for. */
async function begin(page, complaints) {
  const path = await openKinds(page, complaints, "Grids, drawings and files");
  await expectSent(page);
  return path;
}

/** Adds the picture to the record, and says what it shows. Gives where it stands on the page. */
async function addPicture(page) {
  const files = asked(page, "Photographs and letters");
  await files.getByLabel("Choose files").setInputFiles({ name: NAME, mimeType: "image/png", buffer: PICTURE });
  const file = asked(files, NAME);
  await file.getByLabel("What it shows, in words").fill(SHOWS);
  return file;
}

/** Looks that the picture can be seen here, and that a copy of it has the bytes that were added. */
async function expectPicture(page, place) {
  const picture = place.locator("img");
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((picture) => picture.decode().then(() => picture.naturalWidth))).toBe(WIDTH);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    place.getByRole("button", { name: `Save a copy of ${NAME}` }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(NAME);
  expect(await readFile(await download.path())).toEqual(PICTURE);
}

test("a file that is added without a network is sent when it is back, and read elsewhere byte for byte", async ({
  page,
  context,
  complaints,
  anotherDevice,
  look,
}) => {
  const path = await begin(page, complaints);
  await goOffline(page, complaints);
  const file = await addPicture(page);
  await expect(file).toContainText("On this device, and not sent yet");
  await expect(status(page)).toContainText(/[12] changes? and 1 file are kept on this device. They will be sent when you are back online/);
  await expectPicture(page, file);
  await look("file-offline");

  // The page dies before the network is back.
  await page.reload();
  await expect(file).toContainText("On this device, and not sent yet");
  const sent = page.waitForResponse((response) => response.request().method() === "PUT");
  await context.setOffline(false);
  expect((await sent).status()).toBe(204);
  await expectSent(page);
  await expect(file).toContainText("Sent");

  // At another desk, on another day.
  const office = await anotherDevice();
  await signIn(office, COLLEAGUE);
  await office.goto(path);
  await expectPicture(office, asked(asked(office, "Photographs and letters"), NAME));

  const manager = await anotherDevice();
  await signIn(manager, MANAGER);
  await manager.goto(path.replace(/\/write\/.*/, "/read"));
  const read = manager.getByRole("main").getByRole("listitem").filter({ hasText: SHOWS });
  await expectPicture(manager, read);
  await look("file-read", manager);

  // What has been read once is there without a network.
  await goOffline(manager, complaints);
  await manager.reload();
  await expectPicture(manager, read);
});

test("whoever reads a record whose file is still on its way is told so, and words do not wait for it", async ({
  page,
  complaints,
  anotherDevice,
}) => {
  const path = await begin(page, complaints);
  complaints.expect(/ERR_FAILED/);
  await page.route(CONTENT, (route) => route.abort());
  const file = await addPicture(page);
  await expect(status(page)).toContainText("1 file is kept on this device");
  await expect(file).toContainText("On this device, and not sent yet");

  const manager = await anotherDevice();
  await signIn(manager, MANAGER);
  complaints.expect(/404/);
  await manager.goto(path.replace(/\/write\/.*/, "/read"));
  const read = manager.getByRole("main").getByRole("listitem").filter({ hasText: SHOWS });
  await expect(read).toContainText(NAME);
  await expect(read).toContainText("Not sent yet by the device on which it was added");

  await page.unroute(CONTENT);
  await expectSent(page);
  await expect(file).toContainText("Sent");
  await manager.reload();
  await expectPicture(manager, read);
});

test("a file that is none of those that are kept is not added, and the person is told which are", async ({
  page,
  complaints,
}) => {
  await begin(page, complaints);
  const files = asked(page, "Photographs and letters");
  const script = Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
  await files.getByLabel("Choose files").setInputFiles({ name: "wall.svg", mimeType: "image/svg+xml", buffer: script });
  await expect(files.getByRole("alert")).toHaveText(
    /Choose another file than “wall.svg”: Firsthand keeps pictures, PDFs, documents/,
  );
  await expect(files.getByRole("listitem")).toHaveCount(0);
  await expectSent(page);
});
