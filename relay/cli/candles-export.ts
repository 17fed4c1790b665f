import { aggregateCandles, sliceCandles, type Candles } from "#engine"
import { openCandles } from "./candle-input.ts"
import { writeCandles } from "./candle-output.ts"
import { HonestNo, onePositional, readWords, timeframeOption, timeOption } from "./command.ts"

const options = {
  out: { type: "string" }, entry: { type: "string" }, timeframe: { type: "string" }, from: { type: "string" }, to: { type: "string" },
} as const

/** `candlewright candles export FILE` and `import FILE`: any file we read, in the plain form, whole or a part, as it is or in longer candles. */
export async function candlesExport(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const file = onePositional("candle file", positionals)
  const timeframe = timeframeOption(values.timeframe)
  const period = { fromMs: timeOption("from", values.from), toMs: timeOption("to", values.to) }
  const candles = sliceCandles(await openCandles(file, values.entry), period)
  if (candles.openTimeMs.length === 0) throw new HonestNo(`${file}: there are no candles in this period.`)
  const longer: Candles | undefined = timeframe === undefined ? candles : aggregateCandles(candles, timeframe)
  if (longer === undefined) throw new HonestNo(`${file}: candles of ${timeframe} cannot be put together from its own; choose a multiple of their length.`)
  await writeCandles(longer, values.out)
}
