import { closeSync, fsyncSync, openSync, rmSync, statSync } from "node:fs"
import { dirname, join } from "node:path"

/** The name of the file in the data directory that stops everything that adds risk. */
const KILL_FILE = "KILL"

/**
 * Stops everything that adds risk, for all accounts. It is a file, so that it works with the database and the relay
 * down, and outlives both.
 */
export class KillSwitch {
  readonly #file: string

  constructor(dataDirectory: string) {
    this.#file = join(dataDirectory, KILL_FILE)
  }

  /** Asks the disk each time: anybody may have made the file since. A folder that cannot be read counts as on. */
  get isOn(): boolean {
    try {
      statSync(this.#file)
      return true
    } catch (error) {
      return (error as { code?: unknown }).code !== "ENOENT"
    }
  }

  /** On the disk when it returns. Throws when the disk takes nothing. */
  turnOn(): void {
    sync(openSync(this.#file, "a", 0o600))
    sync(openSync(dirname(this.#file), "r"))
  }

  release(): void {
    rmSync(this.#file, { force: true })
  }
}

function sync(file: number): void {
  fsyncSync(file)
  closeSync(file)
}
