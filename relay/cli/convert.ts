import { convertToCode } from "#engine/strategy"
import { printJson, printText } from "./answer.ts"
import { onePositional, readWords, type Command } from "./command.ts"
import { openStrategy, refusedBy } from "./strategy-input.ts"

const options = { json: { type: "boolean" } } as const

const help = `candlewright convert FILE.json

Turns a strategy written as rules, alone or in a run's file, into readable AssemblyScript that makes the same trades, and prints it.

  candlewright convert rsi-dip.json
  candlewright convert rsi-dip.json --json > rsi-dip-in-code.json

  --json    the whole document with the code in it, ready for backtest`

/** `candlewright convert` */
export const convertCommand: Command = { help, run }

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const file = onePositional("strategy file", positionals)
  const converted = convertToCode((await openStrategy(file)).strategy)
  if (!converted.ok) throw refusedBy(converted.problems, file)
  await (values.json ? printJson(converted.document) : printText(converted.document.code!.source))
}
