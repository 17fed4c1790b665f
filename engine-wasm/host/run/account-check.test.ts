import { expect, test } from "vitest"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { backtestIn } from "./backtest.ts"
import { smallestCash } from "../result/smallest-order.ts"
import { planOf, seedSession } from "../../testing/seed-session.ts"
import { accountCheckOf } from "./account-check.ts"

const often: Partial<WrittenStrategy> = {
  long: { enter: { all: ["rsi(close, 14) < 30"] }, exit: { any: ["rsi(close, 14) > 55"] } },
}
const stops: Record<string, WrittenStrategy["protect"]> = {
  "an ATR stop": { stopLoss: { kind: "atr", multiple: 2, length: 14 } },
  "a stop at a formula": { stopLoss: { kind: "price", formula: "close - 2 * atr(14)" } },
}

for (const [stop, protect] of Object.entries(stops))
  test(`with ${stop} the run's own trades say what an account can do, and needs what the templates say`, async () => {
    const { check, ran, plan } = await checked({ ...often, protect })
    const size = check.size!
    if (size.known.from !== "trades") throw new Error("it is not known before")
    expect(size.known.tradeCount).toBe(ran.record.trades.count)
    expect(size.decidedBy).toBe("rule")
    // A risk of 1 % of the account.
    expect((size.position * size.known.stopPercent!) / 100).toBeCloseTo(plan.account.cash / 100, 9)
    expect(size.positionsThatFit).toBeGreaterThan(0)
    expect(check.smallestCash).toBe(smallestCash(ran.record, 5))
    expect(check.breakEvenPercent).toBeGreaterThan(0)
  })

test("a run that never traded still says what a trade must earn and what the exchange takes", async () => {
  const { check } = await checked({ long: { enter: { all: ["close < 0"] } }, protect: stops["an ATR stop"] })
  expect(check.size).toBeUndefined()
  expect(check.smallestPosition).toBeGreaterThan(5)
  expect(check.breakEvenPercent).toBeGreaterThan(0)
})

test("a stop in percent needs no trades to say how large a position is", async () => {
  const { check } = await checked({ ...often, protect: { stopLoss: { kind: "percent", percent: 2 } } })
  expect(check.size).toMatchObject({ known: { from: "rule" }, decidedBy: "rule" })
})

async function checked(parts: Partial<WrittenStrategy>) {
  const plan = planOf(parts)
  const ran = await backtestIn(seedSession, plan)
  if (!ran.ok) throw new Error(JSON.stringify(ran.problems))
  return { check: accountCheckOf(plan, ran.record, 5)!, ran, plan }
}
