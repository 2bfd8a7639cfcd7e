// Asks axe what a page makes hard for people with a disability: WCAG 2.2 AA and axe's own good practice.

import axe from "axe-core";
import { expect } from "@playwright/test";

/** Fails with what is wrong, why it matters, and where. @param {import("@playwright/test").Page} page */
export async function expectAccessible(page) {
  // Evaluated by the browser's debugger, the source is no script of the page: its Content-Security-Policy stays on.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      preload: false,
      resultTypes: ["violations"],
      rules: { "target-size": { enabled: true } },
    });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.html}`).join("\n")}`);
  });
  expect(violations, `axe on ${page.url()}`).toEqual([]);
}
