import { aggregateCandles, joinCandles, sliceCandles, type Candles, type TimeRange } from "#engine/candles"
import { candleFileChoices, candleFileOptions, openCandles, type CandleFileChoices } from "./candle-input.ts"
import { writeCandles } from "./candle-output.ts"
import { chosenSeries, withCandleStore, type SeriesChoice } from "./candles-store.ts"
import { HonestNo, readWords, candleTimeframeOption, periodOptions, WrongUsage } from "../command.ts"

const options = {
  out: { type: "string" },
  ...candleFileOptions,
  timeframe: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  market: { type: "string" },
  venue: { type: "string" },
  data: { type: "string" },
} as const

/**
 * `candlewright candles export`: any readable files as one, or kept candles of a market, in the plain form; whole or
 * in part, at their own or a longer timeframe.
 */
export async function candlesExport(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const { market, venue, data } = values
  if (positionals.length === 0 && market === undefined)
    throw new WrongUsage("candle file is needed, or --market for kept candles")
  if (positionals.length > 0 && market !== undefined) throw new WrongUsage("either candle files or --market, not both")
  const timeframe = candleTimeframeOption(values.timeframe)
  const period = periodOptions(values)
  const name = market ?? positionals.join(", ")
  const candles =
    market === undefined
      ? sliceCandles(await openTogether(positionals, candleFileChoices(values)), period)
      : await keptCandles({ market, venue, timeframe }, period, data)
  if (candles === undefined || candles.openTimeMs.length === 0)
    throw new HonestNo(`${name}: there are no candles in this period.`)
  const longer: Candles | undefined = timeframe === undefined ? candles : aggregateCandles(candles, timeframe)
  if (longer === undefined)
    throw new HonestNo(
      `${name}: candles of ${timeframe} cannot be put together from its own; choose a multiple of their length.`,
    )
  await writeCandles(longer, values.out)
}

/** Several files as one market; throws `HonestNo` when they do not fit together. */
export async function openTogether(files: string[], choices: CandleFileChoices): Promise<Candles> {
  const parts: Candles[] = []
  for (const file of files) parts.push(await openCandles(file, { said: choices }))
  if (parts.length === 1) return parts[0]
  const joined = joinCandles(parts)
  if (!joined.ok) throw new HonestNo(joined.because)
  return joined.candles
}

async function keptCandles(
  choice: SeriesChoice,
  period: Partial<TimeRange>,
  dataDirectory: string | undefined,
): Promise<Candles | undefined> {
  return withCandleStore(dataDirectory, async (store) => store.read(await chosenSeries(store, choice), period))
}
