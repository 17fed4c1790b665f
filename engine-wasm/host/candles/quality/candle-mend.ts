import type { CandleDefect, DefectKind } from "./candle-quality.ts"
import {
  candleColumnNames,
  candlesOfRows,
  columnsBy,
  countBefore,
  type CandleColumns,
  type Candles,
} from "../candles.ts"
import { laterOpenMs } from "../timeframe.ts"

/**
 * What one press of a button did about defects, so that a result can name it and the user can undo it. `timesMs` are
 * the open times of the changed candles, ascending, `fromMs` and `toMs` the ends of them, `count` how many they are.
 */
export type CandleMend = {
  kind: "filled-flat" | "cut-wick" | "dropped-last" | "left"
  /** When it was done, UTC ms. */
  atMs: number
  fromMs: number
  toMs: number
  count: number
  timesMs: Float64Array
  /** The candles as they were, where they were not simply absent. */
  originals?: CandleColumns
  /** The candles as they are now, where they were changed. */
  changed?: CandleColumns
  /** The kind of the defects that the user saw and left; then `timesMs` are where they begin. */
  left?: DefectKind
}

/** Candles after a mend; no mend when there was nothing to do. */
export type MendedCandles = { candles: Candles; mend?: CandleMend }

type Stretch = Pick<CandleDefect, "fromMs" | "toMs">

/**
 * Fills gaps with flat candles: all prices the last close, volume 0, extra columns unknown. Stretches are ascending,
 * given by the open times of their first and last missing candle.
 */
export function fillFlat(candles: Candles, gaps: Stretch[], atMs: number): MendedCandles {
  const timesMs = Float64Array.from(gaps.flatMap((gap) => absentTimes(candles, gap)))
  if (timesMs.length === 0) return { candles }
  return { candles: withCandles(candles, flatCandles(candles, timesMs)), mend: mendOf("filled-flat", timesMs, atMs) }
}

/** Cuts whatever reaches beyond the two neighbours off the candles that open at these times. */
export function cutWicks(candles: Candles, timesMs: number[], atMs: number): MendedCandles {
  const indexes = timesMs.map((time) => indexOf(candles, time)).filter((index) => index >= 0)
  if (indexes.length === 0) return { candles }
  const touched = Float64Array.from(indexes, (index) => candles.openTimeMs[index])
  const mended = { ...candles, ...columnsBy((name) => candles[name].slice()) }
  for (const index of indexes) cutWick(candles, mended, index)
  return {
    candles: mended,
    mend: {
      ...mendOf("cut-wick", touched, atMs),
      originals: candlesOfRows(candles, indexes),
      changed: candlesOfRows(mended, indexes),
    },
  }
}

function cutWick({ high, low }: Candles, mended: CandleColumns, index: number): void {
  const beside = [index - 1, index + 1].filter((at) => at >= 0 && at < high.length)
  const top = Math.max(...beside.map((at) => high[at]))
  const bottom = Math.min(...beside.map((at) => low[at]))
  for (const name of ["open", "high", "low", "close"] as const)
    mended[name][index] = Math.min(top, Math.max(bottom, mended[name][index]))
}

/** Without the last candle. */
export function dropLast(candles: Candles, atMs: number): MendedCandles {
  const last = candles.openTimeMs.length - 1
  if (last < 1) return { candles }
  const kept = candlesOfRows(
    candles,
    Array.from({ length: last }, (_, index) => index),
  )
  return {
    candles: { ...candles, ...kept },
    mend: {
      ...mendOf("dropped-last", candles.openTimeMs.slice(last), atMs),
      originals: candlesOfRows(candles, [last]),
    },
  }
}

/** The note that the user saw defects, all of one kind, and left them. */
export function leaveDefects(defects: CandleDefect[], atMs: number): CandleMend {
  const timesMs = Float64Array.from(defects, ({ fromMs }) => fromMs)
  return { ...mendOf("left", timesMs, atMs), left: defects[0].kind }
}

/** The candles as they were before a mend, bit for bit. Candles fetched again since then stay as fetched. */
export function undoMend(candles: Candles, mend: CandleMend): Candles {
  const [holding] = mendsThatHold(candles, [mend])
  if (holding === undefined || holding.kind === "left") return candles
  const touched = new Set(holding.timesMs)
  const without = {
    ...candles,
    ...candlesOfRows(
      candles,
      indexesWhere(candles, (index) => !touched.has(candles.openTimeMs[index])),
    ),
  }
  return holding.originals ? withCandles(without, holding.originals) : without
}

