import { timeframeOf } from "#engine/candles"
import { type TimeZone, formatCandleDay } from "../ui/date-format.ts"
import { formatNumber } from "../ui/number-format.ts"
import type { RunReport } from "../run/run-report.ts"

type Told = Pick<RunReport, "data"> & { market: Pick<RunReport["market"], "name" | "timeframeMs"> }

/** "Tested on BTC/USDT 1h, 1 Jan 2021 to 31 Dec 2021, 8,760 candles, 12 filled flat." */
export function testedWords({ market, data }: Told, zone: TimeZone): string {
  const candles = `${formatNumber(data.candleCount)} ${data.isMadeUp ? "made-up candles" : "candles"}`
  const day = (timeMs: number) => formatCandleDay(timeMs, market.timeframeMs, zone)
  const parts = [
    `${market.name} ${timeframeOf(market.timeframeMs)}`,
    `${day(data.fromMs)} to ${day(data.toMs)}`,
    candles,
    data.mended,
  ]
  return `Tested on ${parts.filter(Boolean).join(", ")}.`
}
