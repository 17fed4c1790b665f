import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { planOf, seedCandles, seedSession } from "../../../testing/seed-session.ts"
import { baseCandles } from "../../../testing/reference-candles.ts"
import { sliceCandles } from "../../candles/candles.ts"
import { HOUR_MS } from "../../candles/timeframe.ts"
import { openSession } from "../engine/engine-session.ts"
import { why, withOperands } from "../why.ts"
import { LiveRun } from "./live-run.ts"

const engine = await builtEngine()
const plan = planOf({
  series: { strength: "rsi(close, 14)" },
  long: { enter: { all: ["strength < 35", "close > sma(close, 100)"] }, exit: { any: ["strength > 65"] } },
  protect: { stopLoss: { kind: "percent", percent: 3 } },
})
const WARM = 200
const firstMs = seedCandles.openTimeMs[0]

test("a live run shows at each candle the conditions, values and series that a backtest shows there", async () => {
  const rows = baseCandles(seedCandles)
  const market = "SEED/USD"
  const opened = await LiveRun.open(engine, plan, [
    { market, candles: sliceCandles(seedCandles, { toMs: firstMs + WARM * HOUR_MS }) },
  ])
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
  const { run } = opened
  run.advanceTo(firstMs + WARM * HOUR_MS)
  // Past a thousand candles those that are done make place for new ones.
  const asked = new Set([WARM, 300, 777, 1_300, 1_301, 2_999])
  for (let n = WARM; n < rows.length; n++) {
    run.append(0, { ...rows[n], volume: seedCandles.volume[n] })
    run.advanceTo(rows[n].openTimeMs + HOUR_MS)
    run.takeIntents()
    if (!asked.has(n)) continue
    const { openTimeMs } = rows[n]
    const standing = run.standing(0)!
    const answer = await why(seedSession, plan, { openTimeMs })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    const session = openSession(engine, [
      { market, candles: sliceCandles(seedCandles, { toMs: openTimeMs + HOUR_MS }) },
    ])
    const { conditions } = standing
    expect(standing.openTimeMs).toBe(openTimeMs)
    expect(withOperands(session, plan, { market: 0, openTimeMs, conditions })).toEqual(answer.why.conditions)
    expect(standing.series).toEqual(answer.why.series)
  }
})
