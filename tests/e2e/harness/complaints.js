// What browsers complain of while a test runs: errors in the console, refusals of the Content-Security-Policy among
// them, and exceptions that nothing caught.

export class Complaints {
  #heard = [];
  #expected = [];

  /** Listens to every page of a context. @param {import("@playwright/test").BrowserContext} context */
  watch(context) {
    context.on("console", (message) => {
      if (message.type() === "error") this.#heard.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.#heard.push(String(error.error().stack ?? error.error())));
  }

  /** Makes complaints that match no fault: what a test does on purpose. @param {RegExp} pattern */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  /** What was heard and not expected. @returns {string[]} */
  unexpected() {
    return this.#heard.filter((text) => !this.#expected.some((pattern) => pattern.test(text)));
  }
}
