// A `firsthand serve` of a test's own: on a free port of this machine, with a demonstration in a folder that is removed
// afterwards.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the workspace. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PROGRAM = process.env.FIRSTHAND ?? join(ROOT, "target/debug/firsthand");

/** The built front end. */
export const DIST = join(ROOT, "dist");

export class Server {
  /** Where it answers, such as `http://127.0.0.1:40001`; the same after a restart. @type {string} */
  url;
  #data;
  #dist;
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #process;

  constructor(data, dist) {
    this.#data = data;
    this.#dist = dist;
  }

  /** A server with data of its own. @param {string} dist the front end that it serves */
  static async begin(dist = DIST) {
    const server = new Server(await mkdtemp(join(tmpdir(), "firsthand-")), dist);
    await server.start();
    return server;
  }

  /** Starts it on the data it had, at the address it had. */
  async start() {
    const listen = this.url ? new URL(this.url).host : "127.0.0.1:0";
    const options = ["serve", "--demo", "--listen", listen, "--data", this.#data, "--dist", this.#dist];
    this.#process = spawn(PROGRAM, options, { stdio: ["ignore", "pipe", "pipe"] });
    this.url = await printedAddress(this.#process);
  }

  /** Stops it as Ctrl-C would, and waits until it has gone. */
  async stop() {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGINT");
    await gone;
  }

  /** Stops it and removes its data. */
  async end() {
    await this.stop();
    await rm(this.#data, { recursive: true });
  }
}

/** The address that a server prints once it can be reached. @returns {Promise<string>} */
function printedAddress(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (text) => {
      said += text;
      const [address] = said.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
      if (address) resolve(address);
    };
    server.stdout.setEncoding("utf8").on("data", listen);
    server.stderr.setEncoding("utf8").on("data", listen);
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code} and these words:\n${said}`)));
  });
}
