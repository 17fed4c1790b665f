import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import type { Candles } from "../candles/candles.ts"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"
import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import type { WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { functionCatalogue } from "../strategy/formula/function-catalogue.ts"
import { parseFormula } from "../strategy/formula/formula-parser.ts"
import { isPriceFormula } from "../strategy/formula/price-formula.ts"
import { strategyTemplates } from "../strategy/templates/templates.ts"
import { openSession } from "./engine/engine-session.ts"
import { series } from "./series.ts"
import { strategySeriesIn } from "./strategy-series.ts"

const engine = await builtEngine()
const candles = syntheticCandles({
  seed: 5,
  candles: 2_000,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 300,
  kind: "mixed",
})
const session = openSession(engine, [{ market: "SEED/USD", candles }])

function shown(parts: Partial<WrittenStrategy>, params = {}) {
  const checked = strategyFromJson({ format: "candlewright.strategy/1", name: "Story", timeframe: "1h", ...parts })
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const answer = strategySeriesIn(session, { strategy: checked.strategy, params })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer
}

test("a strategy's named series show with its chosen params, prices among the candles and the rest below", async () => {
  const answer = shown(
    {
      params: { fast: { type: "int", value: 20, min: 2, max: 50 } },
      series: { average: "ema(close, fast)", bands: "bbands(average, 30)", isUp: "close > average" },
      long: { enter: { all: ["isUp", "rsi(close, fast) < 40"] }, exit: { any: ["crossunder(close, bands.lower)"] } },
    },
    { fast: 7 },
  )
  expect(answer.series.map(({ name, group, isPrice }) => [name, group, isPrice])).toEqual([
    ["average", "average", true],
    ["bands.upper", "bands", true],
    ["bands.middle", "bands", true],
    ["bands.lower", "bands", true],
    ["bands.width", "bands", false],
    ["rsi(close, fast)", "rsi(close, fast)", false],
  ])
  const alone = await series(engine, { candles, formulas: ["ema(close, 7)", "rsi(close, 7)"] })
  if (!alone.ok) throw new Error(alone.problems[0].because)
  expect(answer.openTimeMs).toEqual(candles.openTimeMs)
  expect(answer.series[0].values).toEqual(alone.series["ema(close, 7)"])
  expect(answer.series[5].values).toEqual(alone.series["rsi(close, 7)"])
})

test("every template of rules that uses more than the price has lines to show", () => {
  for (const { document } of strategyTemplates.filter(({ document: { series: named } }) => named)) {
    const answer = shown({ ...document, timeframe: "1h" })
    expect(answer.series.length, document.name).toBeGreaterThan(0)
  }
})

test("a function counts as a price exactly where its values move with the price and stay near it", async () => {
  const times8 = (column: Float64Array) => column.map((price) => price * 8)
  const { open, high, low, close } = candles
  const dearer = { ...candles, open: times8(open), high: times8(high), low: times8(low), close: times8(close) }
  for (const spec of functionCatalogue.values()) {
    const given = spec.arguments.filter((each) => !("default" in each)).map(() => "close")
    const call = `${spec.name}(${given.join(", ")})`
    for (const formula of spec.outputs.length > 0 ? spec.outputs.map((output) => `${call}.${output}`) : [call]) {
      if (pointwise.has(spec.name)) continue
      const [usual, scaled] = await Promise.all([valuesOf(candles, formula), valuesOf(dearer, formula)])
      const parsed = parseFormula(formula)
      expect(parsed.ok && isPriceFormula(parsed.formula), formula).toBe(isPriceLike(usual, scaled))
    }
  }
})

/** These pass their arguments on or calculate with them; their results are not lines of an indicator. */
const pointwise = new Set(["abs", "min", "max", "floor", "ceil", "round", "clamp", "nz"])

async function valuesOf(over: Candles, formula: string): Promise<Float64Array> {
  const answer = await series(engine, { candles: over, formulas: [formula] })
  if (!answer.ok) throw new Error(`${formula}: ${answer.problems[0].because}`)
  return answer.series[formula]
}

function isPriceLike(usual: Float64Array, scaled: Float64Array): boolean {
  let [ready, near] = [0, 0]
  usual.forEach((value, at) => {
    if (Number.isNaN(value)) return
    ready++
    const isNear = value > candles.close[at] / 2 && value < candles.close[at] * 2
    if (isNear && Math.abs(scaled[at] / value - 8) < 0.01) near++
  })
  return ready > 0 && near / ready > 0.95
}
