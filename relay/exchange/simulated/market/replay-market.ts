import { MINUTE_MS, type Candles } from "#engine/candles"
import { type CandleSource, replaySource } from "./candle-source.ts"
import { defaultSymbols, rulesFor, type SymbolRules } from "./symbol-rules.ts"

export type ReplayMarket = { symbols: SymbolRules[]; source: CandleSource; startMs: number }

/** How an exchange names a market, and the markets whose rules it knows. */
export type Naming = { symbolOf: (base: string, quote: string) => string; symbols: () => SymbolRules[] }

const HISTORY_CANDLES = 500
const binanceNaming: Naming = { symbolOf: (base, quote) => base + quote, symbols: defaultSymbols }

/**
 * An exchange's markets from one-minute candles keyed by market ("BTC/USDT"). It starts after the first 500 minutes
 * of the youngest file, so that there is some history. Returns a sentence when the candles cannot be replayed.
 */
export function replayMarketFrom(
  candles: Record<string, Candles>,
  { symbolOf, symbols: known }: Naming = binanceNaming,
): ReplayMarket | string {
  const symbols: SymbolRules[] = []
  for (const [market, columns] of Object.entries(candles)) {
    const [base, quote] = market.toUpperCase().split("/")
    if (!base || !quote) return `"${market}" is no market; write it as BTC/USDT.`
    if (columns.timeframeMs !== MINUTE_MS)
      return `${market}: the exchange replays one-minute candles only, and these are longer.`
    const symbol = symbolOf(base, quote)
    symbols.push(known().find((rules) => rules.symbol === symbol) ?? rulesOf({ base, quote, symbol }, columns))
  }
  const source = replaySource(
    Object.fromEntries(Object.values(candles).map((columns, index) => [symbols[index].symbol, columns])),
  )
  const startMs = Math.max(
    ...Object.values(candles).map(({ openTimeMs }) => openTimeMs[Math.min(HISTORY_CANDLES, openTimeMs.length - 1)]),
  )
  return { symbols, source, startMs }
}

function rulesOf(
  { base, quote, symbol }: { base: string; quote: string; symbol: string },
  { close, volume, priceDecimals }: Candles,
): SymbolRules {
  const tickDecimals = Math.min(8, priceDecimals)
  const stepDecimals = Math.min(5, 8 - tickDecimals)
  const minuteVolume = volume.reduce((sum, one) => sum + one, 0) / volume.length || 1
  const sketch = {
    base,
    quote,
    startPrice: close[0],
    minuteVolume,
    tick: unit(tickDecimals),
    step: unit(stepDecimals),
    minNotional: quote === "BTC" ? "0.0001" : "5",
  }
  return rulesFor(sketch, symbol)
}

function unit(decimals: number): string {
  return decimals === 0 ? "1" : `0.${"1".padStart(decimals, "0")}`
}
