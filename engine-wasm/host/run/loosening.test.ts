import { expect, test } from "vitest"
import { planOf, seedSession } from "../../testing/seed-session.ts"
import { backtestIn } from "./backtest.ts"
import { entryCounts } from "./entry-counts.ts"
import { roundStep } from "./looser-values.ts"
import { loosening } from "./loosening.ts"
import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"

const never: Partial<WrittenStrategy> = {
  // Another length would do too, and would be another strategy.
  params: {
    length: { type: "int", value: 14, min: 2, max: 50 },
    oversold: { type: "number", value: 3, min: 1, max: 50, step: 1 },
  },
  series: { strength: "rsi(close, length)" },
  long: { enter: { all: ["strength < oversold", "close > open"] } },
}

test("a param moves just far enough that the rule asks often enough, and then it trades", async () => {
  const plan = planOf(never)
  expect(entryCounts(seedSession, plan)!.sides[0].askedCount).toBe(0)
  const looser = (await loosening(seedSession, plan, { side: "long", formula: "strength < oversold" }))!
  expect(looser).toMatchObject({ kind: "param", name: "oversold", from: 3, askedBefore: 0 })
  expect(looser.askedAfter).toBeGreaterThanOrEqual(10)
  if (looser.kind !== "param") throw new Error("not a param")
  const run = await backtestIn(seedSession, { ...plan, params: { oversold: looser.to } })
  expect(run.ok && run.result.trades.length).toBeGreaterThan(0)
  // One step less is not enough.
  const before = entryCounts(seedSession, { ...plan, params: { oversold: Number(looser.to) - 1 } })!
  expect(before.sides[0].askedCount).toBeLessThan(10)
})

test("without a param the number in the rule is changed, downwards as well as upwards", async () => {
  for (const formula of [
    "rsi(close, 14) < 3",
    "rsi(close, 14) > 98",
    "crossunder(rsi(close, 14), 2)",
    "change(close, 1) < -90",
  ]) {
    const plan = planOf({ long: { enter: { all: [formula, "close > 0"] } } })
    const looser = await loosening(seedSession, plan, { side: "long", formula })
    if (looser?.kind !== "rule") throw new Error(`${formula}: ${JSON.stringify(looser)}`)
    expect(looser.askedAfter).toBeGreaterThanOrEqual(10)
    const checked = strategyFromJson(looser.strategy)
    expect(checked.ok, looser.to).toBe(true)
    expect(entryCounts(seedSession, { ...plan, strategy: looser.strategy })!.sides[0].askedCount).toBe(
      looser.askedAfter,
    )
  }
})

test("a number in a rule moves by the smallest round step that is enough", async () => {
  const plan = planOf({ long: { enter: { all: ["rsi(close, 14) < 3"] } } })
  const looser = await loosening(seedSession, plan, { side: "long", formula: "rsi(close, 14) < 3" })
  if (looser?.kind !== "rule") throw new Error("not a rule")
  const to = Number(/< (\d+)$/.exec(looser.to)?.[1])
  const askedAt = (level: number) =>
    entryCounts(seedSession, planOf({ long: { enter: { all: [`rsi(close, 14) < ${level}`] } } }))!.sides[0].askedCount
  expect(askedAt(to)).toBe(looser.askedAfter)
  expect(askedAt(to - roundStep(50))).toBeLessThan(10)
})

test("steps are round whatever the size of what is compared", () => {
  expect([40, 100, 0.02, 60_000, 1e-7].map(roundStep)).toEqual([1, 2, 0.0005, 2_000, 2e-9])
})

test("a switch that forbids everything is thrown", async () => {
  const plan = planOf({
    params: { allowed: { type: "bool", value: false } },
    long: { enter: { all: ["allowed", "close > open"] } },
  })
  expect(await loosening(seedSession, plan, { side: "long", formula: "allowed" })).toMatchObject({
    name: "allowed",
    to: true,
  })
})

test("a rule that nothing can loosen is named as such", async () => {
  const plan = planOf({ long: { enter: { all: ["close < open and close > open"] } } })
  expect(await loosening(seedSession, plan, { side: "long", formula: "close < open and close > open" })).toBeUndefined()
})

test("it can be undone", async () => {
  const signal = AbortSignal.abort(new Error("something else"))
  const asked = loosening(seedSession, planOf(never), { side: "long", formula: "strength < oversold", signal })
  await expect(asked).rejects.toThrow("something else")
})
