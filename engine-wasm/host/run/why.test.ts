import { expect, test } from "vitest"
import { planOf, seedCandles, seedSession } from "../../testing/seed-session.ts"
import { codeDocument, codeEngine } from "../../testing/code-story.ts"
import { backtestIn } from "./backtest.ts"
import { defaultAccount } from "./backtest-request.ts"
import { openSession } from "./engine/engine-session.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { why, type Why } from "./why.ts"
import { HOUR_MS } from "../candles/timeframe.ts"

const dip: Partial<WrittenStrategy> = {
  series: { strength: "rsi(close, 14)" },
  long: { enter: { all: ["strength < 35", "close > sma(close, 100)"] }, exit: { any: ["strength > 65"] } },
  protect: { stopLoss: { kind: "percent", percent: 3 }, takeProfit: [{ percent: 2, share: 0.5 }, { percent: 5 }] },
}

async function asked(plan: ReturnType<typeof planOf>, openTimeMs: number): Promise<Why> {
  const answer = await why(seedSession, plan, { openTimeMs })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.why
}

async function tradesOf(plan: ReturnType<typeof planOf>) {
  const run = await backtestIn(seedSession, plan)
  if (!run.ok) throw new Error(JSON.stringify(run.problems))
  return run.result
}

test("the candle before an entry shows every condition met and the entry waiting", async () => {
  const plan = planOf(dip)
  const { trades } = await tradesOf(plan)
  expect(trades.length).toBeGreaterThan(3)
  for (const { entryTimeMs } of trades.slice(0, 6)) {
    const { conditions, waitingEntry, position } = await asked(plan, entryTimeMs - HOUR_MS)
    expect(conditions.filter(({ part }) => part === "long.enter").map(({ met }) => met)).toEqual([true, true])
    expect(waitingEntry).toMatchObject({ side: "long", limitPrice: null })
    expect(position).toBeNull()
  }
})

test("inside a trade the position shows with its stop and both targets", async () => {
  const plan = planOf(dip)
  const [trade] = (await tradesOf(plan)).trades
  const { position, series } = await asked(plan, trade.entryTimeMs)
  expect(position).toMatchObject({
    side: "long",
    entryPrice: trade.entryPrice,
    entryTimeMs: trade.entryTimeMs,
    candlesHeld: 1,
    stopReason: "stop",
  })
  expect(position!.stop).toBeCloseTo(trade.entryPrice * 0.97, 9)
  expect(position!.targets).toEqual([
    expect.closeTo(trade.entryPrice * 1.02, 9),
    expect.closeTo(trade.entryPrice * 1.05, 9),
  ])
  expect(series).toEqual([{ name: "strength", value: expect.any(Number) }])
})

test("a condition that is not ready has no value and is not met", async () => {
  const { conditions } = await asked(planOf(dip), seedCandles.openTimeMs[3])
  expect(conditions.every(({ value, met }) => value === null && !met)).toBe(true)
})

test("a refused entry names its reason", async () => {
  const plan = planOf({ ...dip, limits: { cooldownCandles: 200 } })
  const { rejected } = await tradesOf(plan)
  const refusal = rejected.find(({ reason }) => reason === "cooldown")!
  expect((await asked(plan, refusal.timeMs - HOUR_MS)).refusals).toEqual(["cooldown"])
})

test("a condition on the position says that it needs one", async () => {
  const plan = planOf({
    ...dip,
    long: { enter: { all: ["strength < 35"] }, exit: { any: ["position.profitPercent > 3"] } },
  })
  const exits = (await asked(plan, seedCandles.openTimeMs[500])).conditions.filter(({ part }) => part === "long.exit")
  expect(exits).toEqual([
    {
      part: "long.exit",
      formula: "position.profitPercent > 3",
      value: null,
      met: false,
      asksForPosition: true,
      operands: [],
    },
  ])
})

