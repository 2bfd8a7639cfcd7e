// The app's shell: it opens, it opens with no network, and a newer build takes its place without disturbing anyone.

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DIST, Server } from "./harness/server.js";
import { expect, test as base, untilOpensOffline } from "./harness/test.js";

/** A build of the front end that a test may replace by a newer one, and the server that serves it. */
const test = base.extend({
  release: async ({ page }, use) => {
    const dist = await mkdtemp(join(tmpdir(), "firsthand-dist-"));
    await cp(DIST, dist, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
    const server = await Server.begin(dist);
    await use({ url: server.url, publishNewer: () => publishNewer(dist) });
    // What it still asks for is asked of nobody.
    await page.close();
    await server.end();
    await rm(dist, { recursive: true });
  },
});

async function publishNewer(dist) {
  const edit = async (file, from, to) => {
    const path = join(dist, file);
    await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
  };
  await edit("index.html", "</head>", '<meta name="build" content="newer"></head>');
  await edit("service_worker.js", /"version":"\w+"/, '"version":"newer"');
}

const newerBuild = (page) => page.locator("meta[name=build][content=newer]");
const heading = (page) => page.getByRole("heading", { level: 1 });

test("the app opens", async ({ page }) => {
  await page.goto("/");
  await expect(heading(page)).toBeVisible();
  await expect(page.getByText("Opening Firsthand")).toHaveCount(0);
});

test("with the network off, any page of the app still opens", async ({ page, context, complaints }) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.goto("/");
  await untilOpensOffline(page);
  await context.setOffline(true);
  await expect(page.evaluate(() => fetch("/api/anything"))).rejects.toThrow("Failed to fetch");

  await page.reload();
  await expect(heading(page)).toBeVisible();
  await page.goto("/a/page/of/the/app");
  await expect(page.getByText("Opening Firsthand")).toHaveCount(0);
});

test("with the server gone, the app still opens", async ({ page, server, complaints }) => {
  complaints.expect(/ERR_CONNECTION_REFUSED/);
  await page.goto("/");
  await untilOpensOffline(page);
  await server.stop();
  await page.reload();
  await expect(heading(page)).toBeVisible();
  await server.start();
});

test("a newer build is shown to someone who has just opened the app", async ({ page, release }) => {
  await page.goto(release.url);
  await untilOpensOffline(page);
  await page.evaluate(() => caches.open("someone else's"));
  await release.publishNewer();
  await page.reload();
  // The browser looks for a newer worker when it has nothing better to do.
  await expect(newerBuild(page)).toBeAttached();
  expect(await page.evaluate(() => caches.keys())).toEqual(["someone else's", "firsthand-shell-newer"]);
});

test("a newer build does not disturb someone who is using the app", async ({ page, context, complaints, release }) => {
  complaints.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.goto(release.url);
  await untilOpensOffline(page);
  // Open it a second time, as someone would who has used it before: now a worker was there from the start.
  await page.reload();
  await expect(heading(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await page.evaluate(() => (window.notReloaded = true));
  await release.publishNewer();
  await page.evaluate(async () => {
    const takenOver = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    const worker = await navigator.serviceWorker.getRegistration();
    await worker.update();
    await takenOver;
    // Had the page begun to reload, this would not come back.
    await fetch("/manifest.json");
  });
  expect(await page.evaluate(() => window.notReloaded)).toBe(true);

  await context.setOffline(true);
  await page.reload();
  await expect(newerBuild(page)).toBeAttached();
});
