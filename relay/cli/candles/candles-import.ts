import { basename } from "node:path"
import { timeframeOf, type Candles, type CandleTimeframe } from "#engine/candles"
import type { Surroundings } from "../../surroundings.ts"
import type { CandleStore, SeriesName } from "../../store/candle-store.ts"
import { printText, report } from "../answer.ts"
import { candleFileChoices, candleFileOptions } from "./candle-input.ts"
import { candlesExport, openTogether } from "./candles-export.ts"
import { seriesInWords } from "./candles-list.ts"
import { withCandleStore } from "./candles-store.ts"
import { HonestNo, readWords, WrongUsage } from "../command.ts"

const options = {
  market: { type: "string" },
  venue: { type: "string", default: "file" },
  ...candleFileOptions,
  data: { type: "string" },
  anyway: { type: "boolean" },
} as const

const ANOTHER_MARKET = 5

/**
 * `candlewright candles import FILE …`: adds to the kept candles of `--market`; without it only rewrites the files in
 * the plain form, as export does.
 */
export async function candlesImport(words: string[], { nowMs }: Surroundings): Promise<void> {
  if (!words.some((word) => /^--market(=|$)/.test(word))) return candlesExport(words)
  const { values, positionals } = readWords(words, options)
  if (positionals.length === 0) throw new WrongUsage("candle file is needed")
  const candles = await openTogether(positionals, candleFileChoices(values))
  const series: SeriesName = {
    venue: values.venue,
    market: values.market!,
    timeframe: timeframeOf(candles.timeframeMs) as CandleTimeframe,
  }
  const source = positionals.map((file) => basename(file)).join(", ")
  await withCandleStore(values.data, async (store) => {
    if (!values.anyway) await refuseAnotherMarket(store, series, candles)
    const { changed } = await store.add({ ...series, origin: "file", source, candles, nowMs: nowMs() })
    if (changed.length > 0)
      report(`${changed.length} candles were there already with other values; those of the file are kept now.`)
    await printText(`Kept: ${seriesInWords(await store.seal(series))}\n`)
  })
}

/** A file of another market under a known name shows up as a price jump where the two meet. */
async function refuseAnotherMarket(store: CandleStore, series: SeriesName, candles: Candles): Promise<void> {
  const firstMs = candles.openTimeMs[0]
  const lastMs = candles.openTimeMs[candles.openTimeMs.length - 1]
  const kept = await store.read(series)
  if (kept === undefined) return
  const before = kept.openTimeMs.findLastIndex((time) => time <= firstMs)
  const after = kept.openTimeMs.findIndex((time) => time >= lastMs)
  const jumps = [
    before < 0 ? 1 : jump(kept.close[before], candles.close[0]),
    after < 0 ? 1 : jump(candles.close[candles.close.length - 1], kept.close[after]),
  ]
  const worst = Math.max(...jumps)
  if (worst > ANOTHER_MARKET)
    throw new HonestNo(
      `Where these candles meet the kept ones of ${series.market}, the price jumps ${worst.toFixed(0)}-fold: is this file of another market? Nothing was changed. If it is right, say --anyway.`,
    )
}

function jump(one: number, other: number): number {
  return Math.max(one / other, other / one)
}
