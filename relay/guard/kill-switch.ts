import { closeSync, existsSync, fsyncSync, openSync, rmSync } from "node:fs"
import { join } from "node:path"

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

  /** Asks the disk each time: anybody may have made the file since. */
  get isOn(): boolean {
    return existsSync(this.#file)
  }

  /** On the disk when it returns. Throws when the disk takes nothing. */
  turnOn(): void {
    const file = openSync(this.#file, "a", 0o600)
    fsyncSync(file)
    closeSync(file)
  }

  release(): void {
    rmSync(this.#file, { force: true })
  }
}
