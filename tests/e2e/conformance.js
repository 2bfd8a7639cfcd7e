// Opens the page of `cargo xtask test --only conformance` in a browser, and prints what it tells.

import { chromium } from "@playwright/test";

const [page] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
try {
  const tab = await browser.newPage();
  // What goes wrong before the page can tell anything would otherwise be waited for in vain.
  const wrong = new Promise((_, reject) => tab.on("pageerror", reject));
  await tab.goto(page);
  const told = tab.waitForFunction(() => window.told, undefined, { timeout: 0 }).then(() => tab.evaluate(() => window.told));
  process.stdout.write(await Promise.race([told, wrong]));
} finally {
  await browser.close();
}
