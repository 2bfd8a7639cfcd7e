// A form designer at work: a copy of the workspace in which forms may be added, and its build.

import { execFile } from "node:child_process";
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { ROOT } from "./server.js";

const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
/** What is no part of the source, or not built. */
const LEFT_OUT = new Set([".git", "target", "dist", "data", "tests"]);

export class Workspace {
  /** Always at the same place, and built into the same folder as everything else, so that only what changed is built. */
  #folder = join(TARGET, "designer");

  /** A new copy, as the source is now. */
  static async begin() {
    const workspace = new Workspace();
    await rm(workspace.#folder, { recursive: true, force: true });
    await mkdir(workspace.#folder, { recursive: true });
    const parts = (await readdir(ROOT)).filter((name) => !LEFT_OUT.has(name));
    const copy = (name) => cp(join(ROOT, name), join(workspace.#folder, name), { recursive: true, preserveTimestamps: true });
    await Promise.all(parts.map(copy));
    return workspace;
  }

  /** Writes a form's definition. @param {string} name such as `school_meeting` */
  async write(name, text) {
    await writeFile(join(this.#folder, "forms", `${name}.kdl`), text);
  }

  /** Builds the front end with its forms, as a designer does. Gives what was said, and whether it was built. */
  async build() {
    const [command, ...args] = ["cargo", "xtask", "web", process.env.FRONT_END ?? "--release"];
    const options = { cwd: this.#folder, env: { ...process.env, CARGO_TARGET_DIR: TARGET }, maxBuffer: 1 << 26 };
    try {
      const { stderr } = await promisify(execFile)(command, args, options);
      return { isBuilt: true, said: stderr };
    } catch (error) {
      return { isBuilt: false, said: error.stderr };
    }
  }

  /** The front end that was built. */
  get dist() {
    return join(this.#folder, "dist");
  }
}
