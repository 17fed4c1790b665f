import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import type { Candles } from "../../candles/candles.ts"
import { shuffledMarket } from "../../candles/synthetic/made-market.ts"
import { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { callsOfVotes } from "./calls-of-votes.ts"
import { indicatorVotes, type IndicatorVotes, MOST_AHEAD_CANDLES } from "./indicator-votes.ts"
import { dueMsOf } from "./signal-call.ts"
import { voteRules } from "./vote-columns.ts"

const engine = await builtEngine()
const AHEAD = 24

function made(candles: number, seed: number): Candles {
  return syntheticCandles({ seed, candles, timeframe: "1h", startMs: 0, startPrice: 300, kind: "mixed" })
}

/** Hours that open at the close before and trade a little beyond both. */
function closing(closes: number[]): Candles {
  const open = closes.map((close, n) => closes[n - 1] ?? close)
  return {
    openTimeMs: Float64Array.from(closes, (_, n) => n * HOUR_MS),
    open: Float64Array.from(open),
    high: Float64Array.from(closes, (close, n) => Math.max(close, open[n])),
    low: Float64Array.from(closes, (close, n) => Math.min(close, open[n])),
    close: Float64Array.from(closes),
    volume: new Float64Array(closes.length).fill(100),
    extra: {},
    timeframeMs: HOUR_MS,
    priceDecimals: 2,
  }
}

function votesOf(candles: Candles, ahead = AHEAD): IndicatorVotes {
  return indicatorVotes(engine, candles, "1h", ahead)
}

function vote(votes: IndicatorVotes, name: string) {
  return votes.votes.find((one) => one.name === name)!
}

function closes(length: number, closeAt: (at: number) => number): number[] {
  return Array.from({ length }, (_, at) => closeAt(at))
}

/** Ever faster: a Hull average of a straight line is that line. */
const faster = (at: number) => Number((at + (at * at) / 500).toFixed(2))
const rising = closes(2_000, (at) => 100 + faster(at))

test("in a market that only rises every average says BUY, and the needle is at strong buy", () => {
  const votes = votesOf(closing(rising.slice(0, 400)))
  const averages = votes.votes.filter(({ group }) => group === "movingAverages")
  expect(averages.map(({ action }) => action)).toEqual(averages.map(() => "BUY"))
  expect(votes.gauge.movingAverages).toMatchObject({ level: "strong buy", score: 1, percent: { BUY: 100, SELL: 0 } })
  expect(votes.gauge.all).toMatchObject({ level: "strong buy", action: "BUY", unknown: 0 })
  expect(vote(votes, "sma10").words).toBe("Average of 10 805.777: the price is above it; says BUY.")
})

test("being always right where the price always rises is no merit: the coin was always right too", () => {
  const { record } = vote(votesOf(closing(rising)), "sma50")
  expect(record).toMatchObject({ count: 81, cameTrue: 81, baselinePercent: 100, better: false })
})

test("in a market that only falls every average says SELL", () => {
  const { gauge } = votesOf(closing(closes(400, (at) => 1_000 - faster(at))))
  expect(gauge.movingAverages).toMatchObject({ level: "strong sell", score: -1, counts: { BUY: 0, SELL: 15, HOLD: 0 } })
  expect(gauge.all.level).toBe("strong sell")
})

test("a market that stands still gets no call, and nothing in it is NaN", () => {
  const votes = votesOf(closing(closes(400, () => 100)))
  expect(votes.votes.filter(({ action }) => action !== "HOLD")).toEqual([])
  expect(votes.gauge.all).toMatchObject({ level: "neutral", score: 0 })
  expectNoNaN(votes)
})

test("a short history is HOLD with the candles each vote still needs, and one more is one less", () => {
  const short = votesOf(made(40, 3))
  expect(vote(short, "ema200")).toMatchObject({ action: "HOLD", value: null, needsCandles: 160 })
  expect(vote(short, "ema200").words).toBe("EMA of 200: needs 160 candles more; says HOLD until then.")
  expect(vote(short, "ichimoku")).toMatchObject({ needsCandles: 37 })
  expect(short.gauge.movingAverages.unknown).toBe(7)
  expect(vote(votesOf(made(199, 3)), "sma200").words).toMatch(/needs 1 candle more/)
  expect(vote(votesOf(made(200, 3)), "sma200")).toMatchObject({ needsCandles: 0, value: expect.any(Number) as number })
})

test.each([0, 1, 2, 25, 60, 230])("%i candles give votes without a NaN anywhere", (length) => {
  const votes = votesOf(made(length, 11))
  expect(votes.votes).toHaveLength(voteRules.length)
  expectNoNaN(votes)
  expectNoNaN(callsOfVotes("ETH/USDT", votes))
})

test("a market without volume has no volume-weighted average, and says that no waiting helps", () => {
  const candles = made(300, 5)
  candles.volume.fill(0)
  const votes = votesOf(candles)
  expect(vote(votes, "vwma20")).toMatchObject({ action: "HOLD", value: null, needsCandles: 0 })
  expect(vote(votes, "vwma20").words).toBe(
    "Volume-weighted average of 20: these candles do not give it a value; says HOLD.",
  )
  expect(votes.gauge.movingAverages).toMatchObject({ unknown: 1 })
  expect(votes.gauge.movingAverages.record.count).toBeGreaterThan(0)
  expectNoNaN(votes)
})

test("an RSI stretched upwards says SELL once it turns down, and says so", () => {
  const zigzag = closes(60, (at) => 100 + at + (at % 2))
  const rsi = vote(votesOf(closing([...zigzag, zigzag[59] - 0.2])), "rsi")
  expect(rsi.action).toBe("SELL")
  expect(rsi.words).toMatch(/^RSI \d\d\.\d+: stretched upwards, turning down; says SELL\.$/)
  const still = vote(votesOf(closing([...zigzag, zigzag[59] + 2])), "rsi")
  expect(still.words).toMatch(/stretched upwards, with no turn to sell at; says HOLD/)
})

test("on random walks hardly a vote claims to be better than saying the same at any candle", () => {
  const seeds = Array.from({ length: 20 }, (_, at) => at + 1)
  const records = seeds.flatMap((seed) => {
    const { votes, gauge } = votesOf(shuffledMarket(made(1_500, seed), seed))
    return [...votes, ...Object.values(gauge)].flatMap(({ record, calls }) => [record, calls])
  })
  expect(records).toHaveLength(20 * 2 * (26 + 3))
  expect(records.filter(({ count: known }) => known >= 30).length).toBeGreaterThan(800)
  expect(records.filter(({ better }) => better).length / records.length).toBeLessThanOrEqual(0.05)
})

test("where trends last, the averages' own record shows that they are better than a coin", () => {
  const { votes, gauge } = votesOf(closing(lastingTrends(4_000, 7)), 12)
  for (const name of ["sma20", "ema20", "vwma20"])
    expect(votes.find((one) => one.name === name)).toMatchObject({ calls: { better: true } })
  expect(gauge.movingAverages.calls.better).toBe(true)
})

test("what counts never overlaps: no more outcomes than fit one behind the other into the history", () => {
  const { votes, gauge } = votesOf(made(1_000, 4))
  for (const { record, calls } of [...votes, ...Object.values(gauge)])
    for (const one of [record, calls]) expect(one.count).toBeLessThanOrEqual(Math.floor((1_000 - 1) / AHEAD))
})

test("an outcome that lies ahead counts nowhere, and counts as soon as its candle has closed", () => {
  // The width of a candle is known from the fifteenth on.
  const countAfter = (candles: number) => vote(votesOf(closing(rising.slice(0, candles))), "sma10").record.count
  expect(countAfter(14 + AHEAD)).toBe(0)
  expect(countAfter(15 + AHEAD)).toBe(1)
  expect(countAfter(14 + 2 * AHEAD)).toBe(1)
  expect(countAfter(15 + 2 * AHEAD)).toBe(2)
})

test("votes over finer candles are those over the same candles joined", () => {
  const votes = indicatorVotes(engine, made(2_000, 8), "4h", 6)
  expect(votes).toMatchObject({ candleCount: 500, closedMs: 2_000 * HOUR_MS })
  expectNoNaN(votes)
})

test("votes become calls that can be kept: the gauge first, each with its source, its time and its odds", () => {
  const calls = callsOfVotes("ETH/USDT", votesOf(made(1_000, 9)))
  expect(calls.map(({ source }) => source)).toEqual(["votes", ...voteRules.map(({ name }) => `vote:${name}`)])
  for (const call of calls) {
    expect(dueMsOf(call)).toBe((1_000 + AHEAD) * HOUR_MS)
    expect(call).toMatchObject({ market: "ETH/USDT", outcome: null, candleClosedMs: 1_000 * HOUR_MS })
    expect(call.probability).toBeGreaterThanOrEqual(0)
    expect(call.probability).toBeLessThanOrEqual(1)
  }
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length)
})

test.each([0, -1, 1.5, NaN, MOST_AHEAD_CANDLES + 1])("outcomes %d candles ahead are refused", (ahead) => {
  expect(() => votesOf(made(50, 1), ahead)).toThrow(/outcomes are looked for 1 to 1000 candles ahead/)
})

/** A drift that forgets itself over some fifty hours. */
function lastingTrends(length: number, seed: number): number[] {
  const chance = new SeededChance(seed)
  let [price, drift] = [1_000, 0]
  return closes(length, () => {
    drift = 0.98 * drift + 0.0004 * chance.bell()
    price *= 1 + drift + 0.002 * chance.bell()
    return Number(price.toFixed(2))
  })
}

function expectNoNaN(value: unknown): void {
  expect(leaksIn(value)).toEqual([])
}

/** What is no number or tells of none, wherever it is. */
function leaksIn(value: unknown): unknown[] {
  if (typeof value === "object") return Object.values(value ?? {}).flatMap(leaksIn)
  const isLeak = typeof value === "string" ? /NaN|undefined|Infinity/.test(value) : Number.isNaN(Number(value))
  return isLeak ? [value] : []
}
