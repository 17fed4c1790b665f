import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gunzipSync } from "node:zlib"
import type { Columns } from "./operator-harness.ts"

/** One TA-Lib call: outputs start at candle `begIdx`. */
export type TalibCase = {
  name: string
  params: Record<string, number>
  inputs: ("open" | "high" | "low" | "close" | "volume")[]
  begIdx: number
  outputs: Record<string, number[]>
}

/** TA-Lib 0.6's answers over 2,000 real candles, and those candles; undefined, with a notice, where the folder is absent. */
export function talibVectors(): { columns: Required<Columns>; cases: TalibCase[] } | undefined {
  const folder = fileURLToPath(new URL("../../../shared/vectors/", import.meta.url))
  if (!existsSync(folder)) {
    console.warn("Skipped: TA-Lib's values are not here (../shared/vectors).")
    return undefined
  }
  const { cases } = JSON.parse(gunzipSync(readFileSync(`${folder}talib_A.json.gz`)).toString())
  return { columns: candleColumns(readFileSync(`${folder}series_A.csv`, "utf8")), cases }
}

/** Columns of a CSV with the header open_time_ms,open,high,low,close,volume; `index` counts candles of the file's own timeframe. */
export function candleColumns(csv: string): Required<Columns> {
  const rows = csv.trim().split("\n").slice(1).map((line) => line.split(",").map(Number))
  const pick = (n: number) => Float64Array.from(rows, (row) => row[n]!)
  const time = pick(0)
  const timeframeMs = time[1]! - time[0]!
  const index = time.map((ms) => Math.floor(ms / timeframeMs))
  return { time, index, open: pick(1), high: pick(2), low: pick(3), close: pick(4), volume: pick(5) }
}
