import { writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { commandFolder, sample, type CommandFolder } from "./testing/command-folder.ts"

let place: CommandFolder

const crossing = {
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["DEMO/USD"],
  params: {
    fast: { type: "int", value: 10, min: 2, max: 50, step: 4 },
    slow: { type: "int", value: 40, min: 5, max: 300, step: 5 },
    above: { type: "number", value: 0, min: 0, max: 1000, step: 0.1 },
  },
  long: {
    enter: { all: ["crossover(sma(close, fast), sma(close, slow))", "close > sma(close, 100) + above"] },
    exit: { any: ["crossunder(sma(close, fast), sma(close, slow))"] },
  },
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
}

beforeAll(async () => {
  place = await commandFolder()
  await writeFile(place.inFolder("crossing.json"), JSON.stringify(crossing))
})

afterAll(() => place.remove())

const optimised = (...words: string[]) =>
  place.candlewright("optimise", "--strategy", "crossing.json", "--candles", sample, "--coin-flips", "9", ...words)

const few = ["--vary", "fast=5:20:5", "--vary", "slow=40,80", "--from", "2024-06-01", "--to", "2025-01-01"]

test("optimise prints its best with all metrics, the best trials, the locked-away part and how much to believe", async () => {
  const { code, out } = await optimised(
    ...few,
    "--without",
    "long.enter.all[1]",
    "--other",
    `NEXT/USD=${sample}`,
    "--json",
  )
  expect(code).toBe(0)
  const answer = JSON.parse(out)
  expect(answer).toMatchObject({
    best: {
      params: { fast: expect.any(Number), slow: expect.any(Number) },
      metrics: { tradeCount: expect.any(Number) },
    },
    variants: [{ inWords: "as it is" }, { inWords: expect.stringContaining("without") }],
    evaluated: 16,
    combinations: 16,
    heldOut: { metrics: { totalReturnPercent: expect.any(Number) } },
    deflatedSharpe: expect.any(Number),
    pbo: expect.any(Number),
    plateau: { params: { fast: expect.any(Number), slow: expect.any(Number) } },
    coinFlips: { tries: 9, pValue: expect.any(Number) },
    walkForward: { rolling: { windows: expect.any(Array) } },
    robustness: { otherMarkets: [{ market: "NEXT/USD", tradeCount: expect.any(Number) }], lights: expect.any(Array) },
    verdict: { level: expect.stringMatching(/^(ok|doubtful|overfitted)$/), because: expect.any(Array) },
  })
  expect(answer.trials[0]).toMatchObject({ params: answer.best.params, variant: answer.best.variant })
  expect(answer.trials[0].metrics.sharpe).toBeCloseTo(answer.best.metrics.sharpe, 9)
})

test("as text it says first what to make of it, and then the best as a table", async () => {
  const { code, out } = await optimised(...few, "--method", "tpe", "--trials", "6")
  expect(code).toBe(0)
  expect(out).toMatch(/^This (looks like more than luck|may be luck|is what luck looks like)\./)
  expect(out).toContain("coin-flip markets")
  expect(out).toMatch(/fast +slow +.*Total return/)
})

test("what cannot be searched is refused at its option, and a billion combinations with how to sample them", async () => {
  const refusal = async (...words: string[]) => (await optimised(...words)).err
  expect(await refusal("--vary", "fast=2:50:1", "--vary", "slow=5:300:1", "--vary", "above=0:1000")).toContain(
    "--vary: these are",
  )
  expect(await refusal(...few, "--objective", "luck")).toContain("--objective: ")
  expect(await refusal(...few, "--hold-out-percent", "90")).toContain("--hold-out-percent: it is from 0 to 50")
  expect(await refusal(...few, "--without", "long.enter.all[7]")).toContain("there is no formula at")
  expect(await refusal("--vary", "fast=5:20:5", "--vary", "slow=40,80", "--from", "2025-06-28")).toContain("too short")
})
