// Playwright's `test` with what every test of Firsthand has: a server of its own, a browser whose complaints fail the
// test, and a look at each page. A test file imports `test` and `expect` from here.

import { test as base, expect } from "@playwright/test";

import { expectAccessible } from "./accessible.js";
import { Complaints } from "./complaints.js";
import { Server } from "./server.js";

export { expect };

export const test = base.extend({
  /** The server that the tests of one worker share. */
  server: [
    async ({}, use) => {
      const server = await Server.begin();
      await use(server);
      await server.end();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server.url),

  /** What the browsers of this test complained of; `complaints.expect(/…/)` before doing what brings a complaint. */
  complaints: [
    async ({}, use) => {
      const complaints = new Complaints();
      await use(complaints);
      expect(complaints.unexpected(), "what the browser complained of").toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, complaints }, use) => {
    complaints.watch(context);
    await use(context);
  },

  /** Opens a page as another person would, on a device of their own: `const manager = await anotherDevice()`. */
  anotherDevice: async ({ browser, complaints }, use) => {
    const contexts = [];
    await use(async () => {
      const context = await browser.newContext();
      complaints.watch(context);
      contexts.push(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  /**
   * Looks at a page by day and by night: keeps its picture, `pictures/<name>.<project>.<scheme>.png`, and fails if axe
   * finds anything. `await look("sign-in")`, or `await look("queue", manager)` for another page than the test's own.
   */
  look: async ({ page: own }, use, { project }) => {
    await use(async (name, page = own) => {
      // From the top: what sticks to the window's edge would otherwise lie across the middle of the picture.
      await page.evaluate(() => scrollTo(0, 0));
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const path = `pictures/${name}.${project.name}.${colorScheme}.png`;
        await page.screenshot({ path, fullPage: true, animations: "disabled" });
        await expectAccessible(page);
      }
      await page.emulateMedia({ colorScheme: null });
    });
  },
});

/** Waits until the service worker answers for the page, so that it can do without the network. */
export async function untilOpensOffline(page) {
  await page.evaluate(async () => {
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  });
}

/**
 * Takes the network from a page that can do without.
 * @param {import("@playwright/test").Page} page
 * @param {import("./complaints.js").Complaints} complaints
 */
export async function goOffline(page, complaints) {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  await untilOpensOffline(page);
  await page.context().setOffline(true);
}
