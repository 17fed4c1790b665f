import { aggregateCandles, joinCandles, sliceCandles, type Candles } from "#engine"
import { openCandles } from "./candle-input.ts"
import { writeCandles } from "./candle-output.ts"
import { HonestNo, readWords, timeframeOption, timeOption, WrongUsage } from "./command.ts"

const options = {
  out: { type: "string" }, entry: { type: "string" }, timeframe: { type: "string" }, from: { type: "string" }, to: { type: "string" },
} as const

/** `candlewright candles export FILE …` and `import FILE …`: any files we read as one, in the plain form, whole or a part, as it is or in longer candles. */
export async function candlesExport(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  if (positionals.length === 0) throw new WrongUsage("candle file is needed")
  const file = positionals.join(", ")
  const timeframe = timeframeOption(values.timeframe)
  const period = { fromMs: timeOption("from", values.from), toMs: timeOption("to", values.to) }
  const candles = sliceCandles(await openTogether(positionals, values.entry), period)
  if (candles.openTimeMs.length === 0) throw new HonestNo(`${file}: there are no candles in this period.`)
  const longer: Candles | undefined = timeframe === undefined ? candles : aggregateCandles(candles, timeframe)
  if (longer === undefined) throw new HonestNo(`${file}: candles of ${timeframe} cannot be put together from its own; choose a multiple of their length.`)
  await writeCandles(longer, values.out)
}

async function openTogether(files: string[], entry: string | undefined): Promise<Candles> {
  const parts: Candles[] = []
  for (const file of files) parts.push(await openCandles(file, entry))
  if (parts.length === 1) return parts[0]
  const joined = joinCandles(parts)
  if (!joined.ok) throw new HonestNo(joined.because)
  return joined.candles
}
