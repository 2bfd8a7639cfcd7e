// How the browser tests run: each on a laptop's width and on a phone's, in the system's own Chromium. `cargo xtask test`
// builds what they need and says where it lies: the browser in CHROMIUM, the server in FIRSTHAND.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  outputDir: "results",
  reporter: "list",
  forbidOnly: Boolean(process.env.CI),
  // Each test has a browser of its own, and each worker a server: any two can run at once, and on two cores two do.
  fullyParallel: true,
  workers: 2,
  // Generous, for a machine that others use too and that may stand still for a minute: what fails by waiting fails all
  // the same.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  use: {
    actionTimeout: 90_000,
    locale: "en-GB",
    timezoneId: "Europe/London",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Nothing but the tests' own requests.
      args: ["--disable-gpu", "--disable-quic", "--disable-sync"],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1280, height: 900 } } },
    // Nothing that a designer does is done on a phone, and a build is dear.
    { name: "phone", testIgnore: "designer.spec.js", use: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } },
  ],
});
