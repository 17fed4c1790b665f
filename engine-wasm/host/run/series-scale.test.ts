import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { candlesFromColumns, type Candles } from "../candles/candles.ts"
import { functionCatalogue } from "../strategy/formula/function-catalogue.ts"
import { series } from "./series.ts"
import { syntheticCandles } from "../candles/synthetic/synthetic-candles.ts"

/**
 * A coin at about 0.00006: 100 / 2^20.7. Powers of two scale without rounding, so what differs is the function's own
 * doing.
 */
const SCALE = 2 ** -21

const usual = syntheticCandles({
  seed: 21,
  candles: 3_000,
  timeframe: "1h",
  startMs: Date.UTC(2023, 0, 2),
  startPrice: 100,
  kind: "mixed",
})

/** Elementary functions of the price itself, and the angle of a slope in price per candle. */
const notOfScale = new Set([
  "linregAngle",
  "log",
  "exp",
  "pow",
  "sqrt",
  "round",
  "floor",
  "ceil",
  "clamp",
  "sign",
  "nz",
])

function scaled({ openTimeMs, open, high, low, close, volume }: Candles): Candles {
  const small = (column: Float64Array) => column.map((price) => price * SCALE)
  const gate = candlesFromColumns({
    openTimeMs,
    open: small(open),
    high: small(high),
    low: small(low),
    close: small(close),
    volume,
    extra: {},
  })
  if (!gate.ok) throw new Error(gate.because)
  return gate.candles
}

const given: Record<string, string> = {
  source: "close",
  a: "close",
  b: "sma(open, 5)",
  condition: "close > open",
  x: "close",
  y: "open",
}
const formulas = [...functionCatalogue.values()]
  .filter(({ name }) => !notOfScale.has(name))
  .flatMap(({ name, arguments: list, outputs }) => {
    const call = `${name}(${list.flatMap((one) => (one.kind === "series" ? [given[one.name] ?? "close"] : [])).join(", ")})`
    return outputs.length === 0 ? [call] : outputs.map((output) => `${call}.${output}`)
  })

async function valuesOf(candles: Candles): Promise<Record<string, Float64Array>> {
  const answer = await series(await builtEngine(), { candles, formulas })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.series
}

/** Whether all of `small` is `large` times the factor, to 1e-9 of the largest of them. */
function follows(small: Float64Array, large: Float64Array, factor: number): boolean {
  const size =
    large.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) * factor
  return small.every(
    (value, i) =>
      Object.is(value, large[i] * factor) ||
      (Number.isNaN(value) && Number.isNaN(large[i])) ||
      Math.abs(value - large[i] * factor) <= 1e-9 * size,
  )
}

test("at prices of 0.00005 every function says what it says at 100, in its own unit", async () => {
  const [large, small] = [await valuesOf(usual), await valuesOf(scaled(usual))]
  const strays = formulas.filter(
    (formula) => ![0, 1, 2].some((power) => follows(small[formula], large[formula], SCALE ** power)),
  )
  expect(strays).toEqual([])
  expect(formulas.length).toBeGreaterThan(160)
})
