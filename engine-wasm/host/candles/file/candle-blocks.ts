import { mapColumns, refuseCandles, type CandleRefusal } from "../candles.ts"
import { isoTime } from "../iso-time.ts"
import { conflictRefusal, sameRow, turnRound, type NumberedColumns } from "./candle-order.ts"

/** What a file says beside its rows. */
export type FileFacts = {
  /** Lines between rows at which another file begins, ascending. */
  seams: ArrayLike<number>
  /** Second moments of times that clocks show twice, by row. */
  later: ReadonlyMap<number, number>
}

/** `isTurned`: the file ran backwards; `parts` were sorted; `twice` rows appeared in two of them and were kept once. */
export type RowsInOrder =
  | { ok: true; numbered: NumberedColumns; isTurned: boolean; parts: number; twice: number }
  | (CandleRefusal & { isOfTwoMarkets?: true })

/** Rows that follow one another in order of time; indexes, the last included. */
type Block = { first: number; last: number }

/** Stretches this different are more likely two markets than one that moved. */
const STRANGE_JUMP = 5
/** More stretches than this, or shorter ones, are disorder, not concatenated files. */
const MOST_BLOCKS = 10_000
const SHORTEST_BLOCK = 3

/**
 * Rows in order of time: reverses a file that runs backwards and sorts stretches, as in concatenated monthly files.
 * Refuses rows out of place, and concatenated files whose prices do not meet.
 */
export function inOrderOfTime(numbered: NumberedColumns, { seams = [], later }: Partial<FileFacts>): RowsInOrder {
  const runsBack = isMostlyBackwards(numbered.columns.openTimeMs)
  const turned = runsBack ? turnRound(numbered) : numbered
  if (later !== undefined) showSecondHours(turned, later)
  const blocks = blocksOf(turned.columns.openTimeMs)
  const places = blocks.length > 1 ? joined(turned, blocks) : undefined
  if (places !== undefined && "ok" in places) return places
  const ordered = places === undefined ? turned : rowsAt(turned, places)
  const isSeam = (at: number) =>
    (places !== undefined && places[at] - places[at - 1] !== 1) ||
    isBetween(seams, ordered.rowNumbers[at - 1], ordered.rowNumbers[at])
  const strange = strangeSeam(ordered, isSeam)
  if (strange !== undefined) return { ...strange, isOfTwoMarkets: true }
  const twice = turned.rowNumbers.length - ordered.rowNumbers.length
  return { ok: true, numbered: ordered, isTurned: runsBack, parts: blocks.length, twice }
}

/** What the sorting did, in sentences. */
export function orderNotes({ isTurned, parts, twice }: Extract<RowsInOrder, { ok: true }>): string[] {
  const kept = twice === 0 ? "" : `; ${twice} rows that appear in two of them were kept once`
  return [
    ...(isTurned ? ["The file was newest first; its rows were reversed."] : []),
    ...(parts > 1 ? [`Its ${parts} parts were put in order of time${kept}.`] : []),
  ]
}

function isMostlyBackwards(openTimeMs: Float64Array): boolean {
  let [forward, back] = [0, 0]
  for (let index = 1; index < openTimeMs.length; index++) {
    if (openTimeMs[index] > openTimeMs[index - 1]) forward++
    else if (openTimeMs[index] < openTimeMs[index - 1]) back++
  }
  return back > forward
}

/** Clocks set back show an hour twice: a time that exists already is the second one. */
function showSecondHours({ columns: { openTimeMs }, rowNumbers }: NumberedColumns, later: FileFacts["later"]): void {
  if (later.size === 0) return
  for (let index = 1; index < openTimeMs.length; index++) {
    const second = later.get(rowNumbers[index])
    if (second !== undefined && openTimeMs[index] <= openTimeMs[index - 1]) openTimeMs[index] = second
  }
}

function blocksOf(openTimeMs: Float64Array): Block[] {
  const blocks: Block[] = []
  let first = 0
  for (let index = 1; index <= openTimeMs.length; index++) {
    if (index < openTimeMs.length && openTimeMs[index] >= openTimeMs[index - 1]) continue
    blocks.push({ first, last: index - 1 })
    first = index
    if (blocks.length > MOST_BLOCKS) break
  }
  return blocks
}

/** The indexes of all rows in order of time; a refusal where blocks share more than equal rows. */
function joined(numbered: NumberedColumns, blocks: Block[]): Uint32Array | CandleRefusal {
  const { openTimeMs } = numbered.columns
  if (blocks.length > MOST_BLOCKS || blocks.some(({ first, last }) => last - first + 1 < SHORTEST_BLOCK))
    return disorder(numbered, blocks[1].first)
  const places = new Uint32Array(openTimeMs.length)
  let count = 0
  for (const { first, last } of blocks.toSorted((a, b) => openTimeMs[a.first] - openTimeMs[b.first])) {
    const before = places.subarray(0, count)
    const upToMs = count === 0 ? -Infinity : openTimeMs[before[count - 1]]
    for (let place = first; place <= last; place++) {
      if (openTimeMs[place] > upToMs) places[count++] = place
      else {
        const there = placeOfTime(openTimeMs, before, openTimeMs[place])
        if (there === undefined) return disorder(numbered, blocks.find((block) => block.first > 0)!.first)
        if (!sameRow(numbered.columns, place, there)) return conflictRefusal(numbered, place, there)
      }
    }
  }
  return places.subarray(0, count)
}

function placeOfTime(openTimeMs: Float64Array, places: Uint32Array, timeMs: number): number | undefined {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (openTimeMs[places[middle]] < timeMs) low = middle + 1
    else high = middle
  }
  return openTimeMs[places[low]] === timeMs ? places[low] : undefined
}

function disorder({ columns, rowNumbers }: NumberedColumns, place: number): CandleRefusal {
  const row = rowNumbers[place]
  const time = isoTime(columns.openTimeMs[place])
  return refuseCandles(
    row,
    `Row ${row}: the time ${time} is before that of the row above it; candles must be in order.`,
  )
}

/** Moves the rows into this order in place: at most one extra column at a time, not all of them. */
function rowsAt({ columns, rowNumbers }: NumberedColumns, places: Uint32Array): NumberedColumns {
  const held = new Float64Array(places.length)
  const moved = (column: Float64Array) => {
    for (let at = 0; at < places.length; at++) held[at] = column[places[at]]
    column.set(held)
    return column.subarray(0, places.length)
  }
  return { columns: mapColumns(columns, moved), rowNumbers: places.map((place) => rowNumbers[place]) }
}

/** Whether one of the lines, which are ascending, is between two rows. */
function isBetween(lines: ArrayLike<number>, row: number, other: number): boolean {
  const [from, to] = [Math.min(row, other), Math.max(row, other)]
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (lines[middle] <= from) low = middle + 1
    else high = middle
  }
  return low < lines.length && lines[low] < to
}

function strangeSeam(
  { columns, rowNumbers }: NumberedColumns,
  isSeam: (at: number) => boolean,
): CandleRefusal | undefined {
  const { open, close } = columns
  for (let at = 1; at < open.length; at++) {
    const jump = open[at] / close[at - 1]
    if (!(jump > STRANGE_JUMP || jump < 1 / STRANGE_JUMP) || !isSeam(at)) continue
    const row = rowNumbers[at]
    const because = `Row ${row}: here files were put together, and the price goes from ${close[at - 1]} to ${open[at]}. They look like two markets; take the file apart.`
    return refuseCandles(row, because)
  }
  return undefined
}
