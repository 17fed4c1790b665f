import { DAY_MS } from "#engine/candles"
import type { BybitInput } from "./bybit-input.ts"
import { refuseAs } from "./bybit-refusals.ts"

const MOST_WINDOW_MS = 7 * DAY_MS
const CURSOR = /^page_(\d{1,15})_(\d{1,30})$/

/** Where a row stands in a list that shows the newest first. */
export type Place = { atMs: number; number: bigint }

/**
 * One page of rows, newest first, and the cursor of the next one. A full page has a cursor even when nothing follows,
 * so whoever pages must be able to meet an empty page.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  { input, limit, placeOf }: { input: BybitInput; limit: number; placeOf: (row: Row) => Place },
): { rows: Row[]; nextPageCursor: string } {
  const after = cursorFrom(input)
  const placed = rows.map((row) => ({ row, place: placeOf(row) })).sort((one, other) => older(one.place, other.place))
  const rest = after === undefined ? placed : placed.filter(({ place }) => older(place, after) > 0)
  const page = rest.slice(0, limit)
  const last = page.length === limit ? page[limit - 1].place : undefined
  return {
    rows: page.map(({ row }) => row),
    nextPageCursor: last === undefined ? "" : `page_${last.atMs}_${last.number}`,
  }
}

/** Below 0 when the first is the newer one. */
function older(first: Place, second: Place): number {
  if (first.atMs !== second.atMs) return second.atMs - first.atMs
  return first.number === second.number ? 0 : first.number > second.number ? -1 : 1
}

function cursorFrom(input: BybitInput): Place | undefined {
  const cursor = input.text("cursor")
  if (cursor === undefined) return undefined
  const match = CURSOR.exec(cursor)
  if (!match) return refuseAs(10001, "params error: cursor invalid")
  return { atMs: Number(match[1]), number: BigInt(match[2]) }
}

/** The span a question is about: at most seven days, the last seven where nothing is said. */
export function windowFrom(input: BybitInput, nowMs: number): { startMs: number; endMs: number } {
  const [start, end] = [input.integer("startTime"), input.integer("endTime")]
  const startMs = start ?? (end ?? nowMs) - MOST_WINDOW_MS
  const endMs = end ?? (start === undefined ? nowMs : start + MOST_WINDOW_MS)
  if (startMs > endMs) refuseAs(10001, "params error: the start time cannot exceed the end time")
  if (endMs - startMs > MOST_WINDOW_MS)
    refuseAs(
      10001,
      "params error: the interval between the start time and end time must be less than or equal to 7 days",
    )
  return { startMs, endMs }
}
