import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** Beside us in the build, or where the build is seen from the source. */
const places = ["./candlewright.mjs", "../../../../build/candlewright.mjs"].map((at) => new URL(at, import.meta.url))
const command = fileURLToPath(places.find((place) => existsSync(place)) ?? places[1])

/** How long a program may take until it says what we wait for. */
const PATIENCE_MS = 60_000
/** Of what it said the end is kept. */
const MOST_TEXT = 1_000_000

/** The built command in a process of its own. */
export class Program {
  /** What it printed, errors too. */
  said = ""
  readonly #child: ChildProcess

  /** `under` are the words of a program that starts it, such as one that watches it. */
  constructor(words: string[], environment: Record<string, string> = {}, under: readonly string[] = []) {
    const [program, ...others] = [...under, process.execPath, command, ...words]
    this.#child = spawn(program, others, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.on("data", (piece) => void (this.said = (this.said + String(piece)).slice(-MOST_TEXT)))
  }

  /** Waits for what it says. */
  async hear(pattern: RegExp): Promise<string> {
    const ended = once(this.#child, "close").then(() => true)
    const late = AbortSignal.timeout(PATIENCE_MS)
    for (;;) {
      const found = pattern.exec(this.said)
      if (found) return found[0]
      const spoke = once(this.#child.stdout!, "data", { signal: late }).then(() => false)
      if (await Promise.race([spoke, ended])) throw new Error(`It ended and said: ${this.said.slice(-1_000)}`)
    }
  }

  /** Everything it prints until its end. */
  async whole(): Promise<string> {
    if (this.#child.exitCode === null) await once(this.#child, "close")
    return this.said
  }

  /** kill -9 */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill("SIGKILL")
    await once(this.#child, "close")
  }
}
