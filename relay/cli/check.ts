import { checkStrategy, type StrategyReport } from "#engine/strategy"
import { printJson, printText } from "./answer.ts"
import { openCandles } from "./candles/candle-input.ts"
import { onePositional, readWords, type Command } from "./command.ts"
import { engineFor } from "./installation.ts"
import { openStrategy, paramValues, refusedBy } from "./strategy-input.ts"

const options = {
  param: { type: "string", multiple: true },
  candles: { type: "string" },
  json: { type: "boolean" },
} as const

const help = `candlewright check FILE.json

Reads a strategy, alone or in a run's file, and says what it does in plain words, how many candles it needs before it knows anything, why it cannot look into the
future, and what to be careful about; or what is wrong with it, each with its place.

  candlewright check rsi-dip.json
  candlewright check rsi-dip.json --param length=21 --json
  candlewright check sentiment.json --candles btc-with-sentiment.csv

  --param NAME=VALUE   a value for one of the document's params, once for each
  --candles FILE       a candle file whose further columns the formulas use
  --json               { "ok", "name", "timeframe", "warmUp", "lookAhead", "flags", "params", "functions", "inWords" }`

/** `candlewright check` */
export const checkCommand: Command = {
  help,
  run,
}

async function run(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const file = onePositional("strategy file", positionals)
  const { strategy } = await openStrategy(file)
  const extra = values.candles === undefined ? [] : Object.keys((await openCandles(values.candles)).extra)
  const answer = checkStrategy(strategy, { params: paramValues(values.param ?? []), extra })
  if (!answer.ok) throw refusedBy(answer.problems, file)
  // Only compiling shows whether code compiles.
  if (strategy.code) await engineFor(strategy, file)
  await (values.json ? printJson({ ok: true, ...answer.report }) : printText(wordsOf(answer.report)))
}

function wordsOf({ name, timeframe, warmUp, lookAhead, flags, inWords }: StrategyReport): string {
  const ready =
    warmUp === undefined
      ? []
      : [`Knows its first values after ${warmUp.readyAfterCandles} candles${settled(warmUp.settledAfterCandles)}`]
  const careful = flags.length === 0 ? [] : ["", "Careful:", ...flags.map(({ because }) => `  ${because}`)]
  const plan = inWords.map((sentence) => `  ${sentence.text}`)
  return `${[`${name}, on candles of ${timeframe}`, "", ...plan, "", ...ready, ...lookAhead.because, ...careful].join("\n")}\n`
}

function settled(afterCandles: number | "never"): string {
  return afterCandles === "never"
    ? ". Something in it adds up from the first candle on, so its values depend on where the candles begin."
    : `, and the same from any start after ${afterCandles}.`
}
