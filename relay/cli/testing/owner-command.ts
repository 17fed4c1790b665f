import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { PracticeOptions } from "../../exchange/practice-exchange.ts"
import { type Relay, startRelay } from "../../main.ts"
import { builtCommand, type Said, said } from "./built-command.ts"

export type OwnerCommand = {
  /** The owner's data directory; nothing is in it yet. */
  data: string
  /** Runs the command on it. */
  run: (...words: string[]) => Promise<Said>
  /** Starts the relay on it, without a practice exchange unless given options for one. */
  start: (practice?: PracticeOptions) => Promise<Relay>
  remove: () => Promise<void>
}

/** The built command, and a data directory it may be used on with the relay stopped or running. */
export async function ownerCommand(): Promise<OwnerCommand> {
  const command = await builtCommand()
  const home = await mkdtemp(join(tmpdir(), "candlewright-owner-"))
  const data = join(home, "data")
  return {
    data,
    run: (...words) => said(process.execPath, [command, ...words, "--data", data], home),
    start: (practice) =>
      startRelay({
        port: 0,
        dataDir: data,
        webDir: join(home, "no-app"),
        practice: practice ?? false,
        print: () => {},
      }),
    remove: () => rm(home, { recursive: true }),
  }
}
