import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { defaultAccount } from "./backtest-request.ts"
import { entryCounts } from "./entry-counts.ts"
import { openSession } from "./engine/engine-session.ts"
import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"

const candles = syntheticCandles({
  seed: 11,
  candles: 3000,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})
const session = openSession(await builtEngine(), [{ market: "SEED/USD", candles }])

function counts(long: NonNullable<WrittenStrategy["long"]>, fromMs?: number) {
  const checked = strategyFromJson({ format: "candlewright.strategy/1", name: "Story", timeframe: "1h", long })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return entryCounts(session, { strategy: checked.strategy, account: defaultAccount, fromMs })
}

const rises = candles.close.map((close, at) => Number(close > candles.open[at]))
const riseCount = rises.reduce((sum, one) => sum + one, 0)

test("each condition is counted, and the entries it alone prevented", () => {
  expect(counts({ enter: { all: ["close > open", "close < 0"] } })).toEqual({
    candleCount: 3000,
    sides: [
      {
        side: "long",
        join: "all",
        askedCount: 0,
        conditions: [
          { formula: "close > open", metCount: riseCount, aloneMissingCount: 0 },
          { formula: "close < 0", metCount: 0, aloneMissingCount: riseCount },
        ],
      },
    ],
  })
})

test("with any of them, one is enough", () => {
  const counted = counts({ enter: { any: ["close > open", "close < 0"] } })!.sides[0]
  expect(counted.askedCount).toBe(riseCount)
  expect(counted.conditions.map(({ aloneMissingCount }) => aloneMissingCount)).toEqual([
    3000 - riseCount,
    3000 - riseCount,
  ])
})

test("only the candles of the run count", () => {
  const fromMs = candles.openTimeMs[2900]
  expect(counts({ enter: { all: ["close > 0"] } }, fromMs)).toMatchObject({
    candleCount: 100,
    sides: [{ askedCount: 100 }],
  })
})

test("a value that is not ready meets no condition", () => {
  expect(counts({ enter: { all: ["sma(close, 100) > 0"] } })!.sides[0].askedCount).toBe(2901)
})
