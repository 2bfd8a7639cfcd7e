// A routine visit to three children under a protection plan, by somebody who has never seen the form: what it takes, and
// that nothing is asked twice.

import { Hand } from "./harness/hand.js";
import { expect, test } from "./harness/test.js";
import * as visit from "./harness/visit.js";
import { expectPage } from "./harness/visit.js";

/** What each child was like, told and showed, and where they sleep; of a room that two share, once. */
const CHILDREN = [
  {
    name: "Jordan",
    looked: "Tired, thinner than in the summer, polite.",
    sleeps: "Shares with Casey. A bed each, a lamp, a night light, books and posters.",
    asked: "Would you rather we talked somewhere else?",
    said: "nah im not leaving casey on their own with him about",
    means: "Jordan is standing guard. At 15 that is too much to carry.",
    isTeenager: true,
  },
  {
    name: "Casey",
    looked: "Chatty, a clean school jumper, kept an ear on the door.",
    asked: "What happens at bedtime?",
    said: "When the shouting starts I go under my bed with the cat",
    means: "Casey has a practised place of safety, so this has happened more than once.",
  },
  {
    name: "Remi",
    looked: "Alert, good colour, a clean suit.",
    sleeps: "A cot in the parents’ room, clean bedding.",
    showed: "Held out both arms to Jordan when lifted from the bouncer.",
    means: "Remi’s comfort is Jordan.",
    isBaby: true,
  },
];

async function writeChild(hand, child) {
  await hand.goOn(child.name);
  await hand.choose(`Did you see ${child.name}?`, "Yes");
  if (child.isBaby) await hand.choose(`Was ${child.name} awake?`, "Yes");
  await hand.write(`How did ${child.name} look and seem?`, child.looked);
  await hand.choose(`Did you see ${child.name} alone?`, child.isBaby ? "No" : "Yes, we talked");
  if (child.isBaby) {
    await hand.choose(`Why did you not see ${child.name} alone?`, "It would not have been right for their age and understanding");
    await hand.choose("Who else was in the room?", "A parent, or a parent's partner");
  }
  await hand.choose(`Did you see where ${child.name} sleeps?`, "Yes");
  if (child.sleeps) await hand.write("What is it like?", child.sleeps);
  if (child.isBaby) {
    await hand.choose(`How did you hear from ${child.name}?`, "By watching: they are a baby, or do not use words");
    await hand.write(`What did ${child.name} show you?`, child.showed);
  } else {
    await hand.choose(`How did you hear from ${child.name}?`, "They told me, in person");
    await hand.write("What was asked", child.asked);
    await hand.write(`What ${child.name} said, exactly`, child.said);
  }
  await hand.write("What do you understand by this?", child.means);
  if (!child.isBaby) {
    await hand.choose(`How do you and ${child.name} understand each other?`, "Talking in English");
    await hand.choose("Who wrote them down?", "I did, afterwards");
  }
  if (child.isTeenager) await hand.choose(`Has ${child.name} read or heard what you wrote?`, "Not yet");
}

test("a routine visit to three children is recorded and sent, and nothing is written twice", async ({ page, look }, { annotations }) => {
  await visit.signIn(page, visit.PRACTITIONER);
  const hand = new Hand(page);
  const began = Date.now();
  await visit.goTo(page, "Start a record");
  await hand.choose("What do you want to record?", "Visit");
  await hand.press(page.getByRole("button", { name: "Choose all three" }));
  await hand.press(page.getByRole("button", { name: "Start the visit" }));
  await expectPage(page, "Visit");
  await hand.press(page.getByRole("main").getByRole("link", { name: "The visit", exact: true }));
  await expectPage(page, "The visit");

  await hand.choose("What was the visit for?", "A child protection plan");
  await hand.press(hand.group("When was it?").getByRole("button", { name: "Today" }));
  await expect(hand.group("When was it?").getByRole("status")).not.toBeEmpty();
  await hand.choose("Did the family know you were coming?", "No, on purpose");
  await hand.choose("How did you visit?", "I went to where the children live");
  await hand.choose("What happened?", "I saw every child I came to see");
  await hand.choose("Did you see an injury or a mark on a child?", "No");
  await hand.choose("Was anything in a child", "No");
  await look("visit-visit");
  for (const child of CHILDREN) {
    await writeChild(hand, child);
    await look(`visit-${child.name.toLowerCase()}`);
  }

  await hand.goOn("The home");
  await hand.write("Which adults did you meet", "Kelly, who says that the evenings are better. Pat came to fix the boiler.");
  await hand.write("What is the home like", "Warm and tidy. Food in the fridge and the cupboards.");
  await hand.write("What in the plan has moved", "The evening class goes on. The health visitor has not been.");
  await hand.choose("Did anything worry you enough to act on it that day?", "No");
  await look("visit-home");

  await hand.goOn("What happens next");
  await hand.write("What does this visit tell you", "Jordan guards the little ones. Casey and Remi look to him first.");
  await hand.choose("Is there anything to do before the next visit?", "No");
  await hand.enter("When is the next visit?", visit.inDays(10));
  await look("visit-next");

  await hand.press(page.getByRole("link", { name: "Next: check and send" }));
  await expectPage(page, "Check your answers");
  await look("visit-check");
  await hand.press(page.getByRole("button", { name: "Send for sign-off" }));
  await expectPage(page, "Sent for sign-off");

  const seconds = Math.round((Date.now() - began) / 1000);
  const { presses, boxes, keys } = hand;
  annotations.push({ type: "effort", description: `${presses} presses, ${boxes} boxes, ${keys} characters, ${seconds} s` });
  // What it takes today. Whoever asks more of a routine visit knows what it costs.
  expect(presses).toBeLessThanOrEqual(40);
  expect(boxes).toBeLessThanOrEqual(20);
});
