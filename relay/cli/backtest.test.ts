import { createHash } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type CommandFolder, commandFolder, inProject, sample } from "./testing/command-folder.ts"

let at: CommandFolder
const candlewright = (...words: string[]) => at.candlewright(...words)
const inFolder = (name: string) => at.inFolder(name)

beforeAll(async () => void (at = await commandFolder()))
afterAll(() => at.remove())

test("backtest reports trades, metrics and the three hashes, and writes the equity curve", async () => {
  const words = [
    "backtest",
    "--strategy",
    "crossing.json",
    "--candles",
    `DEMO/USD=${sample}`,
    "--fee-percent",
    "0.1",
    "--cash",
    "500",
    "--equity",
    "curve.csv",
    "--json",
  ]
  const said = await candlewright(...words)
  expect([said.code, said.err]).toEqual([0, ""])
  const answer = JSON.parse(said.out)
  expect(Object.keys(answer)).toEqual(
    expect.arrayContaining(["engine", "strategy", "data", "trades", "metrics", "rejected", "about", "setup"]),
  )
  expect(answer.engine).toBe(
    createHash("sha256")
      .update(await readFile(inProject("engine-wasm/build/engine.wasm")))
      .digest("hex"),
  )
  expect(answer.trades.length).toBeGreaterThan(50)
  expect(Object.keys(answer.trades[0])).toEqual([
    "market",
    "side",
    "quantity",
    "entryTimeMs",
    "entryPrice",
    "exitTimeMs",
    "exitPrice",
    "exitReason",
    "profit",
    "profitPercent",
    "feesPaid",
    "entryTag",
  ])
  expect(answer.metrics.tradeCount).toBe(answer.trades.length)
  const curve = (await readFile(inFolder("curve.csv"), "utf8")).trim().split("\n")
  expect([curve[0], curve[1], curve.length]).toEqual(["open_time_ms,equity", "1704067200000,500", 13_141])
  expect(Number(curve.at(-1)?.split(",")[1])).toBe(answer.metrics.finalEquity)
  const again = await candlewright(...words)
  expect(again.out).toBe(said.out)
})

test("a param and a period change the run; a param the document does not know is an honest no", async () => {
  const words = ["backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--json"]
  const [plain, faster, later, unknown] = await Promise.all([
    candlewright(...words),
    candlewright(...words, "--param", "fast=5"),
    candlewright(...words, "--from", "2024-06-01", "--to", "2024-09-01T00:00Z"),
    candlewright(...words, "--param", "speed=5"),
  ])
  expect(JSON.parse(faster.out).strategy).not.toBe(JSON.parse(plain.out).strategy)
  expect(JSON.parse(faster.out).trades.length).toBeGreaterThan(JSON.parse(plain.out).trades.length)
  const times = JSON.parse(later.out).trades.flatMap((trade: { entryTimeMs: number; exitTimeMs: number }) => [
    trade.entryTimeMs,
    trade.exitTimeMs,
  ])
  expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.UTC(2024, 5, 1))
  expect(Math.max(...times)).toBeLessThan(Date.UTC(2024, 8, 1))
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("speed")])
})

test("without --json a backtest is a table for people", async () => {
  const { code, out } = await candlewright("backtest", "--strategy", "crossing.json", "--candles", sample)
  expect([code, out]).toEqual([0, expect.stringMatching(/^Total return +\d+\.\d\d %$/m)])
})

test("with --tables a backtest also shows its trades in groups that add up, and freqtrade's figures", async () => {
  const words = ["backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--tables"]
  const [json, text] = await Promise.all([candlewright(...words, "--json"), candlewright(...words)])
  const { tables, freqtrade, metrics } = JSON.parse(json.out)
  expect(Object.keys(tables)).toEqual(["perMarket", "perExitReason", "perMonth", "perWeekday"])
  const sums = Object.values<{ tradeCount: number; profit: number }[]>(tables).map((rows) => [
    rows.reduce((sum, row) => sum + row.tradeCount, 0),
    rows.reduce((sum, row) => sum + row.profit, 0).toFixed(6),
  ])
  expect(sums).toEqual(Array.from({ length: 4 }, () => [metrics.tradeCount, metrics.totalProfit.toFixed(6)]))
  expect(freqtrade.totalReturnPercent).toBeCloseTo(metrics.totalReturnPercent, 6)
  expect(text.out).toContain("As freqtrade defines them:")
})

