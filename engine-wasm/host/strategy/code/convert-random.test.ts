import fc from "fast-check"
import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { codeEngine } from "../../../testing/code-story.ts"
import { longRun, requestOf } from "../../../testing/random-run.ts"
import { convertToCode } from "./convert-to-code.ts"
import { openSession } from "../../run/engine/engine-session.ts"
import { simulate } from "../../run/engine/simulate.ts"
import { strategyFromJson } from "../document/strategy-document-from-json.ts"

test("random rules and their code make the same trades, bit for bit", async () => {
  const rulesEngine = await builtEngine()
  let [compared, trades, unsayable] = [0, 0, 0]
  for (const plan of fc.sample(longRun, { seed: 23, numRuns: 26 })) {
    const request = requestOf(plan)
    const converted = convertToCode(request.strategy)
    const columns = new Set(request.markets.map(({ candles }) => Object.keys(candles.extra).sort().join()))
    if (!converted.ok || columns.size > 1) {
      unsayable++
      continue
    }
    const read = strategyFromJson(converted.document)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const engine = await codeEngine(read.strategy.code!.source)
    const a = simulate(openSession(rulesEngine, request.markets), request)
    const b = simulate(openSession(engine, request.markets), { ...request, strategy: read.strategy })
    if (!a.ok || !b.ok) throw new Error(JSON.stringify([a, b].map((one) => one.ok || one.problems)))
    const { entryTag: _a, ...before } = a.simulation.trades
    const { entryTag: _b, ...after } = b.simulation.trades
    const source = `${JSON.stringify(request.strategy)}\n${read.strategy.code!.source}`
    expect(after, source).toEqual(before)
    expect(b.simulation.equity, source).toEqual(a.simulation.equity)
    expect(
      b.simulation.rejected.map(({ reason }) => reason),
      source,
    ).toEqual(a.simulation.rejected.map(({ reason }) => reason))
    compared++
    trades += before.count
  }
  expect(compared, `${unsayable} could not be said in code`).toBeGreaterThan(9)
  expect(trades).toBeGreaterThan(100)
}, 240_000)