/** The mends as far as they still hold: candles fetched again since then are neither filled, nor cut, nor dropped. */
export function mendsThatHold(candles: Candles, mends: CandleMend[]): CandleMend[] {
  return mends.flatMap((mend) => {
    const holding = indexesWhere({ openTimeMs: mend.timesMs }, (at) => holdsAt(candles, mend, at))
    if (holding.length === mend.count) return mend
    if (holding.length === 0) return []
    const part = (columns: CandleColumns | undefined) => columns && candlesOfRows(columns, holding)
    return {
      ...mend,
      ...mendOf(
        mend.kind,
        Float64Array.from(holding, (at) => mend.timesMs[at]),
        mend.atMs,
      ),
      originals: part(mend.originals),
      changed: part(mend.changed),
    }
  })
}

function holdsAt(candles: Candles, { kind, timesMs, changed }: CandleMend, at: number): boolean {
  const index = indexOf(candles, timesMs[at])
  if (kind === "filled-flat") return index >= 0 && isFlat(candles, index)
  if (kind === "dropped-last") return index < 0
  return (
    kind === "left" || (index >= 0 && candleColumnNames.every((name) => candles[name][index] === changed?.[name][at]))
  )
}

/**
 * "12 filled flat, 1 wick cut": what was changed of the candles that open in [fromMs, toMs); empty when nothing was.
 */
export function mendsInWords(
  mends: CandleMend[],
  { fromMs = -Infinity, toMs = Infinity }: { fromMs?: number; toMs?: number } = {},
): string {
  const countOf = (wanted: CandleMend["kind"]) =>
    mends.reduce(
      (sum, { kind, timesMs }) =>
        sum + (kind === wanted ? countBefore(timesMs, toMs) - countBefore(timesMs, fromMs) : 0),
      0,
    )
  const [filled, cut, dropped] = [countOf("filled-flat"), countOf("cut-wick"), countOf("dropped-last")]
  const words = [
    filled > 0 && `${filled.toLocaleString("en-US")} filled flat`,
    cut > 0 && (cut === 1 ? "1 wick cut" : `${cut} wicks cut`),
    dropped > 0 && "unfinished last candle dropped",
  ]
  return words.filter(Boolean).join(", ")
}

function mendOf(kind: CandleMend["kind"], timesMs: Float64Array, atMs: number): CandleMend {
  return { kind, atMs, fromMs: timesMs[0], toMs: timesMs[timesMs.length - 1], count: timesMs.length, timesMs }
}

function absentTimes(candles: Candles, { fromMs, toMs }: Stretch): number[] {
  const { openTimeMs, timeframeMs } = candles
  if (!(fromMs > openTimeMs[0])) return [] // no close to carry on with
  const times: number[] = []
  for (let steps = 0, time = fromMs; time <= toMs; time = laterOpenMs(fromMs, ++steps, timeframeMs))
    if (indexOf(candles, time) < 0) times.push(time)
  return times
}

function flatCandles(candles: Candles, openTimeMs: Float64Array): CandleColumns {
  const price = openTimeMs.map((time) => candles.close[countBefore(candles.openTimeMs, time) - 1])
  const extra = Object.fromEntries(
    Object.keys(candles.extra).map((name) => [name, new Float64Array(openTimeMs.length).fill(Number.NaN)]),
  )
  return {
    openTimeMs,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: new Float64Array(openTimeMs.length),
    extra,
  }
}

/** Inserts further candles between these; both ascending, no time in both. */
function withCandles(candles: Candles, more: CandleColumns): Candles {
  const [count, added] = [candles.openTimeMs.length, more.openTimeMs.length]
  const fromMore = new Uint8Array(count + added)
  for (let at = 0; at < added; at++) fromMore[countBefore(candles.openTimeMs, more.openTimeMs[at]) + at] = 1
  const interleaved = (column: Float64Array, other: Float64Array) => {
    let [mine, theirs] = [0, 0]
    return Float64Array.from(fromMore, (isMore) => (isMore ? other[theirs++] : column[mine++]))
  }
  const extra = Object.fromEntries(
    Object.entries(candles.extra).map(([name, column]) => [name, interleaved(column, more.extra![name])]),
  )
  return { ...candles, ...columnsBy((name) => interleaved(candles[name], more[name])), extra }
}

function indexesWhere({ openTimeMs }: Pick<Candles, "openTimeMs">, keep: (index: number) => boolean): number[] {
  return Array.from(openTimeMs.keys()).filter(keep)
}

function isFlat({ high, low, volume }: Candles, index: number): boolean {
  return volume[index] === 0 && high[index] === low[index]
}

function indexOf({ openTimeMs }: Candles, timeMs: number): number {
  const index = countBefore(openTimeMs, timeMs)
  return openTimeMs[index] === timeMs ? index : -1
}
