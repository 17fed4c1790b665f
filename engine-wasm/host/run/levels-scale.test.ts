import fc from "fast-check"
import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { candlesFromColumns, type Candles } from "../candles/candles.ts"
import { HOUR_MS } from "../candles/timeframe.ts"
import { strategySchema } from "../strategy/document/strategy-document.ts"
import { backtest } from "./backtest.ts"
import { defaultAccount, type FillMode } from "./backtest-request.ts"

const CANDLES = 300
const percents = [1, 2, 5, 10]
const percent = fc.constantFrom(...percents)

type Ticks = [open: number, high: number, low: number, close: number][]

/** Prices whose percents are whole ticks too, so that a candle's end often lies exactly on a stop or a target. */
const market = fc
  .array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
    minLength: CANDLES,
    maxLength: CANDLES,
  })
  .map((steps) => {
    let last = 20
    return steps.map(([body, above, below]): Ticks[number] => {
      const open = last
      last = Math.min(60, Math.max(8, open + body))
      const [high, low] = [Math.max(open, last) + above, Math.max(4, Math.min(open, last) - below)]
      return [open, high, low, last].map((price) => price * 10) as Ticks[number]
    })
  })

/** The market with a tick of 10 to the power of `power`, as a file would write it. */
function candlesOf(ticks: Ticks, power: number): Candles {
  const column = (n: number) => Float64Array.from(ticks, (tick) => Number(`${tick[n]}e${power}`))
  const gate = candlesFromColumns({
    openTimeMs: Float64Array.from(ticks, (_, n) => (470_000 + n) * HOUR_MS),
    open: column(0),
    high: column(1),
    low: column(2),
    close: column(3),
    volume: new Float64Array(ticks.length).fill(1),
    extra: {},
  })
  if (!gate.ok) throw new Error(gate.because)
  return gate.candles
}

const optional = <T>(what: fc.Arbitrary<T>) => fc.option(what, { nil: undefined })
const protect = fc.record({
  stopLoss: percent.map((one) => ({ kind: "percent", percent: one })),
  takeProfit: fc.constantFrom(
    [],
    [{ percent: 5, share: 1 }],
    [
      { percent: 2, share: 0.5 },
      { percent: 10, share: 1 },
    ],
  ),
  trailing: optional(fc.record({ percent, armAtPercent: fc.constantFrom(0, 5) })),
  breakEven: optional(fc.record({ atPercent: percent, plusPercent: fc.constantFrom(0, 1) })),
  roi: optional(percent.map((one) => [{ afterMinutes: 0, percent: one }])),
})

const plan = fc.record({
  ticks: market,
  side: fc.constantFrom("long", "short"),
  exit: fc.constantFrom("position.profitPercent >= 5", "position.profitPercent <= -5", "close > close[1] * 2"),
  protect,
  add: optional(percent.map((one) => ({ maxTimes: 2, everyDropPercent: one, sizeMultiple: 1 }))),
  orders: optional(percent.map((one) => ({ entry: { kind: "limit", offsetPercent: one, expireCandles: 3 } }))),
  slippagePercent: fc.constantFrom(0, 0, 10),
  fills: fc.constantFrom<FillMode>("conservative", "conservative", "freqtrade", "backtesting.py"),
})

type Plan = typeof plan extends fc.Arbitrary<infer One> ? One : never

async function tradesOf({ ticks, side, exit, slippagePercent, fills, ...parts }: Plan, power: number) {
  const rule = { enter: { all: ["close > open"] }, exit: { any: [exit] } }
  const { add, orders } = fills === "conservative" ? parts : { add: undefined, orders: undefined }
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "levels",
    timeframe: "1h",
    long: side === "long" ? rule : null,
    short: side === "short" ? rule : null,
    protect: parts.protect,
    size: fills === "freqtrade" ? { kind: "quote", amount: 100 } : { kind: "equity", percent: 20 },
    ...(add && { add }),
    ...(orders && { orders }),
  })
  const account = {
    ...defaultAccount,
    // Whole units under backtesting.py's fills: as much money as the unit is worth.
    cash: Number(`1e${Math.max(3, power + 9)}`),
    feePercent: 0,
    slippagePercent: fills === "conservative" ? slippagePercent : 0,
    fills,
  }
  const run = await backtest(await builtEngine(), {
    strategy,
    markets: [{ market: "A/B", candles: candlesOf(ticks, power) }],
    account,
  })
  if (!run.ok) return undefined
  return run.result.trades.map(({ entryTimeMs, exitTimeMs, exitReason }) => [entryTimeMs, exitTimeMs, exitReason])
}

test("levels in percent that lie exactly on a price decide alike whatever unit prices are in", async () => {
  const counts = new Map<unknown, number>()
  await fc.assert(
    fc.asyncProperty(plan, fc.integer({ min: -8, max: 6 }), async (one, power) => {
      const plain = await tradesOf(one, 0)
      expect(await tradesOf(one, power)).toEqual(plain)
      for (const [, , reason] of plain ?? []) counts.set(reason, (counts.get(reason) ?? 0) + 1)
    }),
    { numRuns: 250 },
  )
  for (const reason of ["stop", "takeProfit", "trailing", "breakEven", "roi", "signal"])
    expect(counts.get(reason), reason).toBeGreaterThan(50)
}, 60_000)
