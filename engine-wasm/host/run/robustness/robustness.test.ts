import { beforeAll, describe, expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { checkedDocument, codeDocument, codeEngine } from "../../../testing/code-story.ts"
import { sliceCandles, type Candles } from "../../candles/candles.ts"
import { bootstrappedMarket } from "../../candles/synthetic/made-market.ts"
import { syntheticCandles, type SyntheticKind } from "../../candles/synthetic/synthetic-candles.ts"
import { DAY_MS, HOUR_MS } from "../../candles/timeframe.ts"
import { metricsOf } from "../../result/metrics.ts"
import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { smaCross } from "../../strategy/templates/sma-cross.ts"
import { defaultAccount, type AccountSettings } from "../backtest-request.ts"
import { runRecord } from "../backtest.ts"
import { openSession, type MarketCandles } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { TaskDesk } from "../optimise/task-desk.ts"
import { robustnessOf, type Robustness, type RobustnessNews } from "./robustness.ts"
import type { RobustnessRequest } from "./robustness-request.ts"

const engine = await builtEngine()
const startMs = 1_600_000_000_000 - (1_600_000_000_000 % DAY_MS)
const account: AccountSettings = { ...defaultAccount, feePercent: 0.1, slippagePercent: 0 }

function hours(candles: number, seed: number, kind: SyntheticKind = "mixed"): Candles {
  return syntheticCandles({ seed, candles, timeframe: "1h", startMs, startPrice: 20_000, kind })
}

const own: MarketCandles[] = [{ market: "BTC/USDT", candles: hours(4_000, 5) }]
const other: MarketCandles = { market: "ETH/USDT", candles: hours(4_000, 8) }
const cross = checkedDocument(smaCross.document)

type Told = Partial<RobustnessRequest> & { using?: Engine; sets?: MarketCandles[]; others?: string[] }

async function told(
  strategy: StrategyDocument,
  { using = engine, sets = own, ...more }: Told = {},
): Promise<Robustness> {
  const runner = new TaskDesk(using, { own: sets, others: [other] })
  const terms = { space: { variants: [strategy], dimensions: [] }, account }
  const answer = await robustnessOf(runner, { terms, markets: sets, trials: 20, seed: 1, currency: "USDT", ...more })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  return answer.robustness
}

function metricsWith(change: Partial<AccountSettings>, fromMs?: number) {
  const run = runRecord(openSession(engine, own), { strategy: cross, account: { ...account, ...change }, fromMs })
  if (!run.ok) throw new Error(run.problems[0].because)
  return metricsOf(run.record)
}

describe("a strategy with params, another market and twenty tries", () => {
  let found: Robustness
  const news: RobustnessNews[] = []
  beforeAll(async () => {
    const runner = new TaskDesk(engine, { own, others: [other] })
    const terms = { space: { variants: [cross], dimensions: [] }, account }
    const request = { terms, markets: own, others: ["ETH/USDT"], trials: 20, seed: 1, currency: "USDT" }
    const answer = await robustnessOf(runner, request, { onNews: (one) => news.push(one) })
    if (!answer.ok) throw new Error(answer.problems[0].because)
    found = answer.robustness
  })

  test("costs are those of backtests with these costs", () => {
    const both = metricsWith({ feePercent: 0.2, slippagePercent: 0.05 })
    expect(found.costs.asIs.returnPercent).toBe(metricsWith({}).totalReturnPercent)
    expect(found.costs.doubleFees.returnPercent).toBe(metricsWith({ feePercent: 0.2 }).totalReturnPercent)
    expect(found.costs.both).toEqual({
      returnPercent: both.totalReturnPercent,
      sharpe: both.sharpe,
      tradeCount: both.tradeCount,
      feePercent: 0.2,
      slippagePercent: 0.05,
    })
  })

  test("starts are backtests from moments within the first third, the first from the beginning", () => {
    const { runs, madeMoneyPercent } = found.startDates
    expect(runs).toHaveLength(12)
    expect(runs[0].fromMs).toBe(startMs)
    expect(runs[11].fromMs).toBeLessThanOrEqual(startMs + (4_000 * HOUR_MS) / 3)
    for (const { fromMs, returnPercent } of [runs[3], runs[11]])
      expect(returnPercent).toBe(metricsWith({}, fromMs).totalReturnPercent)
    expect(madeMoneyPercent).toBe((100 * runs.filter(({ returnPercent }) => returnPercent > 0).length) / 12)
  })

  test("another past is the strategy run by the engine over that past", () => {
    const { bootstrap } = found.monteCarlo
    const finals = Array.from({ length: 20 }, (_, n) => {
      const made = bootstrappedMarket(own[0].candles, { seed: 1 + n, blockCandles: bootstrap.blockCandles })
      const run = runRecord(openSession(engine, [{ market: "BTC/USDT", candles: made }]), { strategy: cross, account })
      if (!run.ok) throw new Error(run.problems[0].because)
      return run.record.equity.equity.at(-1)!
    }).sort((a, b) => a - b)
    expect(bootstrap.runs).toBe(20)
    expect(bootstrap.p50).toBeCloseTo((finals[9] + finals[10]) / 2, 6)
    // Definition 7: 5 % of 19 steps lies 0.95 of the way to the second.
    expect(bootstrap.p5).toBeCloseTo(finals[0] + 0.95 * (finals[1] - finals[0]), 6)
    expect(bootstrap.fan.low.at(-1)).toBe(bootstrap.p5)
    expect(bootstrap.fan.steps[0]).toBe(0)
    expect(bootstrap.fan.middle[0]).toBe(1_000)
  })

  test("shuffled trades end where the run ended, and missed ones do not", () => {
    const { shuffle, skipped } = found.monteCarlo
    const end = 1_000 * (1 + found.costs.asIs.returnPercent / 100)
    expect(shuffle.p5).toBeCloseTo(end, 6)
    expect(shuffle.p95).toBeCloseTo(end, 6)
    expect(skipped.p5).toBeLessThan(skipped.p95)
    expect(found.ruinCash).toBe(500)
  })

  test("params are chosen anew part after part", () => {
    expect(found.walkForward?.kind).toBe("rolling")
  })

  test("each mood has its days, and every day and trade is in one", () => {
    expect(found.regimes.length).toBeGreaterThan(1)
    const sum = (figure: "days" | "tradeCount" | "sharePercent") =>
      found.regimes.reduce((total, regime) => total + regime[figure], 0)
    expect(sum("sharePercent")).toBeCloseTo(100, 9)
    expect(sum("tradeCount")).toBe(found.costs.asIs.tradeCount)
    const product = found.regimes.reduce((all, { returnPercent }) => all * (1 + returnPercent / 100), 1)
    expect(product).toBeCloseTo(1 + found.costs.asIs.returnPercent / 100, 9)
    for (const { name } of found.regimes) expect(name).toMatch(/^(calm|wild) (rise|fall|sideways)$/)
  })

  test("the same values run on the other market", () => {
    const run = runRecord(openSession(engine, [other]), { strategy: cross, account })
    if (!run.ok) throw new Error(run.problems[0].because)
    expect(found.otherMarkets).toMatchObject([
      { market: "ETH/USDT", returnPercent: metricsOf(run.record).totalReturnPercent },
    ])
  })

  test("every light is a level and a sentence, and the verdict counts them", () => {
    expect(found.lights.map(({ id }) => id)).toEqual([
      "trades",
      "holding",
      "fees",
      "unseen",
      "luck",
      "ruin",
      "startDates",
      "regimes",
      "otherMarkets",
    ])
    for (const { level, because } of found.lights) {
      expect(["good", "doubtful", "bad"]).toContain(level)
      expect(because).toMatch(/^[A-Z\d].*\.$/)
    }
    expect(found.verdict.headline).toContain(`of ${found.lights.length} questions answered with yes`)
  })

  test("progress goes from nothing to all", () => {
    const shares = news.map(({ share }) => share)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.at(-1)).toBe(1)
  })

  test("the same seed finds the same", async () => {
    expect(await told(cross, { others: ["ETH/USDT"] })).toEqual(found)
  })
})

