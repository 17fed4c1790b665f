import { columnsBy, sliceCandles, type Candles } from "../../candles/candles.ts"
import { bootstrappedMarket, flippedMarket, shuffledMarket } from "../../candles/synthetic/made-market.ts"
import type { Remade } from "./optimise-task.ts"

/** The market made anew from `fromMs` on: candles before it, which only warm indicators up, stay as they were. */
export function remadeCandles(market: Candles, remade: Remade, fromMs = -Infinity): Candles {
  const traded = sliceCandles(market, { fromMs })
  const made = traded.openTimeMs.length < 2 ? traded : madeOf(traded, remade)
  const before = sliceCandles(market, { toMs: fromMs })
  return before.openTimeMs.length === 0 ? made : oneAfterTheOther(before, made)
}

function madeOf(market: Candles, remade: Remade): Candles {
  if (remade.kind === "bootstrapped") return bootstrappedMarket(market, remade)
  return remade.kind === "flipped" ? flippedMarket(market, remade.seed) : shuffledMarket(market, remade.seed)
}

function oneAfterTheOther(before: Candles, after: Candles): Candles {
  const extra = Object.keys(before.extra).map((name) => [name, joined(before.extra[name], after.extra[name])])
  return { ...before, ...columnsBy((name) => joined(before[name], after[name])), extra: Object.fromEntries(extra) }
}

function joined(before: Float64Array, after: Float64Array): Float64Array {
  const column = new Float64Array(before.length + after.length)
  column.set(before)
  column.set(after, before.length)
  return column
}
