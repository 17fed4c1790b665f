import fc from "fast-check"
import { candlesFromColumns } from "../host/candles/candles.ts"
import { HOUR_MS } from "../host/candles/timeframe.ts"
import { defaultAccount, type FillMode } from "../host/run/backtest-request.ts"
import { strategySchema } from "../host/strategy/document/strategy-document.ts"
import type { ReferenceRequest } from "./reference-broker.ts"

/** What each hour multiplies the price by: mostly little, now and then what ruins somebody. */
const moves = [1, 1, 0.98, 1.02, 0.9, 1.1, 0.5, 2.5, 6]
const hour = fc.record({
  move: fc.constantFrom(...moves),
  gap: fc.boolean(),
  funding: fc.constantFrom(0, 0.04, -0.1, 0.3),
})
const hours = fc.array(hour, { minLength: 8, maxLength: 40, size: "max" })

/**
 * Accounts in the worst of markets: leveraged shorts and longs of all the money, safety orders, funding that changes
 * hands by tenths of the value, and gaps.
 */
export function debtRun(fills: FillMode): fc.Arbitrary<ReferenceRequest> {
  return fc
    .record({
      markets: fc.array(hours, { minLength: 1, maxLength: 3 }),
      leverage: fc.constantFrom(1, 3, 20),
      percent: fc.constantFrom(30, 60, 100),
      add: fc.record({ everyDropPercent: fc.constantFrom(1, 5), maxTimes: fc.constantFrom(0, 2, 6) }),
      target: fc.constantFrom(5, 60),
      long: fc.boolean(),
    })
    .map(({ markets, leverage, percent, add, target, long }) => ({
      account: { ...defaultAccount, cash: 1000, leverage, fills, minNotional: 0 },
      markets: markets.map((list, n) => marketOf(`${"ABC"[n]}/USDT`, list)),
      strategy: strategySchema.parse({
        format: "candlewright.strategy/1",
        name: "Debts",
        timeframe: "1h",
        size: { kind: "equity", percent },
        ...(long ? { long: { enter: { all: ["close > open"] } } } : {}),
        short: { enter: { all: ["close <= open"] } },
        protect: { takeProfit: fills === "freqtrade" ? [] : [{ percent: target, share: 1 }] },
        ...(add.maxTimes > 0 && fills === "conservative" ? { add: { ...add, sizeMultiple: 1.5 } } : {}),
      }),
    }))
}

function marketOf(market: string, list: { move: number; gap: boolean; funding: number }[]) {
  const openTimeMs = Float64Array.from(list, (_, i) => i * HOUR_MS)
  const open = new Float64Array(list.length)
  const close = new Float64Array(list.length)
  let price = 1
  list.forEach(({ move, gap }, i) => {
    open[i] = gap ? price * move : price
    price = close[i] = price * move
  })
  const extra = { funding: Float64Array.from(list, ({ funding }) => funding) }
  const high = open.map((value, i) => Math.max(value, close[i]))
  const low = open.map((value, i) => Math.min(value, close[i]))
  const gate = candlesFromColumns(
    { openTimeMs, open, high, low, close, volume: open.map(() => 1), extra },
    { timeframe: "1h" },
  )
  if (!gate.ok) throw new Error(gate.because)
  return { market, candles: gate.candles }
}
