import { mapColumns, type Candles } from "#engine/candles"
import type { CandleSets, MarketCandles } from "#engine/run"

/** The same candles in memory that all threads read: each thread would copy others for itself. */
export function sharedSets({ own, others }: CandleSets): CandleSets {
  return { own: own.map(shared), others: others?.map(shared) }
}

function shared(market: MarketCandles): MarketCandles {
  const columns = new Map<Float64Array, Float64Array>()
  const once = (column: Float64Array) => {
    if (!columns.has(column)) columns.set(column, inSharedMemory(column))
    return columns.get(column)!
  }
  const candles: Candles = { ...market.candles, ...mapColumns(market.candles, once) }
  return { ...market, candles }
}

function inSharedMemory(column: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(column.byteLength))
  copy.set(column)
  return copy
}
