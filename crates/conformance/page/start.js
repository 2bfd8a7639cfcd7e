// Tells what the input that lies beside the page comes to here: `await told` gives the words.
import init from "./page.js";

const tell = async () => {
  await init({ module_or_path: "page_bg.wasm" });
  const input = await fetch("input.json");
  return window.conformance(await input.text());
};
window.told = tell();
