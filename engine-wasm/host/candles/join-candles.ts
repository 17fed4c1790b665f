import { joinColumns } from "./candle-bytes.ts"
import { isoTime } from "./iso-time.ts"
import {
  candlesFromColumns,
  candlesOfRows,
  columnsBy,
  refuseCandles,
  type CandleColumns,
  type Candles,
  type CandlesOrRefusal,
} from "./candles.ts"
import { dropRepeated } from "./file/candle-order.ts"
import { timeframeOf } from "./timeframe.ts"

/**
 * One market's candles from several files, such as an exchange's monthly ones, in any order. Identical candles in two
 * files are kept once. Refused: different timeframes, the same time with other values. It keeps the extra columns
 * that every file has.
 */
export function joinCandles(parts: Candles[]): CandlesOrRefusal {
  if (parts.length === 0) return refuseCandles(0, "There are no candles.")
  const other = parts.find(({ timeframeMs }) => timeframeMs !== parts[0].timeframeMs)
  if (other !== undefined)
    return refuseCandles(
      0,
      `Candles of ${timeframeOf(parts[0].timeframeMs)} and of ${timeframeOf(other.timeframeMs)} cannot be joined.`,
    )
  const columns = inOrderOfTime(sideBySide(parts))
  const kept = dropRepeated({ columns, rowNumbers: Uint32Array.from(columns.openTimeMs.keys()) })
  if (!kept.ok)
    return refuseCandles(
      0,
      `Two files have different candles for ${isoTime(columns.openTimeMs[kept.row])}; keep the right one.`,
    )
  return candlesFromColumns(kept.columns, { timeframe: timeframeOf(parts[0].timeframeMs) })
}

function sideBySide(parts: Candles[]): CandleColumns {
  const joined = (columnOf: (part: Candles) => Float64Array) => joinColumns(parts.map(columnOf))
  const names = Object.keys(parts[0].extra).filter((name) => parts.every(({ extra }) => Object.hasOwn(extra, name)))
  const extra = Object.fromEntries(names.map((name) => [name, joined((part) => part.extra[name])]))
  return { ...columnsBy((name) => joined((part) => part[name])), extra }
}

function inOrderOfTime(columns: CandleColumns): CandleColumns {
  const { openTimeMs } = columns
  const order = Uint32Array.from(openTimeMs, (_, index) => index).toSorted((a, b) => openTimeMs[a] - openTimeMs[b])
  return candlesOfRows(columns, order)
}
