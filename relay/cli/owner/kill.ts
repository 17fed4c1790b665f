import { existsSync } from "node:fs"
import { plainText, quoted } from "#engine/candles"
import { KillSwitch } from "../../guard/kill-switch.ts"
import { usualDataDirectory } from "../../store/data-directory.ts"
import { diskFailure } from "../../store/disk-failure.ts"
import { printJson, printText } from "../answer.ts"
import { HonestNo, noPositionals, readWords, type Command } from "../command.ts"

const help = `candlewright kill [--release]

Nothing that adds risk leaves any more: no entry and no larger position, on any account. A running relay cancels its buys
that wait at an exchange within ten seconds, those by hand too; one that starts later does so then. Stops and sales go on.
It is the file KILL in the data folder, made here and now: it needs no relay and no database, and it outlives both.

  candlewright kill
  candlewright kill --release     bots may buy again
  --data FOLDER                   whose relay: ~/.candlewright unless said otherwise; CANDLEWRIGHT_DATA does the same
  --json                          { "isOn" }`

/** `candlewright kill` */
export const killCommand: Command = { help, run: kill }

/** Makes the file, or takes it away. */
export async function kill(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, {
    release: { type: "boolean" },
    data: { type: "string" },
    json: { type: "boolean" },
  })
  noPositionals(positionals)
  const directory = values.data ?? usualDataDirectory()
  const isOn = values.release !== true
  turn(directory, isOn)
  if (values.json) return printJson({ isOn })
  await printText(
    isOn
      ? "The kill switch is on: nothing that adds risk leaves, and a running relay cancels buys that wait. `candlewright kill --release` ends it.\n"
      : "The kill switch is released: bots may buy again.\n",
  )
}

/** Throws a sentence that says how it is now. */
function turn(directory: string, isOn: boolean): void {
  if (!existsSync(directory))
    throw new HonestNo(
      `There is no data folder ${quoted(directory, 200)}, so nothing was changed. Name it with --data.`,
    )
  const killSwitch = new KillSwitch(directory)
  try {
    if (isOn) killSwitch.turnOn()
    else killSwitch.release()
  } catch (error) {
    if (killSwitch.isOn === isOn) return
    const why = diskFailure(error, directory) ?? plainText((error as Error).message, 200)
    throw new HonestNo(`The kill switch is ${isOn ? "NOT on" : "still on"}: ${why}`)
  }
}
