import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { talibFormula } from "../../testing/talib-formula.ts"
import { talibVectors, type TalibVectors } from "../../testing/talib-vectors.ts"
import { candlesFromColumns, type Candles } from "../candles/candles.ts"
import { series } from "./series.ts"

const vectors = talibVectors()
const varianceFamily = new Set(["STDDEV", "VAR", "BBANDS", "CORREL", "BETA"])

test.skipIf(vectors === undefined)(
  "every TA-Lib case answers through `series` of the shipped engine, from the same first candle",
  async () => {
    const { columns, cases } = vectors!
    const candles = candlesOf(columns)
    const wanted = cases.flatMap((each) =>
      Object.keys(each.outputs).flatMap((output) => {
        const formula = talibFormula(each, output)
        return formula === undefined ? [] : [{ each, output, formula }]
      }),
    )
    const answer = await series(await builtEngine(), {
      candles,
      formulas: [...new Set(wanted.map(({ formula }) => formula))],
    })
    if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
    const wrong = wanted.flatMap(({ each, output, formula }) => {
      const tolerance = varianceFamily.has(each.name) ? 1e-5 : 1e-9
      const first = firstDifference(answer.series[formula], each.outputs[output], each.begIdx, tolerance)
      return first === undefined ? [] : [`${formula}: ${first}`]
    })
    expect(wrong).toEqual([])
    expect(wanted.length).toBeGreaterThan(160)
  },
)

function candlesOf({ time, ...columns }: TalibVectors["columns"]): Candles {
  const gate = candlesFromColumns({ ...columns, openTimeMs: time, extra: {} })
  if (!gate.ok) throw new Error(gate.because)
  return gate.candles
}

/** Differences of nearly equal prices carry the rounding of the prices themselves, in TA-Lib as in ours. */
const SMALLEST = 0.5

function firstDifference(
  ours: Float64Array,
  theirs: readonly number[],
  begin: number,
  tolerance: number,
): string | undefined {
  if (begin > 0 && !Number.isNaN(ours[begin - 1])) return `has a value at candle ${begin - 1} already`
  for (let n = 0; n < theirs.length; n++) {
    const mine = ours[begin + n]
    if (!(Math.abs(mine - theirs[n]) <= tolerance * Math.max(Math.abs(theirs[n]), SMALLEST)))
      return `candle ${begin + n} is ${mine}, TA-Lib says ${theirs[n]}`
  }
  return undefined
}