test("a condition brings the values of what it compares, with its params' numbers in them", async () => {
  const { conditions, series } = await asked(planOf(dip), seedCandles.openTimeMs[500])
  expect(conditions.slice(0, 2).map(({ operands }) => operands.map(({ formula }) => formula))).toEqual([
    ["strength"],
    ["close", "sma(close, 100)"],
  ])
  expect(conditions[0].operands[0].value).toBe(series[0].value)
  expect(conditions[1].operands[0].value).toBe(seedCandles.close[500])
  const [close, average] = conditions[1].operands.map(({ value }) => value!)
  expect(conditions[1].met).toBe(close > average)
})

test("a cancelled question ends with the reason", async () => {
  const signal = AbortSignal.abort(new Error("another candle"))
  await expect(why(seedSession, planOf(dip), { openTimeMs: seedCandles.openTimeMs[500], signal })).rejects.toThrow(
    "another candle",
  )
})

test("a moment without a closed candle is refused", async () => {
  expect(await why(seedSession, planOf(dip), { openTimeMs: seedCandles.openTimeMs[10] + 1 })).toMatchObject({
    ok: false,
  })
  expect(await why(seedSession, planOf(dip), { openTimeMs: seedCandles.openTimeMs.at(-1)! + HOUR_MS })).toMatchObject({
    ok: false,
  })
})

test("for code it shows the position, the orders and the code's journal, and says that there are no conditions to show", async () => {
  const source = `import { Candle, Rsi, Strategy } from "candlewright"
export class Dip extends Strategy {
  strength: Rsi = new Rsi(14)
  onCandle(candle: Candle): void {
    const strength = this.strength.next(candle.close)
    if (strength < 30 && !this.position.isOpen) {
      this.log("dip at " + candle.openTimeMs.toString())
      this.buy().stop(candle.close * 0.9).target(candle.close * 1.1, 0.5).target(candle.close * 2)
    }
    if (strength > 60) this.close()
  }
}`
  const inCode = openSession(await codeEngine(source), [{ market: "SEED/USD", candles: seedCandles }])
  const plan = { strategy: codeDocument(source), account: defaultAccount }
  const run = await backtestIn(inCode, plan)
  if (!run.ok) throw new Error(JSON.stringify(run.problems))
  const [first, second] = run.result.trades
  const closeAt = (timeMs: number) => seedCandles.close[seedCandles.openTimeMs.indexOf(timeMs)]
  for (const { entryTimeMs } of [first, second]) {
    const close = closeAt(entryTimeMs - HOUR_MS)
    const terms = { stop: { price: close * 0.9 }, targets: [{ price: close * 1.1 }, { price: close * 2 }] }
    const decided = await why(inCode, plan, { openTimeMs: entryTimeMs - HOUR_MS })
    expect(decided).toMatchObject({
      ok: true,
      why: {
        writtenAs: "code",
        conditions: [],
        journal: [`dip at ${(entryTimeMs - HOUR_MS).toFixed(1)}`],
        waitingEntry: { side: "long", terms },
        position: null,
      },
    })
    const held = await why(inCode, plan, { openTimeMs: entryTimeMs })
    expect(held).toMatchObject({ ok: true, why: { journal: [], position: { side: "long", stop: expect.any(Number) } } })
  }
})

test("an entry that waits has the stop and the targets it was ordered with, of rules as of code", async () => {
  const protect = {
    stopLoss: { kind: "percent" as const, percent: 3 },
    takeProfit: [{ percent: 5, share: 0.5 }, { formula: "close + 7" }],
  }
  const plan = planOf({ ...dip, protect })
  const run = await backtestIn(seedSession, plan)
  if (!run.ok) throw new Error(JSON.stringify(run.problems))
  const openTimeMs = run.result.trades[0].entryTimeMs - HOUR_MS
  const answer = await why(seedSession, plan, { openTimeMs })
  const close = seedCandles.close[seedCandles.openTimeMs.indexOf(openTimeMs)]
  expect(answer).toMatchObject({
    ok: true,
    why: { waitingEntry: { terms: { stop: { percent: 3 }, targets: [{ percent: 5 }, { price: close + 7 }] } } },
  })
})
