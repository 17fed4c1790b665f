import { MINUTE_MS, type Candles } from "#engine/candles"
import { type CandleSource, replaySource } from "./candle-source.ts"
import { defaultSymbols, rulesFor, type SymbolRules } from "./symbol-rules.ts"

export type ReplayMarket = { symbols: SymbolRules[]; source: CandleSource; startMs: number }

const HISTORY_CANDLES = 500

/**
 * An exchange's markets from one-minute candles keyed by market ("BTC/USDT"). It starts after the first 500 minutes
 * of the youngest file, so that there is some history. Returns a sentence when the candles cannot be replayed.
 */
export function replayMarketFrom(candles: Record<string, Candles>): ReplayMarket | string {
  const symbols: SymbolRules[] = []
  for (const [market, columns] of Object.entries(candles)) {
    const [base, quote] = market.toUpperCase().split("/")
    if (!base || !quote) return `"${market}" is no market; write it as BTC/USDT.`
    if (columns.timeframeMs !== MINUTE_MS)
      return `${market}: the exchange replays one-minute candles only, and these are longer.`
    symbols.push(defaultSymbols().find((rules) => rules.symbol === base + quote) ?? rulesOf(base, quote, columns))
  }
  const source = replaySource(
    Object.fromEntries(Object.values(candles).map((columns, index) => [symbols[index].symbol, columns])),
  )
  const startMs = Math.max(
    ...Object.values(candles).map(({ openTimeMs }) => openTimeMs[Math.min(HISTORY_CANDLES, openTimeMs.length - 1)]),
  )
  return { symbols, source, startMs }
}

function rulesOf(base: string, quote: string, { close, volume, priceDecimals }: Candles): SymbolRules {
  const tickDecimals = Math.min(8, priceDecimals)
  const stepDecimals = Math.min(5, 8 - tickDecimals)
  const minuteVolume = volume.reduce((sum, one) => sum + one, 0) / volume.length || 1
  return rulesFor({
    base,
    quote,
    startPrice: close[0],
    minuteVolume,
    tick: unit(tickDecimals),
    step: unit(stepDecimals),
    minNotional: quote === "BTC" ? "0.0001" : "5",
  })
}

function unit(decimals: number): string {
  return decimals === 0 ? "1" : `0.${"1".padStart(decimals, "0")}`
}
