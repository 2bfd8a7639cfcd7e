// Every kind of question, as the demonstration shows them at /kinds: each is answered as a person would, is read as it
// was meant, and says what to do when it is not.

import { openKinds } from "./harness/kinds.js";
import { expect, test } from "./harness/test.js";

const status = (page) => page.getByRole("region", { name: "Where your work is" });
/** A question with several controls. */
const asked = (page, name) => page.getByRole("group", { name });

/** Reads the record as it stands. */
async function readBack(page) {
  await expect(status(page)).toContainText("Everything is sent");
  await page.goto(new URL(page.url()).pathname.replace(/\/write\/.*/, "/read"));
  return page.getByRole("main");
}

test("words and numbers", async ({ page, complaints, look }) => {
  await openKinds(page, complaints, "Words and numbers");
  await page.getByLabel("What is the rent?").fill("£1200.5");
  await expect(page.getByText("£1,200.50")).toBeVisible();

  const tags = asked(page, "What is this about?");
  await tags.getByRole("button", { name: "Add housing" }).click();
  await tags.getByLabel("Add a tag").fill("damp");
  await tags.getByLabel("Add a tag").press("Enter");
  await tags.getByRole("button", { name: "Remove housing" }).click();
  await expect(tags.getByRole("list")).toHaveText(/damp/);
  await look("kinds-words");
  const read = await readBack(page);
  await expect(read).toContainText("£1,200.50");
  await expect(read).toContainText("damp");
});

test("days and times", async ({ page, complaints, look }) => {
  await openKinds(page, complaints, "Days and times");
  const moved = asked(page, "When did they move here?");
  await expect(moved.getByLabel("This date is estimated")).toBeDisabled();
  await moved.getByLabel("Month").fill("nov");
  await moved.getByLabel("Year").fill("2019");
  await moved.getByLabel("This date is estimated").check();
  await expect(moved.getByRole("status")).toHaveText("November 2019 (estimated)");

  const called = asked(page, "When did the call come?");
  await called.getByLabel("Day").fill("29");
  await called.getByLabel("Month").fill("3");
  await called.getByLabel("Year").fill("2026");
  await called.getByLabel("Time").fill("1:30am");
  await called.getByLabel("Time").blur();
  await expect(called).toContainText("Enter a time that exists");
  await called.getByLabel("Time").fill("2.30am");
  await expect(called.getByRole("status")).toHaveText("Sunday 29 March 2026, 02:30");

  const took = asked(page, "How long did the visit take?");
  await took.getByLabel("Hours").fill("1");
  await took.getByLabel("Minutes").fill("a few");
  await took.getByLabel("Minutes").blur();
  await expect(took).toContainText("Enter the minutes as a whole number");
  await took.getByLabel("Minutes").fill("30");
  await look("kinds-times");
  const read = await readBack(page);
  await expect(read).toContainText("November 2019 (estimated)");
  await expect(read).toContainText("1 hour 30 minutes");
});