const always: Partial<WrittenStrategy> = {
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
}

describe("what cannot be asked", () => {
  test("rules without params are cut into parts; without trades nothing happens to the money", async () => {
    const idle = checkedDocument({
      ...always,
      format: "candlewright.strategy/1",
      name: "idle",
      timeframe: "1h",
      long: { enter: { all: ["close < 0"] }, exit: null },
    })
    const found = await told(idle)
    expect(found.walkForward).toMatchObject({ kind: "fixed", won: 0, parts: { length: 6 } })
    expect(found.monteCarlo.shuffle).toMatchObject({ p5: 1_000, p95: 1_000, ruinPercent: 0 })
    expect(found.randomEntry).toBeUndefined()
    expect(found.lights.filter(({ level }) => level === "good")).toEqual([])
  })

  test("entries in code are moved, and everything else is asked", async () => {
    const source = `import { Candle, Strategy } from "candlewright"
export class Weekly extends Strategy {
  seen: i32 = 0
  onCandle(candle: Candle): void {
    this.seen++
    if (this.seen % 48 == 0) this.buy().withoutStop()
    if (this.seen % 48 == 10) this.close()
  }
}`
    const found = await told(codeDocument(source, always), { using: await codeEngine(source), trials: 5 })
    expect(found.randomEntry).toMatchObject({ method: "moved", tries: 5 })
    expect(found.walkForward?.kind).toBe("fixed")
    expect(found.monteCarlo.bootstrap.runs).toBe(5)
  })

  test("ten candles have no parts and no moods, and none at all is refused", async () => {
    const few = [{ market: "BTC/USDT", candles: sliceCandles(own[0].candles, { toMs: startMs + 10 * HOUR_MS }) }]
    const found = await told(cross, { sets: few, trials: 3 })
    expect(found.walkForward).toBeUndefined()
    expect(found.regimes).toEqual([])
    await expect(told(cross, { period: { toMs: startMs }, trials: 3 })).rejects.toThrow("no candle in this period")
    await expect(told(cross, { trials: 0 })).rejects.toThrow("1 to 4000 times, not 0")
    await expect(told(cross, { ruinCash: -1 })).rejects.toThrow("an amount above 0")
  })

  test("cancelling rejects with the reason", async () => {
    const runner = new TaskDesk(engine, { own })
    const terms = { space: { variants: [cross], dimensions: [] }, account }
    const stop = new AbortController()
    const asked = robustnessOf(
      runner,
      { terms, markets: own, trials: 20, seed: 1 },
      { signal: stop.signal, onNews: () => stop.abort(new Error("enough")) },
    )
    await expect(asked).rejects.toThrow("enough")
  })
})
