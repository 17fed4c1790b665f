import { isoTime } from "#engine/candles"
import type { CandleSeries } from "../../store/candle-store.ts"
import { printJson, printText } from "../answer.ts"
import { withCandleStore } from "./candles-store.ts"
import { noPositionals, readWords } from "../command.ts"

/** `candlewright candles list`: what is kept. */
export async function candlesList(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, { data: { type: "string" }, json: { type: "boolean" } })
  noPositionals(positionals)
  const kept = await withCandleStore(values.data, (store) => store.list())
  if (values.json) return printJson(kept)
  await printText(
    kept.length === 0
      ? "Nothing is kept yet. `candlewright candles fetch --help` shows how to get candles.\n"
      : kept.map((series) => `${seriesInWords(series)}\n`).join(""),
  )
}

/** "binance BTC/USDT 1h: 26,304 candles, 2023-01-01T00:00Z to 2025-12-31T23:00Z, no gaps" */
export function seriesInWords({ venue, market, timeframe, candles, fromMs, toMs, gaps }: CandleSeries): string {
  const when = fromMs === null || toMs === null ? "" : `, ${isoTime(fromMs)} to ${isoTime(toMs)}`
  const holes = gaps === null ? "not finished" : gaps === 0 ? "no gaps" : `${gaps} ${gaps === 1 ? "gap" : "gaps"}`
  return `${venue} ${market} ${timeframe}: ${candles.toLocaleString("en-US")} candles${when}, ${holes}`
}
