import { describe, expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { checkedDocument, codeDocument } from "../../../testing/code-story.ts"
import type { Candles } from "../../candles/candles.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { metricsOf } from "../../result/metrics.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { strategyTemplates } from "../../strategy/templates/templates.ts"
import { defaultAccount } from "../backtest-request.ts"
import { runRecord } from "../backtest.ts"
import { openSession } from "../engine/engine-session.ts"
import { strategySeriesIn } from "../strategy-series.ts"
import { CHANCE_PRIME, chanceDocument } from "./chance-document.ts"
import { ownRunOf, randomEntry } from "./random-entry.ts"
import { combinationsIn, entryRankOf } from "./run-luck.ts"

const engine = await builtEngine()
const account = { ...defaultAccount, feePercent: 0 }

function hours(candles: number, seed = 5): Candles {
  const startMs = 1_600_000_000_000 - (1_600_000_000_000 % HOUR_MS)
  return syntheticCandles({ seed, candles, timeframe: "1h", startMs, startPrice: 20_000, kind: "range" })
}

/** Enters on a condition and leaves three candles later, with all of its money. */
function threeHours(condition: string, series: Record<string, string> = {}): StrategyDocument {
  return checkedDocument({
    format: "candlewright.strategy/1",
    name: "three hours",
    timeframe: "1h",
    long: { enter: { all: [condition] }, exit: { any: ["position.candles >= 3"] } },
    protect: { stopLoss: { kind: "none" } },
    size: { kind: "equity", percent: 100 },
    series,
  })
}

async function rankedOver(candles: Candles, strategy: StrategyDocument, tries = 99) {
  const session = openSession(engine, [{ market: "BTC/USDT", candles }])
  const run = runRecord(session, { strategy, account })
  if (!run.ok) throw new Error(run.problems[0].because)
  const { record } = run
  const own = ownRunOf(metricsOf(record), record.trades, record.equity.openTimeMs.length)
  return randomEntry(combinationsIn(session, { strategy, account }), { strategy, own, tries, seed: 1 })
}

describe("chance", () => {
  test("is evenly spread, and one candle or one seed says nothing about the next", () => {
    const session = openSession(engine, [{ market: "BTC/USDT", candles: hours(6_000) }])
    const { strategy, seed } = chanceDocument(threeHours("close > open"), 1)!
    const drawn = [1, 2, 3, 4].map((value) => {
      const answer = strategySeriesIn(session, { strategy, params: { [seed]: value } })
      if (!answer.ok) throw new Error(answer.problems[0].because)
      const hash = answer.series.find(({ name }) => name === "chance2")!.values
      return hash.map((rest) => rest / CHANCE_PRIME)
    })
    for (const values of drawn) {
      for (const level of [0.003, 0.1, 0.5, 0.9]) {
        const share = values.filter((value) => value >= 0 && value < level).length / values.length
        expect(Math.abs(share - level)).toBeLessThan(4 * Math.sqrt((level * (1 - level)) / values.length))
      }
      expect(Math.abs(correlation(values.subarray(1), values.subarray(0, -1)))).toBeLessThan(4 / Math.sqrt(6_000))
    }
    expect(Math.abs(correlation(drawn[0], drawn[1]))).toBeLessThan(4 / Math.sqrt(6_000))
    expect(Math.abs(correlation(drawn[2], drawn[3]))).toBeLessThan(4 / Math.sqrt(6_000))
  })

  test("keeps exits, stops, size and limits, and takes names that the strategy does not use", () => {
    const strategy = threeHours("close > chance2", { chance2: "sma(close, 3)" })
    const made = chanceDocument(strategy, 1)!
    expect(made.strategy.long?.exit).toEqual(strategy.long?.exit)
    expect(made.strategy.protect).toEqual(strategy.protect)
    expect(made.strategy.series.chance2).toBe("sma(close, 3)")
    expect(made.strategy.long?.enter).not.toEqual(strategy.long?.enter)
  })

  test("cannot replace entries that are written in code", () => {
    expect(chanceDocument(codeDocument("export class A {}"), 1)).toBeUndefined()
  })
})

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const product = (x: Float64Array, mx: number, y: Float64Array, my: number) =>
    x.reduce((sum, value, n) => sum + (value - mx) * (y[n] - my), 0)
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB))
}

describe("entries against chance", () => {
  test("whoever knows the next hours beats every try", async () => {
    const candles = hours(2_000)
    // Rises by more than 1 % within three hours; the file's column carries the future.
    const knows = candles.close.map((close, n) => Number((candles.close[n + 4] ?? 0) > 1.01 * close))
    const ranked = await rankedOver({ ...candles, extra: { knows } }, threeHours("knows > 0"))
    expect(ranked).toMatchObject({ method: "engine", tries: 99, pValue: 0.01, betterThanPercent: 100 })
  })

  test("whoever enters by a coin of their own is as good as the others: p-values spread over 0 to 1", async () => {
    const values: number[] = []
    for (let seed = 0; seed < 14; seed++) {
      const candles = hours(1_000, seed + 10)
      const coin = candles.close.map((close, n) => (Math.floor(close * 7919) + n * 104_729) % 17)
      const ranked = await rankedOver({ ...candles, extra: { coin } }, threeHours("coin == 3"), 49)
      values.push(ranked!.pValue)
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean).toBeGreaterThan(0.27)
    expect(mean).toBeLessThan(0.73)
    expect(values.filter((value) => value <= 0.1).length).toBeLessThan(7)
  })

  test("chance trades as often as each template does", async () => {
    for (const { document, id } of strategyTemplates) {
      const ranked = await rankedOver(hours(6_000), checkedDocument({ ...document, timeframe: "1h" }), 49)
      if (!ranked || ranked.tradeCount < 10) continue
      expect(Math.abs(ranked.chanceTradeCount / ranked.tradeCount - 1), id).toBeLessThan(0.25)
    }
  })

  test("a longer run has its trades moved instead, and without trades there is nothing to rank", async () => {
    const session = openSession(engine, [{ market: "BTC/USDT", candles: hours(3_000) }])
    const rank = async (strategy: StrategyDocument) => {
      const run = runRecord(session, { strategy, account })
      if (!run.ok) throw new Error(run.problems[0].because)
      return entryRankOf(session, { strategy, account }, run.record)
    }
    expect(await rank(threeHours("close > close[5]"))).toMatchObject({ method: "engine", tries: 199 })
    expect(await rank(threeHours("close < 0"))).toBeUndefined()
    const minutes = { strategy: threeHours("close > close[5]"), account: { ...account, fills: "freqtrade" as const } }
    const long = openSession(engine, [{ market: "BTC/USDT", candles: hours(30_000) }])
    const run = runRecord(long, minutes)
    if (!run.ok) throw new Error(run.problems[0].because)
    expect(await entryRankOf(long, minutes, run.record)).toMatchObject({ method: "moved", tries: 500 })
  })
})
