import { writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { commandFolder, sample, type CommandFolder } from "./testing/command-folder.ts"

let place: CommandFolder

const crossing = {
  format: "candlewright.strategy/1",
  name: "Crossing averages",
  timeframe: "1h",
  markets: ["DEMO/USD"],
  params: { fast: { type: "int", value: 10, min: 5, max: 20, step: 5 } },
  long: {
    enter: { all: ["crossover(sma(close, fast), sma(close, 40))"] },
    exit: { any: ["crossunder(sma(close, fast), sma(close, 40))"] },
  },
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
}

beforeAll(async () => {
  place = await commandFolder()
  await writeFile(place.inFolder("crossing.json"), JSON.stringify(crossing))
})

afterAll(() => place.remove())

const asked = (...words: string[]) =>
  place.candlewright("robustness", "--strategy", "crossing.json", "--candles", sample, "--to", "2024-12-01", ...words)

const percentiles = { p5: expect.any(Number), p50: expect.any(Number), p95: expect.any(Number) }
const chance = { ...percentiles, ruinPercent: expect.any(Number), worstFall: percentiles }

test("robustness answers with everything it asked, and the same on one thread and on two", async () => {
  const words = ["--trials", "12", "--other", `ETH/USD=${sample}`, "--json"]
  const one = await asked(...words, "--threads", "1")
  const two = await asked(...words, "--threads", "2")
  expect(one.code).toBe(0)
  const answer = JSON.parse(one.out)
  expect(JSON.parse(two.out)).toEqual(answer)
  expect(answer).toMatchObject({
    walkForward: { kind: "rolling", windows: expect.any(Array) },
    monteCarlo: { shuffle: chance, bootstrap: { ...chance, runs: 12 }, skipped: chance },
    costs: { asIs: { feePercent: 0.1 }, both: { feePercent: 0.2, slippagePercent: 0.05 } },
    randomEntry: { method: "engine", pValue: expect.any(Number), tries: 12 },
    startDates: { runs: { length: 12 } },
    otherMarkets: [{ market: "ETH/USD", returnPercent: answer.costs.asIs.returnPercent }],
    verdict: { headline: expect.stringMatching(/\.$/) },
  })
  expect(answer.regimes.length).toBeGreaterThan(1)
  for (const light of answer.lights)
    expect(light).toEqual({
      id: expect.any(String),
      level: expect.stringMatching(/^(good|doubtful|bad)$/),
      because: expect.stringMatching(/[.?]$/),
    })
})

test("in words, a verdict and the lights come first, then what chance does to the money", async () => {
  const { code, out } = await asked("--trials", "5", "--param", "fast=15")
  expect(code).toBe(0)
  expect(out).toMatch(/^This (would not hold|may not hold|looks robust): \d of 8 questions answered with yes/)
  expect(out).toMatch(/Survives higher costs\? With twice the fees and 0\.05 % slippage/)
  expect(out).toMatch(/worst 5 % +middle +best 5 % +worst fall +ruined\ntrades in another order/)
})

test.for([
  [["--trials", "0"], 1, "--trials: chance is asked 1 to 4000 times, not 0"],
  [["--seed", "-1"], 1, "--seed: the seed is a whole number from 0 to 9007199254740991, not -1"],
  [["--ruin-cash", "0"], 1, "--ruin-cash: ruin is an amount above 0, not 0"],
  [["--param", "fast=99"], 1, "99 is outside 5 to 20"],
  [["--other", sample], 2, "--other takes MARKET=FILE"],
  [["--threads", "0"], 2, "--threads takes a whole number from 1 to 256"],
  [["--from", "2024-11-30T23:30Z"], 1, "there are no candles from this time on"],
] as const)("%j is refused with what is wrong", async ([words, exit, because]) => {
  const { code, err } = await asked(...words)
  expect(err).toContain(because)
  expect(code).toBe(exit)
})
