// A person who uses the keyboard alone: goes from one stop to the next, and must see each of them.

import { expect } from "@playwright/test";

/** The most stops there may be on a page. */
const MOST_STOPS = 120;

/** Presses Tab until the focus is there, seeing it at every stop on the way. @param {import("@playwright/test").Locator} target */
export async function tabTo(target) {
  const page = target.page();
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    await expectFocusInSight(page);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is no stop of the keyboard`);
}

/** Goes to a control and presses Enter. */
export async function pressEnterAt(target) {
  await tabTo(target);
  await target.page().keyboard.press("Enter");
}

/** Goes to a group of radio buttons and chooses one of them: the arrows go from one to the next. */
export async function chooseAt(group, option) {
  const page = group.page();
  const wanted = group.getByLabel(option, { exact: true });
  await tabTo(group.getByRole("radio").first());
  await page.keyboard.press("Space");
  for (let stop = 0; !(await wanted.isChecked()); stop += 1) {
    expect(stop, `arrows on the way to ${option}`).toBeLessThan(20);
    await page.keyboard.press("ArrowDown");
  }
  await expect(wanted).toBeFocused();
}

/** Goes to a box and writes into it. */
export async function typeAt(target, text) {
  await tabTo(target);
  await target.page().keyboard.type(text);
}

/** What has the focus must be in sight, under nothing that sticks to the window's edges (WCAG 2.2, 2.4.11), and marked. */
async function expectFocusInSight(page) {
  const hidden = await page.evaluate(() => {
    const focused = document.activeElement;
    // At the end of the page the focus goes to the browser itself.
    if (focused === document.body) return null;
    // A radio button may be drawn by its label.
    const shown = focused.closest("label, .choice") ?? focused;
    const box = shown.getBoundingClientRect();
    const height = Math.min(box.height, innerHeight / 2);
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + height / 2);
    const outer = shown.closest(".field, .choice") ?? shown;
    if (!there || !(outer.contains(there) || there.contains(shown))) return `${focused.outerHTML} is out of sight`;
    const marks = [focused, focused.nextElementSibling, shown].filter(Boolean).map((element) => getComputedStyle(element));
    const isMarked = marks.some(({ outlineStyle, outlineWidth, boxShadow }) =>
      (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none");
    return isMarked ? null : `${focused.outerHTML} has the focus, and does not look so`;
  });
  expect(hidden).toBeNull();
}
