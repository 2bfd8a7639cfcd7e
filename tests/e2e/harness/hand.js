// The hand of a person who fills in a form: counts what it presses and the boxes it writes in, and writes nothing twice.

import { expect } from "@playwright/test";

import * as visit from "./visit.js";
import { box, group } from "./visit.js";

export class Hand {
  /** How often it has pressed something: a button, a link, an option. */
  presses = 0;
  /** How many boxes it has written in. */
  boxes = 0;
  /** How many characters it has written. */
  keys = 0;
  #page;
  #written = new Set();

  /** @param {import("@playwright/test").Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Presses a button, a link or anything else. @param {import("@playwright/test").Locator} target */
  async press(target) {
    await target.click();
    this.presses += 1;
  }

  /** Goes to the next part of the record. */
  async goOn(name) {
    await visit.goOn(this.#page, name);
    this.presses += 1;
  }

  /** Chooses options of a question. */
  async choose(question, ...options) {
    for (const option of options) {
      await visit.choose(this.#page, question, option);
      this.presses += 1;
    }
  }

  /** Writes a text that it has not written before. */
  async write(question, text, within = this.#page) {
    expect(this.#written, "nothing is written twice").not.toContain(text);
    this.#written.add(text);
    await this.#fill(box(within, question), text);
  }

  /** Names somebody. */
  async name(question, name) {
    await this.#fill(this.group(question).getByRole("combobox", { name: "Name" }), name);
  }

  /** Enters a day. */
  async enter(question, day) {
    await visit.enter(this.#page, question, day);
    this.boxes += 3;
    this.keys += Object.values(day).join("").length;
  }

  /** A question with several controls. */
  group(question) {
    return group(this.#page, question);
  }

  async #fill(box, text) {
    await box.fill(text);
    this.boxes += 1;
    this.keys += text.length;
  }
}
