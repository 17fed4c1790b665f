import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { codeDocument, codeEngine } from "../../testing/code-story.ts"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"
import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import { backtestIn } from "./backtest.ts"
import { defaultAccount } from "./backtest-request.ts"
import { openSession } from "./engine/engine-session.ts"
import { tradeLevels } from "./trade-levels.ts"
import { why } from "./why.ts"

const session = openSession(await builtEngine(), [
  {
    market: "SEED/USD",
    candles: syntheticCandles({
      seed: 11,
      candles: 3000,
      timeframe: "1h",
      startMs: Date.UTC(2024, 0, 1),
      startPrice: 100,
      kind: "mixed",
    }),
  },
])
const checked = strategyFromJson({
  format: "candlewright.strategy/1",
  name: "Story",
  timeframe: "1h",
  long: { enter: { all: ["rsi(close, 14) < 35"] }, exit: { any: ["rsi(close, 14) > 65"] } },
  protect: {
    stopLoss: { kind: "percent", percent: 3 },
    takeProfit: [{ percent: 2, share: 0.5 }, { percent: 8 }],
    trailing: { percent: 2, armAtPercent: 1 },
  },
})
if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
const plan = { strategy: checked.strategy, account: defaultAccount }

test("stop and targets of a trade are, candle by candle, those that why? shows for its position", async () => {
  const run = await backtestIn(session, plan)
  if (!run.ok) throw new Error(run.problems[0].because)
  const trades = run.result.trades.slice(0, 5)
  let moved = 0
  for (const { entryTimeMs, exitTimeMs } of trades) {
    const answer = tradeLevels(session, plan, { fromMs: entryTimeMs, toMs: exitTimeMs })
    if (!answer.ok) throw new Error(answer.problems[0].because)
    const { openTimeMs, stop, targets } = answer.levels
    expect(openTimeMs[0]).toBe(entryTimeMs)
    for (const [at, timeMs] of openTimeMs.entries()) {
      const answer = await why(session, plan, { openTimeMs: timeMs })
      const position = answer.ok ? answer.why.position : null
      expect(Number.isNaN(stop[at]) ? null : stop[at]).toBe(position?.stop ?? null)
      const levels = targets.map((target) => target[at]).filter((price) => !Number.isNaN(price))
      expect(levels).toEqual(position?.targets ?? [])
      if (at > 0 && stop[at] > stop[at - 1]) moved++
    }
  }
  expect(moved).toBeGreaterThan(0)
})

test("a leveraged short has its liquidation beside its stop, and in its place where no stop is nearer", async () => {
  const short = strategyFromJson({
    format: "candlewright.strategy/1",
    name: "Short story",
    timeframe: "1h",
    short: { enter: { all: ["rsi(close, 14) > 65"] }, exit: { any: ["rsi(close, 14) < 35"] } },
    protect: { stopLoss: { kind: "percent", percent: 3 } },
  })
  if (!short.ok) throw new Error(JSON.stringify(short.problems))
  for (const leverage of [3, 50]) {
    const account = { ...defaultAccount, leverage }
    const run = await backtestIn(session, { strategy: short.strategy, account })
    if (!run.ok) throw new Error(run.problems[0].because)
    const [{ entryTimeMs, exitTimeMs, entryPrice }] = run.result.trades
    const answer = tradeLevels(
      session,
      { strategy: short.strategy, account },
      { fromMs: entryTimeMs, toMs: exitTimeMs },
    )
    if (!answer.ok) throw new Error(answer.problems[0].because)
    const { stop, liquidation } = answer.levels
    expect(liquidation[0] / entryPrice).toBeCloseTo((1 + 1 / leverage) / 1.005, 3)
    // At 50 × the margin is gone before the stop of 3 %.
    expect(Number.isNaN(stop[0])).toBe(leverage === 50)
  }
})

test("targets that code sets with its orders have their levels, in the chart and in why?", async () => {
  const source = `import { Candle, Strategy } from "candlewright"

export class Laddered extends Strategy {
  onCandle(candle: Candle): void {
    if (!this.position.isOpen) this.buy().stop(candle.close * 0.9).target(candle.close * 1.02, 0.5).target(candle.close * 1.05, 1)
  }
}
`
  const inCode = openSession(await codeEngine(source), session.markets)
  const plan = { strategy: codeDocument(source), account: defaultAccount }
  const run = await backtestIn(inCode, plan)
  if (!run.ok) throw new Error(run.problems[0].because)
  const { entryTimeMs, exitTimeMs } = run.result.trades.find(({ exitReason }) => exitReason === "takeProfit")!
  const answer = tradeLevels(inCode, plan, { fromMs: entryTimeMs, toMs: exitTimeMs })
  if (!answer.ok) throw new Error(answer.problems[0].because)
  const [first, second] = answer.levels.targets.map((prices) => prices[0])
  expect(second / first).toBeCloseTo(1.05 / 1.02, 3)
  const asked = await why(inCode, plan, { openTimeMs: entryTimeMs })
  expect(asked.ok && asked.why.position?.targets).toEqual([first, second])
})