test("a long with leverage under freqtrade's fills is said to have no margin, by the run and by its report", async () => {
  const gap = /Freqtrade's fills never liquidate a long: at 3× .*a fall of about 33\.3\d* %/
  const words = ["backtest", "--strategy", "crossing.json", "--candles", `DEMO/USD=${sample}`, "--json"]
  const leveraged = await candlewright(...words, "--fills", "freqtrade", "--leverage", "3")
  expect(leveraged.err).toMatch(gap)
  await writeFile(inFolder("leveraged.json"), leveraged.out)
  await candlewright("report", "leveraged.json", "--out", "leveraged.html")
  expect((await readFile(inFolder("leveraged.html"), "utf8")).replaceAll("&#39;", "'")).toMatch(gap)
  const others = [candlewright(...words, "--leverage", "3"), candlewright(...words, "--fills", "freqtrade")]
  for (const { code, err } of await Promise.all(others))
    expect([code, err]).toEqual([0, expect.not.stringMatching(gap)])
})

test("a run's file is run again: its strategy, its values, its account and period, said in one line; an option wins", async () => {
  const settings = ["--cash", "500", "--fee-percent", "0.2", "--from", "2024-02-01", "--to", "2024-08-01"]
  const words = ["backtest", "--candles", `DEMO/USD=${sample}`, "--json"]
  const first = await candlewright(...words, "--strategy", "crossing.json", "--param", "fast=7", ...settings)
  await writeFile(inFolder("run.json"), first.out)
  const again = await candlewright(...words, "--strategy", "run.json")
  expect([again.code, again.err.trim()]).toEqual([
    0,
    "run.json is a run; its strategy is taken as it was run, and with its settings unless an option says otherwise: cash 500, fee 0.2 %, slippage 0 %, conservative fills, from 2024-02-01T00:00Z to 2024-08-01T00:00Z.",
  ])
  const hashes = ({ strategy, data, resultHash }: Record<string, string>) => ({ strategy, data, resultHash })
  expect(hashes(JSON.parse(again.out))).toEqual(hashes(JSON.parse(first.out)))
  const richer = await candlewright(...words, "--strategy", "run.json", "--cash", "900", "--from", "2024-03-01")
  expect(JSON.parse(richer.out).setup).toMatchObject({ account: { cash: 900, feePercent: 0.2 }, params: { fast: 7 } })
  expect(richer.err).toContain("from 2024-03-01T00:00Z.")
  const [checked, converted] = await Promise.all([
    candlewright("check", "run.json"),
    candlewright("convert", "run.json"),
  ])
  for (const { code, err } of [checked, converted])
    expect([code, err.trim()]).toEqual([0, "run.json is a run; its strategy is taken as it was run."])
})

test("a file that holds its strategy elsewhere is used by what it is, or refused by it", async () => {
  const one = { document: JSON.parse(await readFile(inFolder("crossing.json"), "utf8")) as unknown }
  const library = (...strategies: unknown[]) => JSON.stringify({ format: "candlewright.library/1", strategies })
  const cases: [string, number, RegExp][] = [
    [library(one), 0, /^$/],
    [library(one, one), 1, /library of 2 strategies/],
    ['{"error":"no such market"}', 1, /answer of a command that was refused: "no such market"/],
    ['{"format":"candlewright.run/1"}', 1, /run without its strategy/],
    ["//@version=5\nstrategy('x')", 1, /candlewright translate/],
  ]
  for (const [text, code, err] of cases) {
    await writeFile(inFolder("held.json"), text)
    const said = await candlewright("check", "held.json")
    expect([said.code, said.err], text.slice(0, 60)).toEqual([code, expect.stringMatching(err)])
  }
})
