import { timeframeOf } from "#engine/candles"
import { type TimeZone, formatCandleDay } from "../ui/date-format.ts"
import { formatNumber } from "../ui/number-format.ts"
import { marketsWords } from "../run/markets-words.ts"
import type { RunReport } from "../run/run-report.ts"

type TestedData = Pick<RunReport, "data"> & { markets: Pick<RunReport["market"], "name" | "timeframeMs">[] }

/** "Tested on BTC/USDT 1h, 1 Jan 2021 to 31 Dec 2021, 8,760 candles, 12 filled flat." */
export function testedWords({ markets, data }: TestedData, zone: TimeZone): string {
  const lengths = [...new Set(markets.map(({ timeframeMs }) => timeframeMs))]
  const candles = `${formatNumber(data.candleCount)} ${data.isMadeUp ? "made-up candles" : "candles"}`
  const day = (timeMs: number) => formatCandleDay(timeMs, Math.min(...lengths), zone)
  const parts = [
    lengths.length === 1
      ? `${marketsWords(markets.map(({ name }) => name))} ${timeframeOf(lengths[0])}`
      : marketsByLength(markets),
    `${day(data.fromMs)} to ${day(data.toMs)}`,
    candles,
    data.mended,
  ]
  return `Tested on ${parts.filter(Boolean).join(", ")}.`
}

/** "BTC/USDT in candles of 1m, ETH/USDT and SOL/USDT in candles of 5m", the finest first. */
export function marketsByLength(markets: TestedData["markets"]): string {
  const lengths = [...new Set(markets.map(({ timeframeMs }) => timeframeMs))].toSorted((one, other) => one - other)
  const named = (length: number) => markets.filter(({ timeframeMs }) => timeframeMs === length).map(({ name }) => name)
  return lengths.map((length) => `${marketsWords(named(length))} in candles of ${timeframeOf(length)}`).join(", ")
}
