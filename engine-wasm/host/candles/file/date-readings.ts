import type { DateOrder } from "./csv-date.ts"
import { GrowingColumn } from "./growing-column.ts"

/**
 * What digits of a time of day mean, the likeliest first: no market trades only in the first minutes of days, or in the
 * first seconds of hours.
 */
export const waysToReadDigits = ["hours", "hours-and-minutes", "with-seconds"] as const

/** A way to read the dates and times of a file's rows: whether day or month comes first, what digits of a time mean. */
export type DateReading = { order: DateOrder; digits: (typeof waysToReadDigits)[number] }

/**
 * The moments, UTC ms, that a reading finds in a row: none where it makes no sense, two where clocks show them twice.
 */
type MomentsOf = (reading: DateReading) => readonly number[]

type Kept = DateReading & {
  times: GrowingColumn
  /** The second moments of times that clocks show twice, by row. */
  later: Map<number, number>
  /** The row that ruled this reading out. */
  endedBy?: { row: number; text: string }
}

/** A file whose dates are still ambiguous after this many rows is refused: we keep no more readings. */
const MOST_UNDECIDED = 1 << 20
/** No clock shows more times than this twice. */
const MOST_LATER = 100_000

/** The rows in every reading that fits all of them; a reading ends at the first row that makes no sense in it. */
export class DateReadings {
  private readonly all: Kept[]
  private pending: (readonly number[])[] = []
  private kept = 0
  /** Whether two readings were left after so many rows that we keep none. */
  isGivenUp = false

  constructor(readings: DateReading[]) {
    this.all = readings.map((reading) => ({ ...reading, times: new GrowingColumn(), later: new Map() }))
  }

  /** Reads a row. Returns the moment in the first remaining reading; NaN when none fits it. */
  read(momentsOf: MomentsOf): number {
    this.pending = this.all.map((reading) => (reading.endedBy === undefined ? momentsOf(reading) : []))
    return this.pending.find((moments) => isMoment(moments[0]))?.[0] ?? Number.NaN
  }

  /** Keeps the row last read as the next row; `textOf` says how its date was written. */
  keep(row: number, textOf: () => string): void {
    if (++this.kept === MOST_UNDECIDED) this.giveUp(row, textOf())
    for (let at = 0; at < this.all.length; at++) {
      const reading = this.all[at]
      if (reading.endedBy !== undefined) continue
      const [timeMs, laterMs] = this.pending[at]
      if (!isMoment(timeMs)) {
        reading.endedBy = { row, text: textOf() }
        reading.times = noTimes
      } else if (!this.isGivenUp) {
        if (laterMs !== undefined && reading.later.size < MOST_LATER) reading.later.set(row, laterMs)
        // The first reading needs no column of its own: the caller has it.
        if (at > 0) reading.times.push(timeMs)
      }
    }
  }

  /** The likeliest way to read digits is taken; two orders of day and month stay two. */
  private giveUp(row: number, text: string): void {
    const left = this.all.filter(({ endedBy }) => endedBy === undefined)
    const likeliest = waysToReadDigits.find((way) => left.some(({ digits }) => digits === way))
    for (const reading of left) if (reading.digits !== likeliest) reading.endedBy = { row, text }
    this.isGivenUp = this.all.filter(({ endedBy }) => endedBy === undefined).length > 1
  }

  /** The readings that fit all rows, each with its times where they differ from `first`, which the caller has. */
  left(first: Float64Array): (DateReading & { times: Float64Array; later: Map<number, number> })[] {
    return this.all.flatMap((reading, at) =>
      reading.endedBy === undefined ? [{ ...reading, times: at === 0 ? first : reading.times.taken() }] : [],
    )
  }

  /** Whether one of the readings has this order of day and month. */
  has(order: DateOrder): boolean {
    return this.all.some((reading) => reading.order === order)
  }

  /** The row that ruled out the other order of day and month; undefined when there was none or it is still possible. */
  ended(order: DateOrder): { row: number; text: string } | undefined {
    const others = this.all.filter((reading) => reading.order === order)
    return others.length > 0 && others.every(({ endedBy }) => endedBy !== undefined) ? others[0].endedBy : undefined
  }
}

const noTimes = new GrowingColumn(0)

function isMoment(timeMs: number | undefined): timeMs is number {
  return timeMs !== undefined && !Number.isNaN(timeMs)
}
