import fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { checkedDocument, codeDocument, codeEngine } from "../../../testing/code-story.ts"
import { mixedRun, randomRun, requestOf } from "../../../testing/random-run.ts"
import type { Candles } from "../../candles/candles.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { HOUR_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { defaultAccount } from "../backtest-request.ts"
import type { MarketCandles } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { runsOf, type RunOver } from "./decided-run.ts"
import { checkHistory, historyCheckInWords } from "./history-check.ts"
import { lookAheadIn } from "./look-ahead.ts"

const engine = await builtEngine()
const hours = syntheticCandles({
  seed: 3,
  candles: 3_000,
  timeframe: "1h",
  startMs: 1_600_000_000_000 - (1_600_000_000_000 % HOUR_MS),
  startPrice: 20_000,
  kind: "mixed",
})
const market = (candles: Candles): MarketCandles[] => [{ market: "BTC/USDT", candles }]
const always: Partial<WrittenStrategy> = {
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 50 },
}

describe("rules cannot look ahead: whatever document, a history that ends earlier decides the same until then", () => {
  test.for([
    ["one market and several", randomRun, 30],
    ["candles of any length and grid", mixedRun, 20],
  ] as const)("over %s", ([, runs, count]) => {
    let trades = 0
    const property = fc.property(runs, (plan) => {
      const request = requestOf(plan)
      const run = runsOf(engine, request)
      const strategyMs = timeframesMs[request.strategy.timeframe]
      trades += run.whole(request.markets).trades.count
      expect(lookAheadIn(run, request.markets, strategyMs).found).toBeUndefined()
    })
    fc.assert(property, { numRuns: count, endOnFailure: true })
    expect(trades).toBeGreaterThan(count)
  })
})

/** Buys above a line, sells below it. */
const above = (line: string) => `import { Candle, Sma, Strategy } from "candlewright"
export class Above extends Strategy {
  average: Sma = new Sma(20)
  seen: i32 = 0
  onCandle(candle: Candle): void {
    this.seen++
    const average = this.average.next(candle.close)
    const line = ${line}
    if (candle.close > line) this.buy()
    if (candle.close < line) this.close()
  }
}`

describe("code", () => {
  let byColumn: { engine: Engine; plan: Parameters<typeof runsOf>[1] }
  beforeAll(async () => {
    const source = above(`candle.extra("line")`)
    byColumn = {
      engine: await codeEngine(source),
      plan: { strategy: codeDocument(source, always), account: defaultAccount },
    }
  })

  test("that averages what it has seen is found neither to look ahead nor to depend on its beginning", async () => {
    const source = above("average")
    const plan = { strategy: codeDocument(source, always), account: defaultAccount }
    const answer = checkHistory(await codeEngine(source), plan, market(hours))
    expect(answer).toMatchObject({
      ok: true,
      check: { lookAhead: { cuts: 8 }, warmUp: { sameFromCandles: 50 }, extraColumns: [] },
    })
    if (!answer.ok) throw new Error(answer.problems[0].because)
    expect(answer.check.lookAhead.found).toBeUndefined()
    expect(answer.check.warmUp.tradeCount).toBeGreaterThan(10)
    expect(historyCheckInWords(answer.check)).toEqual([
      "Run over 8 histories that end earlier, it decided the same until each end: it does not look ahead.",
      "With 50 candles or more before trading begins its trades are the same.",
    ])
  })

  test("that counts candles from the first one depends on where they begin", async () => {
    const source = above("this.seen % 7 == 0 ? 0 : 1e9")
    const plan = { strategy: codeDocument(source, always), account: defaultAccount }
    const answer = checkHistory(await codeEngine(source), plan, market(hours))
    expect(answer).toMatchObject({ ok: true, check: { warmUp: { sameFromCandles: null } } })
    expect(answer.ok && historyCheckInWords(answer.check)[1]).toMatch(/^Its trades depend on where the candles begin/)
  })

  /** A column computed over a whole history, as a careless script does: a later candle changes earlier values. */
  const withColumn = (candles: Candles, line: (n: number) => number): Candles => ({
    ...candles,
    extra: { line: candles.close.map((_, n) => line(n)) },
  })

  test.for([
    ["the next candle's close", (close: Float64Array) => (n: number) => close[n + 1] ?? close[n]],
    [
      "the mean of the whole history",
      (close: Float64Array) => {
        const mean = close.reduce((sum, price) => sum + price, 0) / close.length
        return () => mean
      },
    ],
  ] as const)("that reads %s is caught, with the moment", ([, lineOf]) => {
    const { whole, stateAt } = runsOf(byColumn.engine, byColumn.plan)
    const made = (markets: readonly MarketCandles[]) =>
      markets.map((one) => ({ ...one, candles: withColumn(one.candles, lineOf(one.candles.close)) }))
    const run: RunOver = {
      whole: (markets, fromMs) => whole(made(markets), fromMs),
      stateAt: (markets, nowMs) => stateAt(made(markets), nowMs),
    }
    const { found } = lookAheadIn(run, market(hours), HOUR_MS)
    expect(found).toBeDefined()
  })

  test("that reads a column of the file cannot be seen through, and hears so", () => {
    const candles = withColumn(hours, (n) => hours.close[n + 1] ?? hours.close[n])
    const answer = checkHistory(byColumn.engine, byColumn.plan, market(candles))
    if (!answer.ok) throw new Error(answer.problems[0].because)
    expect(answer.check.lookAhead.found).toBeUndefined()
    expect(historyCheckInWords(answer.check)[1]).toMatch(
      /^The candle file has further columns\. They may carry what nobody knew/,
    )
  })

  test("that stops is refused in its words, and a few candles are not compared", async () => {
    const source = above('candle.extra("moon")')
    const plan = { strategy: codeDocument(source, always), account: defaultAccount }
    expect(checkHistory(await codeEngine(source), plan, market(hours))).toMatchObject({ ok: false })
    const rules = checkedDocument({
      ...always,
      format: "candlewright.strategy/1",
      name: "rise",
      timeframe: "1h",
      long: { enter: { all: ["close > open"] }, exit: { any: ["close < open"] } },
    })
    const one = { ...hours, openTimeMs: hours.openTimeMs.subarray(0, 1) }
    const few: Candles = {
      ...one,
      ...Object.fromEntries(
        (["open", "high", "low", "close", "volume"] as const).map((name) => [name, hours[name].subarray(0, 1)]),
      ),
    }
    const answer = checkHistory(engine, { strategy: rules, account: defaultAccount }, market(few))
    expect(answer.ok && historyCheckInWords(answer.check)).toEqual([
      "The candles are too few to be cut, so nothing was compared.",
      "The candles are too few to compare warm-ups.",
    ])
  })
})
