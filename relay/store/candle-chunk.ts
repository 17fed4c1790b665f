import { candleColumnNames, columnsBy, countBefore, type CandleColumns } from "#engine"

/** Columns that lie in one bucket of time. */
export type Columns = Required<CandleColumns>

/** Large enough that a million candles are a hundred rows, small enough that adding a page rewrites half a megabyte. */
const CHUNK_CANDLES = 10_000

export type PackedChunk = { candles: number; extra: string; bytes: Uint8Array }

/** The bucket of time a candle belongs to. */
export function bucketOf(openTimeMs: number, timeframeMs: number): number {
  return Math.floor(openTimeMs / (CHUNK_CANDLES * timeframeMs))
}

/** Ascending candles cut where one bucket ends and the next begins, as views. */
export function bucketsOf(columns: CandleColumns, timeframeMs: number): Map<number, Columns> {
  const { openTimeMs } = columns
  const buckets = new Map<number, Columns>()
  for (let from = 0; from < openTimeMs.length;) {
    const bucket = bucketOf(openTimeMs[from], timeframeMs)
    const to = countBefore(openTimeMs, (bucket + 1) * CHUNK_CANDLES * timeframeMs)
    buckets.set(bucket, columnsEach(columns, (column) => column.subarray(from, to)))
    from = to
  }
  return buckets
}

/** As they lie in the database. */
export function packChunk(columns: Columns): PackedChunk {
  const names = Object.keys(columns.extra)
  const candles = columns.openTimeMs.length
  const values = new Float64Array((candleColumnNames.length + names.length) * candles)
  const all = [...candleColumnNames.map((name) => columns[name]), ...names.map((name) => columns.extra[name])]
  all.forEach((column, at) => values.set(column, at * candles))
  return { candles, extra: JSON.stringify(names), bytes: new Uint8Array(values.buffer) }
}

/** Chunks in order of time as one set of columns: one copy. A chunk without one of the extra columns has NaN there. */
export function unpackChunks(chunks: readonly PackedChunk[]): Columns {
  const open = chunks.map(({ candles, extra, bytes }) => ({ candles, names: JSON.parse(extra) as string[], values: doublesOf(bytes) }))
  const total = open.reduce((sum, { candles }) => sum + candles, 0)
  const joined = (placeIn: (names: string[]) => number) => {
    const column = new Float64Array(total)
    let at = 0
    for (const { candles, names, values } of open) {
      const place = placeIn(names)
      if (place < 0) column.fill(Number.NaN, at, at + candles)
      else column.set(values.subarray(place * candles, (place + 1) * candles), at)
      at += candles
    }
    return column
  }
  const base = columnsBy((name) => joined(() => candleColumnNames.indexOf(name)))
  const extras = [...new Set(open.flatMap(({ names }) => names))]
  const extra = Object.fromEntries(extras.map((name) => [name, joined((names) => (names.includes(name) ? candleColumnNames.length + names.indexOf(name) : -1))]))
  return { ...base, extra }
}

/** Old and new candles of one bucket together; where both have one for the same time, the new one counts. `changed` are the times at which it differs. */
export function mergeColumns(old: Columns, fresh: Columns): { columns: Columns; changed: number[] } {
  const { order, changed } = mergedOrder(old, fresh)
  const merged = (was: Float64Array | undefined, is: Float64Array | undefined) => {
    const column = new Float64Array(order.length)
    for (let at = 0; at < order.length; at++) column[at] = (order[at] >= 0 ? was?.[order[at]] : is?.[~order[at]]) ?? Number.NaN
    return column
  }
  const extras = [...new Set([...Object.keys(old.extra), ...Object.keys(fresh.extra)])]
  const extra = Object.fromEntries(extras.map((name) => [name, merged(old.extra[name], fresh.extra[name])]))
  return { columns: { ...columnsBy((name) => merged(old[name], fresh[name])), extra }, changed }
}

/** Where each candle of the merged ones comes from: a place in `old`, or for those of `fresh` the place with all bits turned (-1 is the first). */
function mergedOrder(old: Columns, fresh: Columns): { order: Int32Array; changed: number[] } {
  const [oldMs, freshMs] = [old.openTimeMs, fresh.openTimeMs]
  const order = new Int32Array(oldMs.length + freshMs.length)
  const changed: number[] = []
  let length = 0
  for (let inOld = 0, inFresh = 0; inOld < oldMs.length || inFresh < freshMs.length; length++) {
    const isFresh = inFresh < freshMs.length && (inOld === oldMs.length || freshMs[inFresh] <= oldMs[inOld])
    if (isFresh && oldMs[inOld] === freshMs[inFresh]) {
      if (candleColumnNames.some((name) => old[name][inOld] !== fresh[name][inFresh])) changed.push(freshMs[inFresh])
      inOld++
    }
    order[length] = isFresh ? ~inFresh++ : inOld++
  }
  return { order: order.subarray(0, length), changed }
}

// The database hands out bytes that may begin anywhere; doubles must begin at a multiple of eight.
function doublesOf(bytes: Uint8Array | ArrayBuffer): Float64Array {
  const view = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes
  return view.byteOffset % 8 === 0 ? new Float64Array(view.buffer, view.byteOffset, view.byteLength / 8) : new Float64Array(view.slice().buffer)
}

function columnsEach(columns: CandleColumns, change: (column: Float64Array) => Float64Array): Columns {
  const extra = Object.fromEntries(Object.entries(columns.extra ?? {}).map(([name, column]) => [name, change(column)]))
  return { ...columnsBy((name) => change(columns[name])), extra }
}
