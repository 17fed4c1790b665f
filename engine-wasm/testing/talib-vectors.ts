import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gunzipSync } from "node:zlib"
import { expect } from "vitest"
import type { FunctionSpec } from "../host/strategy/formula/function-spec.ts"
import type { Columns, OperatorHarness } from "./operator-harness.ts"

/** One TA-Lib call: outputs start at candle `begIdx`. */
export type TalibCase = {
  name: string
  params: Record<string, number>
  inputs: ("open" | "high" | "low" | "close" | "volume")[]
  begIdx: number
  outputs: Record<string, number[]>
}

export type TalibVectors = { columns: Required<Columns>; cases: TalibCase[] }

/**
 * TA-Lib 0.6's answers over 2,000 real candles, and those candles; undefined, with a notice, where the folder is
 * absent.
 */
export function talibVectors(): TalibVectors | undefined {
  const folder = fileURLToPath(new URL("../../../shared/vectors/", import.meta.url))
  if (!existsSync(folder)) {
    console.warn("Skipped: TA-Lib's values are not here (../shared/vectors).")
    return undefined
  }
  const { cases } = JSON.parse(gunzipSync(readFileSync(`${folder}talib_A.json.gz`)).toString())
  return { columns: candleColumns(readFileSync(`${folder}series_A.csv`, "utf8")), cases }
}

/**
 * Columns of a CSV with the header open_time_ms,open,high,low,close,volume; `index` counts candles of the file's own
 * timeframe.
 */
export function candleColumns(csv: string): Required<Columns> {
  const rows = csv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number))
  const pick = (n: number) => Float64Array.from(rows, (row) => row[n]!)
  const time = pick(0)
  const timeframeMs = time[1]! - time[0]!
  const index = time.map((ms) => Math.floor(ms / timeframeMs))
  return { time, index, open: pick(1), high: pick(2), low: pick(3), close: pick(4), volume: pick(5) }
}

/**
 * A function and the TA-Lib cases it must equal; `outputs` are TA-Lib's names in our order, `numbers` our constants
 * from its params.
 */
export type TalibTwin = {
  talib: string
  spec: FunctionSpec
  tolerance?: number
  /**
   * Smaller values must meet the same absolute error (1e-3 by default): TA-Lib's own sums round at the price's size.
   */
  floor?: number
  outputs?: string[]
  numbers?: (params: Record<string, number>) => number[]
  when?: (params: Record<string, number>) => boolean
}

/**
 * Checks a function against every TA-Lib case of that name: first candle exactly, values to 1e-9 (relative) by
 * default. Returns the cases checked.
 */
export function expectTalib(harness: OperatorHarness, { columns, cases }: TalibVectors, twin: TalibTwin): number {
  const mine = cases.filter(({ name, params }) => name === twin.talib && (twin.when?.(params) ?? true))
  for (const talib of mine)
    for (const scale of twin.spec.ticks ? [0, 100] : [0]) {
      const numbers = (twin.numbers ?? Object.values)(talib.params)
      const series = talib.inputs.map((name) => columns[name])
      const inputs = twin.spec.arguments.some(({ kind }) => kind === "series") ? series : []
      const outputs = harness.run(twin.spec, { numbers, scale, columns, series: inputs })
      const names = twin.outputs ?? Object.keys(talib.outputs)
      names.forEach((name, n) =>
        expectClose(
          outputs[n]!,
          talib.outputs[name]!,
          talib.begIdx,
          twin,
          `${talib.name} ${JSON.stringify(talib.params)} ${name}`,
        ),
      )
    }
  return mine.length
}

function expectClose(actual: Float64Array, expected: number[], begIdx: number, twin: TalibTwin, what: string) {
  const { tolerance = 1e-9, floor = 1e-3 } = twin
  expect(
    actual.findIndex((value) => !Number.isNaN(value)),
    `${what}: first ready candle`,
  ).toBe(begIdx)
  const wrong = expected.findIndex(
    (value, i) => !(Math.abs(actual[begIdx + i]! - value) <= tolerance * Math.max(Math.abs(value), floor)),
  )
  if (wrong >= 0)
    expect.fail(`${what}: ${actual[begIdx + wrong]} instead of ${expected[wrong]} at candle ${begIdx + wrong}`)
}
