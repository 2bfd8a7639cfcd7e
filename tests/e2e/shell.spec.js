// The app's shell: it opens, it opens with no network, and a newer build takes its place without disturbing anyone.

import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DIST, Server } from "./harness/server.js";
import { expect, test as base, untilOpensOffline } from "./harness/test.js";
import { PRACTITIONER, expectPage, goTo } from "./harness/visit.js";

/** A build of the front end that a test may replace by a newer one, and the server that serves it. */
const test = base.extend({
  release: async ({ page }, use) => {
    const dist = await mkdtemp(join(tmpdir(), "firsthand-dist-"));
    await cp(DIST, dist, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
    const server = await Server.begin(dist);
    await use({ url: server.url, publishNewer: (options) => publishNewer(dist, options) });
    // What it still asks for is asked of nobody.
    await page.close();
    await server.end();
    await rm(dist, { recursive: true });
  },
});

/** Publishes a newer build in place of the one in a folder. */
async function publishNewer(dist, { withoutLaterParts = false } = {}) {
  const edit = async (file, from, to) => {
    const path = join(dist, file);
    await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
  };
  await edit("index.html", "</head>", '<meta name="build" content="newer"></head>');
  await edit("service_worker.js", /"version":"\w+"/, '"version":"newer"');
  if (!withoutLaterParts) return;
  await edit("service_worker.js", /"\/assets\/later-[^"]*",?/g, "");
  const assets = join(dist, "assets");
  const later = (await readdir(assets)).filter((name) => name.startsWith("later-"));
  await Promise.all(later.map((name) => rm(join(assets, name))));
}

/** Lets the browser look for a newer build, and waits until that has taken over. */
async function update(page) {
  await page.evaluate(async () => {
    const takenOver = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
    const worker = await navigator.serviceWorker.getRegistration();
    await worker.update();
    await takenOver;
    // Had the page begun to reload, this would not come back.
    await fetch("/manifest.json");
  });
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
  // What is kept is the build that is shown, and the one before it, of which another tab may still need a part.
  const [before, ...kept] = await page.evaluate(() => caches.keys());
  expect(before).toMatch(/^firsthand-shell-[0-9a-f]{12}$/);
  expect(kept).toEqual(["someone else's", "firsthand-shell-newer"]);
});

test("a page of the build before still has its later parts, which the newer build does not have", async ({
  page,
  release,
}) => {
  await page.goto(release.url);
  await untilOpensOffline(page);
  await page.reload();
  await page.keyboard.press("Tab");
  await release.publishNewer({ withoutLaterParts: true });
  await update(page);
  // Nobody is signed in yet, so no later part has been asked for.
  await page.getByRole("button", { name: PRACTITIONER }).click();
  await expectPage(page, "My work");
  await goTo(page, "Start a record");
  await expectPage(page, "Start a record");
  await expect(newerBuild(page)).toHaveCount(0);
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
  await update(page);
  expect(await page.evaluate(() => window.notReloaded)).toBe(true);

  await context.setOffline(true);
  await page.reload();
  await expect(newerBuild(page)).toBeAttached();
});
