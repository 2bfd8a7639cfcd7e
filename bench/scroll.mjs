// How smoothly a long page scrolls, and how soon a letter is on it, on a phone in the middle of the market: a section of
// 300 long texts, half of them written in, in a window of a phone's size, the processor slowed down 4 times.
//
//     node scroll.mjs URL-OF-BENCH.HTML
//
// Prints rows of a table in Markdown. The browser is that of the tests, and so is the library that drives it.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../tests/e2e/package.json", import.meta.url))("@playwright/test");

const FIELDS = 300;
const SLOWER = 4;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
/** How far one swipe goes and how fast, in CSS pixels and pixels a second: a quick thumb. */
const SWIPE = { distance: 2400, speed: 2400 };
const SWIPES = 12;
const LETTERS = "She was glad to see us and showed us the garden ";
/** A frame that comes later than this after the one before it is seen as a stutter: one of 60 a second was left out. */
const STUTTER_MS = 25;

const name = (index) => `text_${index}`;
const definition = () => {
  const questions = Array.from({ length: FIELDS }, (_, index) => `    long_text ${name(index)} "What happened in week ${index + 1}?"`);
  return `form bench version=1 {\n  title "A long form"\n  about children\n  section all "All" {\n${questions.join("\n")}\n  }\n}\n`;
};

/** In the page: the times between frames while something goes on, in milliseconds. */
const watchFrames = () => {
  const frames = [];
  let last = performance.now();
  let id = requestAnimationFrame(function frame(now) {
    frames.push(now - last);
    last = now;
    id = requestAnimationFrame(frame);
  });
  window.framesOf = () => {
    cancelAnimationFrame(id);
    return frames.slice(1);
  };
};

/** In the page: the next key pressed, from the event to the end of the frame that shows what came of it. */
const watchKey = (id) => {
  const box = document.getElementById(id);
  const before = box.value;
  window.keyToPaint = new Promise((resolve) => {
    addEventListener(
      "keydown",
      ({ timeStamp }) => {
        const frame = () => {
          if (box.value === before) return requestAnimationFrame(frame);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - timeStamp);
          port2.postMessage(0);
        };
        requestAnimationFrame(frame);
      },
      { capture: true, once: true },
    );
  });
};

const sorted = (times) => [...times].sort((one, other) => one - other);
const quantile = (times, part) => sorted(times)[Math.min(times.length - 1, Math.floor(times.length * part))];
const row = (what, times) => {
  const late = times.filter((time) => time > STUTTER_MS).length;
  const [median, p95, most] = [0.5, 0.95, 1].map((part) => quantile(times, part).toFixed(0));
  return `| ${what} | ${times.length} | **${median}** / ${p95} / ${most} | ${((100 * late) / times.length).toFixed(1)} % |`;
};

const [url] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
try {
  const page = await browser.newPage(PHONE);
  await page.goto(url);
  await page.waitForFunction(() => window.bench);
  await page.evaluate((text) => window.bench.mount({ text, rows: null, places: {} }), definition());
  const boxes = page.locator("textarea");
  await boxes.nth(FIELDS - 1).waitFor();
  // As a person would have by then: every other question is answered.
  const answers = Array.from({ length: FIELDS / 2 }, (_, index) => `all.${name(2 * index)}`);
  await page.evaluate((ids) => {
    for (const id of ids) {
      const box = document.getElementById(id);
      box.value = "He came home from school by himself, and told us about his day over a glass of milk. ".repeat(4);
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }, answers);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });

  const swipe = (towards) =>
    session.send("Input.synthesizeScrollGesture", { x: 195, y: 420, yDistance: towards * SWIPE.distance, speed: SWIPE.speed, gestureSourceType: "touch" });
  await page.evaluate(watchFrames);
  for (let count = 0; count < SWIPES; count += 1) await swipe(count % 4 === 3 ? 1 : -1);
  const scrolled = await page.evaluate(() => window.framesOf());

  const middle = `all.${name(FIELDS / 2 + 1)}`;
  await page.locator(`[id="${middle}"]`).focus();
  const letters = [];
  await page.evaluate(watchFrames);
  for (const letter of LETTERS + "\n" + LETTERS) {
    await page.evaluate(watchKey, middle);
    await page.keyboard.press(letter === "\n" ? "Enter" : letter);
    letters.push(await page.evaluate(() => window.keyToPaint));
  }
  const typed = await page.evaluate(() => window.framesOf());

  console.log("| | how many | median / p95 / max, ms | later than 25 ms |");
  console.log("| --- | ---: | ---: | ---: |");
  console.log(row("frame to frame, scrolling", scrolled));
  console.log(row("frame to frame, typing", typed));
  console.log(row("key → paint", letters));
} finally {
  await browser.close();
}
