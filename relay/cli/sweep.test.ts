import { writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Said } from "./testing/built-command.ts"
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
    calm: { type: "bool", value: false },
  },
  long: {
    enter: { all: ["crossover(sma(close, fast), sma(close, slow))", "not calm or close > sma(close, 100)"] },
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

const candlewright = (...words: string[]) => place.candlewright(...words)

const swept = (...words: string[]) =>
  candlewright("sweep", "--strategy", "crossing.json", "--candles", sample, ...words)

test("sweep prints a row for every combination, best first, and each equals its backtest", async () => {
  const { code, out } = await swept(
    "--vary",
    "fast=5:9:2",
    "--vary",
    "slow=20,50",
    "--vary",
    "calm=true,false",
    "--rank",
    "totalReturnPercent",
    "--json",
  )
  expect(code).toBe(0)
  const { rows, rank } = JSON.parse(out)
  expect(rows).toHaveLength(12)
  expect(rank).toBe("totalReturnPercent")
  const returns = rows.map((row: { totalReturnPercent: number }) => row.totalReturnPercent)
  expect(returns).toEqual([...returns].sort((a, b) => b - a))
  const { fast, slow, calm } = rows[0].params
  const best = await candlewright(
    "backtest",
    "--strategy",
    "crossing.json",
    "--candles",
    sample,
    "--param",
    `fast=${fast}`,
    "--param",
    `slow=${slow}`,
    "--param",
    `calm=${calm}`,
    "--json",
  )
  const { metrics } = JSON.parse(best.out)
  expect(rows[0].tradeCount).toBe(metrics.tradeCount)
  expect(rows[0].sharpe).toBeCloseTo(metrics.sharpe, 9)
  expect(returns[0]).toBeCloseTo(metrics.totalReturnPercent, 9)
})

test("asked for an explanation it says whether combinations run together, and else why not", async () => {
  const together = await swept("--vary", "fast=5,9", "--explain", "--json")
  expect(together.err).toContain("All combinations run over the candles together.")
  const alone = await swept("--vary", "fast=5,9", "--fills", "backtesting.py", "--explain", "--json")
  expect(alone.err).toContain("Each combination runs by itself, which takes longer. The fills of backtesting.py")
})

test("two threads give the same rows as one", async () => {
  const words = ["--vary", "fast=3:12:1", "--vary", "slow=20:60:5", "--json"]
  const [one, two] = await Promise.all([swept(...words, "--threads", "1"), swept(...words, "--threads", "2")])
  expect(JSON.parse(two.out)).toEqual(JSON.parse(one.out))
})

test("a range without a step uses the param's own step", async () => {
  const { out } = await swept("--vary", "fast=4:12", "--json")
  const fasts = JSON.parse(out).rows.map((row: { params: { fast: number } }) => row.params.fast)
  expect(fasts.toSorted((a: number, b: number) => a - b)).toEqual([4, 8, 12])
})

test.each<[string[], number, string]>([
  [["--vary", "fast"], 2, "--vary takes NAME=FROM:TO:STEP or NAME=A,B,C"],
  [["--vary", "fast=9:5:1"], 2, "a step above 0 and TO not below FROM"],
  [["--vary", "fast=5:9:0"], 2, "a step above 0"],
  [[], 2, "--vary is needed"],
  [["--vary", "fast=5:9:1", "--rank", "luck"], 2, "--rank is finalEquity or"],
  [["--vary", "fast=5:9:1", "--threads", "0.5"], 2, "--threads takes a whole number"],
  [["--vary", "fast=5,9", "--param", "fast=6"], 2, "fast is in --vary and in --param"],
  [["--vary", "fast=5,9", "--fewest-trades", "-1"], 2, "--fewest-trades takes a whole number from 0"],
  [["--vary", "quick=5:9:1"], 1, "the strategy has no param `quick`"],
  [["--vary", "fast=5:90:1"], 1, "--vary fast: 51 is outside 2 to 50"],
  [["--vary", "fast=90:95:1"], 1, "--vary fast: 90 is outside 2 to 50"],
  [["--vary", "fast=NaN"], 2, '--vary fast takes numbers, or true and false, not "NaN"'],
  [["--vary", "fast=5,,9"], 2, '--vary fast takes numbers, or true and false, not ""'],
  [["--vary", "fast=5,-Infinity"], 2, '--vary fast takes numbers, or true and false, not "-Infinity"'],
  [["--vary", "fast=NaN:5:1"], 2, '--vary takes a number, not "NaN"'],
  [["--vary", "fast=true,false"], 1, "--vary fast: "],
  [["--vary", "calm=1,0"], 1, "--vary calm: this switch takes true or false"],
  [["--vary", "calm=true,0"], 1, "--vary calm: this switch takes true or false"],
  [["--vary", "calm=0:1:1"], 1, "--vary calm: this switch takes true or false"],
  [["--vary", "fast=5,9", "--param", "calm=1"], 1, "params.calm: this switch takes true or false"],
])("sweep %j is refused with %i: %s", async (words, code, sentence) => {
  const said = await swept(...words)
  expect([said.code, said.err]).toEqual([code, expect.stringContaining(sentence)])
})

test("a strategy in code is swept as the same strategy in rules is, in threads too", async () => {
  await writeFile(place.inFolder("in-code.json"), (await candlewright("convert", "crossing.json", "--json")).out)
  const words = ["--candles", sample, "--vary", "fast=6:14:4", "--threads", "2", "--json"]
  const [rules, code] = await Promise.all([
    candlewright("sweep", "--strategy", "crossing.json", ...words),
    candlewright("sweep", "--strategy", "in-code.json", ...words),
  ])
  const figures = ({ out }: Said) =>
    JSON.parse(out).rows.map((row: { params: unknown; tradeCount: number; finalEquity: number }) => [
      row.params,
      row.tradeCount,
      row.finalEquity.toPrecision(12),
    ])
  expect(figures(code)).toEqual(figures(rules))
})