test("choosing, with and without a mouse", async ({ page, complaints, look }) => {
  await openKinds(page, complaints, "Choosing");
  const language = page.getByRole("combobox", { name: "Which language do they speak at home?" });
  await language.fill("kurd");
  const matches = page.getByRole("listbox", { name: "Answers that match" });
  await expect(matches.getByRole("option")).toHaveCount(2);
  await look("kinds-combobox");
  await language.press("ArrowDown");
  await expect(matches.getByRole("option", { selected: true })).toHaveText(/Kurdish, Central/);
  await language.press("Escape");
  await expect(matches).toBeHidden();
  await language.blur();
  await expect(page.getByText("Choose one of the answers that appear as you type")).toBeVisible();
  await language.fill("german");
  await language.press("ArrowDown");
  await language.press("Enter");
  await expect(language).toHaveValue("German");
  // Typed in full, an answer need not be picked.
  await language.fill("swahili");
  await language.blur();
  await expect(language).toHaveValue("Swahili");
  await expect(page.getByText("Choose one of the answers that appear as you type")).toBeHidden();

  // What is filled in says so, and whoever answers it themselves is told no more.
  const lives = asked(page, "Where do they live on school days?");
  await asked(page, "What happened?").getByLabel("The visit took place").check();
  await expect(lives.getByLabel("At home")).toBeChecked();
  await expect(lives.getByText("Filled in for you")).toBeVisible();
  await lives.getByLabel("Somewhere else").check();
  await expect(lives.getByText("Filled in for you")).toBeHidden();

  const scale = asked(page, "How safe is the child today?");
  await scale.getByRole("radio", { name: "7", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(scale.getByRole("radio", { name: "8" })).toBeChecked();
  await page.getByRole("checkbox", { name: /I have read this out/ }).check();
  await look("kinds-choosing");
  const read = await readBack(page);
  await expect(read).toContainText("Swahili");
  await expect(read).toContainText("8 on a scale of 0 to 10");
  await expect(read).toContainText("I have read this out to the family");
});

test("people and places", async ({ page, complaints, look }) => {
  await openKinds(page, complaints, "People and places");
  const carer = asked(page, "Who looks after them in the evening?");
  await carer.getByRole("combobox").fill("cas");
  await carer.getByRole("option", { name: /Casey Testerton/ }).click();
  await carer.getByLabel(/Who they are/).fill("sister");

  const present = asked(page, "Who was there?");
  await asked(present, "Person 1").getByRole("combobox").fill("Pat Smith");
  await present.getByRole("button", { name: "Add another person" }).click();
  await expect(asked(present, "Person 2").getByRole("combobox")).toBeFocused();
  await page.keyboard.type("Lee");
  await asked(present, "Person 1").getByRole("button", { name: /Remove/ }).click();
  await expect(asked(present, "Person 1").getByRole("combobox")).toHaveValue("Lee");

  const home = asked(page, "Where do they live?");
  await home.getByLabel("Address line 1").fill("12 Mill Lane");
  await home.getByLabel("Town or city").fill("Leeds");
  await home.getByLabel("Postcode").fill("ls1");
  await home.getByLabel("Postcode").blur();
  await expect(home).toContainText("Enter a full UK postcode, such as LS1 4AP");
  await home.getByLabel("Postcode").fill("ls14ap");

  const nhs = page.getByLabel("NHS number");
  await nhs.fill("9434765918");
  await nhs.blur();
  await expect(page.getByText("Enter the NHS number again")).toBeVisible();
  await nhs.fill("9434765919");
  await expect(page.getByText("943 476 5919")).toBeVisible();
  await page.getByLabel("Unique pupil number").fill("h201205001001");
  await page.getByLabel("What is the best number to call?").fill("07700 900 982");
  await page.getByLabel("Where can we write to?").fill("pat@example.com");

  const parent = asked(page, "Signature of a parent or carer");
  await parent.getByRole("button", { name: "Sign" }).click();
  await expect(parent.getByLabel("Full name")).toBeFocused();
  await page.keyboard.type("Pat Smith");
  await parent.getByLabel(/Role/).fill("grandmother");
  await parent.getByRole("button", { name: "Sign" }).click();
  await expect(parent.getByRole("status")).toHaveText(/^Signed /);
  await look("kinds-people");
  const read = await readBack(page);
  for (const words of ["Casey Testerton (sister)", "Lee", "LS1 4AP", "943 476 5919", "H201205001001"]) {
    await expect(read).toContainText(words);
  }
  await expect(read).toContainText(/Pat Smith, grandmother, signed /);
});

test("grids, drawings and files", async ({ page, complaints, look }) => {
  await openKinds(page, complaints, "Grids, drawings and files");
  const week = asked(page, "Where are they in the week?");
  await week.getByRole("textbox", { name: "Monday In the evening" }).focus();
  await page.keyboard.type("swimming");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("at Dad's");
  await expect(week.getByRole("textbox", { name: "Tuesday In the evening" })).toHaveValue("home");
  await expect(week.getByRole("textbox", { name: "Tuesday At night" })).toHaveValue("at Dad's");

  const body = asked(page, "Was there anything to be seen on the body?");
  await body.getByText("Choose places from a list").click();
  await body.getByRole("checkbox", { name: "Left knee" }).check();
  await expect(body).not.toContainText("Write what you saw here");
  await asked(body, "Left knee").getByLabel(/What you saw/).fill("a graze, 2 cm, from football");

  const picture = asked(page, "What did they draw?");
  const sheet = picture.locator("svg");
  await sheet.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await sheet.boundingBox();
  await picture.getByRole("radio", { name: "Blue" }).check();
  await page.mouse.move(x + width * 0.2, y + height * 0.2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.5, y + height * 0.7, { steps: 8 });
  await page.mouse.move(x + width * 0.8, y + height * 0.2, { steps: 8 });
  await page.mouse.up();
  await expect(picture.getByRole("button", { name: "Undo the last stroke" })).toBeVisible();
  await picture.getByLabel(/What the drawing shows/).fill("A house with a pointed roof");

  const files = asked(page, "Photographs and letters");
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await files.getByLabel("Choose files").setInputFiles({ name: "wall.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await asked(files, "wall.png").getByLabel("What it shows, in words").fill("The wall after it was painted");
  await expect(files.locator("img")).toBeVisible();
  await look("kinds-more");
  const read = await readBack(page);
  for (const words of ["Left knee: a graze", "A drawing: A house with a pointed roof", "wall.png", "The wall after"]) {
    await expect(read).toContainText(words);
  }
  await expect(read).toContainText("Tuesday: In the evening: home, At night: at Dad's");
  await look("kinds-read");
});
