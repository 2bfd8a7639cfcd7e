// One record from its first word to its signature: a practitioner records a home visit to three children, a manager
// returns it, it is sent again, and signed.

import { Server } from "./harness/server.js";
import { expect, test as base } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { box, choose, expectPage, goOn, group, write } from "./harness/visit.js";

/** A server on which nothing has happened yet. */
const test = base.extend({
  baseURL: async ({}, use) => {
    const server = await Server.begin();
    await use(server.url);
    await server.end();
  },
});

const UNDERSTANDING = "What do you understand by this?";
const JORDAN = "Jordan is standing guard. At 15 that is too much to carry.";

test("a home visit is recorded, returned, sent again and signed", async ({ page, anotherDevice, look }) => {
  test.setTimeout(15 * 60_000);
  const manager = await anotherDevice();
  let record;

  await test.step("sign in from the demonstration's list", async () => {
    await page.goto("/");
    await expect(page.getByText("This is a demonstration")).toBeVisible();
    await look("sign-in");
    await visit.signIn(page, visit.PRACTITIONER);
    await expect(page.getByText("Nothing is being written")).toBeVisible();
    await look("my-work-empty");
  });

  await test.step("start a home visit about three children", async () => {
    await visit.goTo(page, "Start a record");
    await visit.chooseHomeVisit(page);
    await page.getByRole("button", { name: "Choose all three" }).click();
    await expect(page.getByLabel("Remi Testerton")).toBeChecked();
    await look("start");
    await page.getByRole("button", { name: "Start the home visit" }).click();
    await expectPage(page, "Home visit");
    record = new URL(page.url()).pathname;
    const parts = (of) => page.getByRole("list", { name: of }).getByRole("link");
    await expect(parts("First")).toHaveText(["The visit"]);
    await expect(parts("Each child")).toHaveText([/Jordan/, /Casey/, /Remi/]);
    await expect(parts("Then")).toHaveText(["What happens next"]);
    await expect(parts("At the end")).toHaveText(["Check and send"]);
    await look("tasks");
  });

  await test.step("the visit itself, with what is missing said when asked", async () => {
    await visit.openPart(page, "The visit");
    await visit.enter(page, "When did the visit happen?", { day: "31", month: "11", year: "2026" });
    await page.getByRole("button", { name: "What is missing?" }).click();
    const errors = page.getByRole("alert", { name: "There is something to put right on this page" });
    await expect(errors).toBeFocused();
    await expect(errors.getByRole("link")).toHaveCount(3);
    await look("visit-errors");
    await visit.writeTheVisit(page);
    await expect(errors).toHaveCount(0);
    await look("visit");
  });

  await test.step("a teenager: not alone, and why; words one by one; what the worker makes of them apart", async () => {
    await goOn(page, "Jordan");
    await visit.writeSeen(page, "Jordan");
    await expect(group(page, "Was Jordan awake?")).toBeHidden();
    await choose(page, "Did you see Jordan alone?", "No");
    await choose(page, "Why did you not see Jordan alone?", "It was not possible");
    await choose(page, "What made it impossible?", "A brother or sister stayed");
    await write(page, "What will you do to see Jordan alone next time?", "Meet at school, before lunch.");
    await choose(page, "Who else was in the room?", "A brother or sister");
    await visit.writeBedroom(page, "Jordan", "Shares with Casey. Own bed, a lamp, posters.");
    await choose(page, "How did you hear from Jordan?", "They told me, in person");
    await write(page, "What was asked", "Would you rather we talked somewhere else?");
    await write(page, "What Jordan said, exactly", "nah im not leaving casey on their own with him about");
    await choose(page, "Was this prompted", "No");
    await page.getByRole("button", { name: "Add more of Jordan’s words" }).click();
    const second = group(page, "Jordan’s words, 2 of 2");
    await expect(box(second, "What was asked")).toBeFocused();
    await write(second, "What was asked", "What would make it better?");
    await write(second, "What Jordan said, exactly", "if he didnt come round");
    await write(page, UNDERSTANDING, JORDAN);
    await look("child-teenager");
  });

  await test.step("words that were removed can be put back", async () => {
    await page.getByRole("button", { name: "Remove these words of Jordan’s, 2 of 2" }).click();
    await expect(page.getByRole("button", { name: "Put them back" })).toBeFocused();
    await page.getByRole("button", { name: "Put them back" }).click();
    await expect(box(group(page, "Jordan’s words, 2 of 2"), "What Jordan said, exactly")).toHaveValue("if he didnt come round");
  });

  await test.step("a child of five: what cannot both be is said while one answers, whichever side is changed", async () => {
    await goOn(page, "Casey");
    await visit.writeSeen(page, "Casey");
    const clash = page.getByText("You say that you saw Casey alone, and that a parent");
    const who = group(page, "Who else was in the room?");
    await choose(page, "Did you see Casey alone?", "Yes, we talked");
    await choose(page, "Who else was in the room?", "A parent, or a parent's partner");
    await expect(clash).toBeVisible();
    await look("child-five-clash");
    await choose(page, "Did you see Casey alone?", "No");
    await expect(clash).toBeHidden();
    await choose(page, "Did you see Casey alone?", "Yes, we talked");
    await expect(clash).toBeVisible();
    await choose(page, "Who else was in the room?", "Nobody else");
    await expect(clash).toBeHidden();
    await expect(who.getByLabel("A parent, or a parent's partner")).not.toBeChecked();
    await choose(page, "Did you see where Casey sleeps?", "No");
    await write(page, "Why not, and when will you?", "Kelly was changing the bed. Next visit.");
    await choose(page, "How did you hear from Casey?", "They told me, in person");
    await write(page, "What was asked", "What happens at bedtime?");
    await write(page, "What Casey said, exactly", "When the shouting starts I go under my bed with the cat");
    await write(page, UNDERSTANDING, "Casey has a practised place of safety at night, so this has happened more than once.");
  });

  await test.step("a baby: what they showed instead of words", async () => {
    await goOn(page, "Remi");
    await visit.writeSeen(page, "Remi");
    await choose(page, "Was Remi awake?", "Yes");
    await choose(page, "Did you see Remi alone?", "Yes, we played, or I watched them play");
    await choose(page, "Who else was in the room?", "Nobody else");
    await visit.writeBedroom(page, "Remi", "A cot in the parents’ room, clean bedding.");
    await choose(page, "How did you hear from Remi?", "By watching: they are a baby, or do not use words");
    await expect(group(page, "Remi’s own words")).toBeHidden();
    await write(page, "What did Remi show you?", "Held out both arms to Jordan when lifted from the bouncer.");
    await look("child-baby");
  });

  await test.step("check: what is missing is listed, and each link leads to its question", async () => {
    await page.goto(`${record}/check`);
    await expectPage(page, "Check your answers");
    await expect(page.getByRole("heading", { name: /^Still needed before you can send: \d+ answers$/ })).toBeVisible();
    await look("check-missing");
    await page.getByRole("button", { name: "Send for sign-off" }).click();
    const errors = page.getByRole("alert", { name: "It has not been sent yet" });
    await expect(errors).toBeFocused();
    await look("check-errors");
    await errors.getByRole("link", { name: `Remi: ${UNDERSTANDING}` }).click();
    await expectPage(page, /Remi/);
    await expect(box(page, UNDERSTANDING)).toBeFocused();
    await page.keyboard.type("Remi’s comfort is Jordan.");
    await visit.writeTheRest(page);
    await look("next");
    await page.goto(record);
    await expect(page.getByText("6 of 6 parts are done")).toBeVisible();
    await look("tasks-done");
  });

  await test.step("warnings are let stand with a reason, and the record is sent", async () => {
    await page.getByRole("link", { name: "Next: check and send" }).click();
    await expectPage(page, "Check your answers");
    await page.getByRole("button", { name: "Send for sign-off" }).click();
    const errors = page.getByRole("alert", { name: "It has not been sent yet" });
    await expect(errors.getByRole("link")).toHaveText([/^Write why this may stand: Remi is under one/]);
    await errors.getByRole("link").click();
    await expect(box(page, "Why may this stand?")).toBeFocused();
    await page.keyboard.type("I watched Remi for ten minutes with no adult in the room.");
    await look("check");
    await page.getByRole("button", { name: "Send for sign-off" }).click();
    await expectPage(page, "Sent for sign-off");
    await look("sent");
    await page.getByRole("link", { name: "Read what you sent" }).click();
    await expect(page.getByText("It has been sent for sign-off")).toBeVisible();
    await look("read-waiting");
  });

  await test.step("the manager sees it waiting, with its age and when it is due", async () => {
    await visit.signIn(manager, visit.MANAGER);
    await visit.goTo(manager, "Sign-off");
    await expectPage(manager, "Waiting for your sign-off");
    const row = manager.getByRole("listitem").filter({ hasText: "Jordan, Casey and Remi" });
    await expect(row).toContainText("By Alex Example, sent today");
    await expect(row).toContainText("Came today");
    await expect(row).toContainText(/working days? left/);
    await look("queue", manager);
    await row.getByRole("link", { name: "Home visit, today" }).click();
    await expect(manager.getByRole("heading", { name: "Your decision" })).toBeVisible();
  });

  await test.step("each child's words are set apart, and the warning's reason is there", async () => {
    const said = manager.getByRole("figure");
    await expect(said).toHaveCount(3);
    await expect(said.getByRole("blockquote").first()).toHaveText("nah im not leaving casey on their own with him about");
    await expect(manager.getByText("I watched Remi for ten minutes with no adult in the room.")).toBeVisible();
    await expect(manager.getByText(/^By \w+ \d+ \w+$/).first()).toBeVisible();
    await look("review", manager);
  });

  await test.step("the manager returns it with a coded reason and a comment on one question", async () => {
    await manager.getByRole("button", { name: `Comment on: ${UNDERSTANDING}` }).first().click();
    await expect(box(manager, "Your comment on")).toBeFocused();
    await manager.keyboard.type("Say what you tried. What else could it mean?");
    await manager.getByLabel("Return it with reasons").check();
    await manager.getByRole("button", { name: "Return to Alex Example" }).click();
    await expect(manager.getByRole("alert", { name: "It is not decided yet" })).toBeFocused();
    await look("review-errors", manager);
    await manager.getByLabel("The analysis does not say enough").check();
    await write(manager, "What do you want Alex Example to know?", "Good on Jordan. I need to know what else it could mean.");
    await manager.getByRole("button", { name: "Return to Alex Example" }).click();
    await expectPage(manager, "Waiting for your sign-off");
    await expect(manager.getByText("Nothing is waiting for you")).toBeVisible();
    await visit.expectSent(manager);
    await look("queue-returned", manager);
  });

  await test.step("the practitioner sees the reason, and the comment at its question, and answers", async () => {
    await visit.goTo(page, "My work");
    const row = page.getByRole("listitem").filter({ hasText: "Returned to you" });
    await expect(row).toContainText("1 comment to answer");
    await look("my-work-returned");
    await row.getByRole("link").click();
    await expect(page.getByText("Morgan Model returned this to you")).toBeVisible();
    await expect(page.getByText("The analysis does not say enough")).toBeVisible();
    await look("tasks-returned");
    await page.getByRole("link", { name: "Go to the comment" }).click();
    await expectPage(page, /Jordan/);
    await expect(page.getByText("Say what you tried. What else could it mean?")).toBeInViewport();
    await write(page, "Reply to Morgan Model", "I asked about the evenings. It could also be habit.");
    await page.getByRole("button", { name: "Keep the reply" }).click();
    await expect(box(page, "Reply to Morgan Model")).toHaveCount(0);
    await write(page, UNDERSTANDING, `${JORDAN} It could also be habit.`);
    await look("returned-question");
    await page.goto(`${record}/check`);
    await page.getByRole("button", { name: "Send again for sign-off" }).click();
    await expectPage(page, "Sent for sign-off");
  });

  await test.step("the manager sees what changed, and approves with an oversight note", async () => {
    await visit.goTo(manager, "Sign-off");
    const row = manager.getByRole("listitem").filter({ hasText: "sent again today" });
    await expect(row).toContainText("returned once");
    await row.getByRole("link").click();
    const changed = manager.getByRole("region", { name: "Changed since it was returned" });
    await expect(changed).toContainText("1 answer");
    await expect(changed.getByRole("insertion")).toHaveText("It could also be habit.");
    await expect(changed).toContainText("I asked about the evenings.");
    await look("review-again", manager);
    await manager.getByLabel("Approve and sign").check();
    await write(manager, "Your oversight", "Agreed. Jordan first: the young carers’ group, and a word with school.");
    await manager.getByRole("button", { name: "Approve and sign" }).click();
    await expectPage(manager, "Waiting for your sign-off");
    await expect(manager.getByText("Signed")).toBeVisible();
    await visit.expectSent(manager);
  });

  await test.step("the signed record is there to be read by all, and to be written in by nobody", async () => {
    const told = await page.request.get(record.replace("/records/", "/api/records/") + "/events?after=0");
    const { events } = await told.json();
    const { signature } = events.at(-1).body.approved;
    const signed = signature.revision;
    expect(signed).toMatch(/^[0-9a-f]{64}$/);
    for (const reader of [page, manager]) {
      await reader.goto(`${record}/write/visit`);
      await expect(reader.getByRole("heading", { name: "Signed. Nobody can change this record" })).toBeVisible();
      await expect(reader.getByText(signed)).toBeVisible();
      await expect(reader.getByText("Agreed. Jordan first")).toBeVisible();
      await expect(reader.getByRole("textbox")).toHaveCount(0);
      await expect(reader.getByRole("radio")).toHaveCount(0);
      await expect(reader.getByRole("button", { name: /send|decide|approve|return/i })).toHaveCount(0);
    }
    await look("signed");
    await visit.goTo(page, "My work");
    await expect(page.getByRole("region", { name: "Signed and complete" }).getByRole("link")).toHaveCount(1);
    await look("my-work-signed");
  });
});

test("whoever wrote in a record is not asked to sign it, whatever else they are", async ({ page, look }) => {
  await visit.signIn(page, visit.BOTH);
  const record = await visit.startVisit(page);
  await visit.writeThatNobodyAnswered(page);
  await page.getByRole("button", { name: "Send for sign-off" }).click();
  await expectPage(page, "Sent for sign-off");
  await visit.goTo(page, "Sign-off");
  await expect(page.getByText("Nothing is waiting for you.")).toBeVisible();
  const others = page.getByRole("region", { name: "For somebody else to decide" });
  await expect(others.getByRole("listitem")).toContainText("Somebody else signs");
  await others.getByRole("link").click();
  await expect(page.getByRole("heading", { name: "You cannot sign this record" })).toBeVisible();
  await expect(page.getByRole("button", { name: /approve|return|decide/i })).toHaveCount(0);
  await look("own-record");
  expect(new URL(page.url()).pathname).toBe(record.replace("/records/", "/sign-off/"));
});
