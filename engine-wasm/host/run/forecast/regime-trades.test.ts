import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { moodyMarket } from "../../../testing/moody-market.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { BEFORE_REGIMES } from "../../result/trade-tables.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import { backtestIn, openBacktest } from "../backtest.ts"
import { defaultAccount } from "../backtest-request.ts"
import { runToJson } from "../run-json.ts"
import { regimeNames } from "./regime-names.ts"
import { regimesOver } from "./regime-table.ts"
import { tradesByRegime } from "./regime-trades.ts"
import { trainRegimes } from "./train-regimes.ts"

const engine = await builtEngine()
const candles = moodyMarket({ candles: 3_000, seed: 4 })
const answer = await trainRegimes(engine, {
  name: "moods",
  timeframe: "1h",
  market: "A/B",
  candles,
  seed: 1,
  groups: 2,
})
if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
const { model } = answer

async function run(enter: string[]) {
  const read = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "By the mood",
    timeframe: "1h",
    models: { moods: model },
    long: { enter: { all: enter }, exit: { any: ["close < sma(close, 10)"] } },
    protect: { stopLoss: { kind: "percent", percent: 5 } },
    size: { kind: "equity", percent: 50 },
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const opened = openBacktest(engine, {
    strategy: read.strategy,
    markets: [{ market: "A/B", candles }],
    account: defaultAccount,
  })
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const ran = await backtestIn(opened.session, opened.plan)
  if (!ran.ok) throw new Error(JSON.stringify(ran.problems))
  const tables = tradesByRegime(opened.session, opened.plan.strategy, ran.record)
  const written = await runToJson(opened.session, opened.plan, { ran, lights: [], currency: "B" })
  return { ...ran, tables, written }
}

test("every trade is counted in the regime that was known when it was entered", async () => {
  const { result, tables, written } = await run(["close > sma(close, 10)"])
  const said = regimesOver(engine, model, candles)
  if (!said.ok) throw new Error(JSON.stringify(said.problems))
  const regimes = Array.from(said.regimes)
  const countIn = (wanted: (regime: number) => boolean) =>
    result.trades.filter(({ entryTimeMs }) => wanted(regimes[candles.openTimeMs.indexOf(entryTimeMs - HOUR_MS)])).length
  const [calm, wild] = regimeNames(model)
  expect(tables.map((table) => table.model)).toEqual(["moods"])
  const [{ groups }] = tables
  expect(groups.map(({ name, tradeCount }) => [name, tradeCount])).toEqual([
    [calm, countIn((regime) => regime === 0)],
    [wild, countIn((regime) => regime === 1)],
    [BEFORE_REGIMES, countIn(Number.isNaN)],
  ])
  expect(groups.every(({ tradeCount }) => tradeCount > 0)).toBe(true)
  const profit = groups.reduce((sum, group) => sum + group.profit, 0)
  expect(profit).toBeCloseTo(
    result.trades.reduce((sum, trade) => sum + trade.profit, 0),
    9,
  )
  expect(written.about!.tables.perRegime).toEqual(tables)
})

test("rules that ask for one regime enter in that one alone, and the table says so", async () => {
  const { tables } = await run(["close > sma(close, 10)", 'regime("moods") == 1'])
  const [{ groups }] = tables
  expect(groups).toHaveLength(2)
  expect(groups[0].tradeCount).toBe(0)
  expect(groups[1].tradeCount).toBeGreaterThan(0)
})
