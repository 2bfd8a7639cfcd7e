// The page behind the contract of the side-by-side benchmark: what the driver may ask of it. The product's own code
// compiles and shows the form; here its parts are found on the page, by the ids that the product gives them.
import init from "./page.js";

await init({ module_or_path: "page_bg.wasm" });
const firsthand = await window.firsthand;

let form = { places: {} };

/** The id of a question's element; in a row, the row's own id comes before the question's name. */
const id = (name) => {
  if (name in form.places) return form.places[name];
  const [, row, field] = /^r(\d+)_(.+)$/.exec(name) ?? [];
  const rows = document.getElementById(form.rows?.[0])?.querySelector(".rows");
  return `${rows?.children[row]?.id}.${field}`;
};
const find = (name, part = "") => document.getElementById(id(name) + part);

window.bench = {
  prepare: (spec) => JSON.parse(firsthand.prepare(JSON.stringify(spec))),
  mount(prepared) {
    form = prepared;
    return firsthand.mount(JSON.stringify(prepared));
  },
  text: (name) => find(name),
  yes: (name) => find(name, "-1"),
  no: (name) => find(name, "-2"),
  value: (name) => find(name)?.textContent,
  visible: (name) => find(name)?.checkVisibility() ?? false,
  addRow: () => document.getElementById(`${form.rows[0]}-add`).click(),
};
