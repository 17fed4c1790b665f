import type { DateOrder } from "./csv-date.ts"
import { GrowingColumn } from "./growing-column.ts"

/** A way to read the dates and times of a file's rows: which of day and month comes first, what digits of a time mean. */
export type DateReading = { order: DateOrder; digits: "hours-and-minutes" | "with-seconds" }

/** The moments, UTC ms, that a reading finds in a row: none where it makes no sense, two where clocks show them twice. */
type MomentsOf = (reading: DateReading) => readonly number[]

type Kept = DateReading & {
  times: GrowingColumn
  /** The second moments of times that clocks show twice, by row. */
  later: Map<number, number>
  /** The row that showed that the file is not read so. */
  endedBy?: { row: number; text: string }
}

/** A file whose dates are still in doubt after as many rows is refused: no more are held in several ways. */
const MOST_UNDECIDED = 1 << 20
/** More times than this are shown twice by no clock. */
const MOST_LATER = 100_000

/** What rows say in every way in which all of them can be read; a way ends at the first row that makes no sense in it. */
export class DateReadings {
  private readonly all: Kept[]
  private pending: (readonly number[])[] = []
  private kept = 0
  /** Whether two ways were left after so many rows that none is kept any more. */
  isGivenUp = false

  constructor(readings: DateReading[]) {
    this.all = readings.map((reading) => ({ ...reading, times: new GrowingColumn(), later: new Map() }))
  }

  /** Looks at a row. The moment by the first way that is left; NaN when none makes sense of it. */
  read(momentsOf: MomentsOf): number {
    this.pending = this.all.map((reading) => (reading.endedBy === undefined ? momentsOf(reading) : []))
    return this.pending.find((moments) => isMoment(moments[0]))?.[0] ?? Number.NaN
  }

  /** Keeps what was last looked at as the next row. */
  keep(row: number, text: string): void {
    if (++this.kept === MOST_UNDECIDED) this.giveUp(row, text)
    this.all.forEach((reading, at) => {
      if (reading.endedBy !== undefined) return
      const [timeMs, laterMs] = this.pending[at]
      if (!isMoment(timeMs)) {
        reading.endedBy = { row, text }
        reading.times = noTimes
      } else if (!this.isGivenUp) {
        if (laterMs !== undefined && reading.later.size < MOST_LATER) reading.later.set(row, laterMs)
        // The first way needs no column of its own: it is what the caller was told.
        if (at > 0) reading.times.push(timeMs)
      }
    })
  }

  /** Digits that are never more than hours and minutes are just that; two orders of day and month stay two. */
  private giveUp(row: number, text: string): void {
    const isLeft = (digits: string) => this.all.some((each) => each.digits === digits && each.endedBy === undefined)
    for (const reading of this.all)
      if (reading.digits === "with-seconds" && isLeft("hours-and-minutes")) reading.endedBy ??= { row, text }
    this.isGivenUp = this.all.filter(({ endedBy }) => endedBy === undefined).length > 1
  }

  /** The ways that make sense of all rows, each with its times where they are not `first`, which the caller was told. */
  left(first: Float64Array): (DateReading & { times: Float64Array; later: Map<number, number> })[] {
    return this.all.flatMap((reading, at) =>
      reading.endedBy === undefined ? [{ ...reading, times: at === 0 ? first : reading.times.taken() }] : [],
    )
  }

  /** Whether one of the ways has this order of day and month. */
  has(order: DateOrder): boolean {
    return this.all.some((reading) => reading.order === order)
  }

  /** The row that ended the ways with another order of day and month; undefined when there was none or it still stands. */
  ended(order: DateOrder): { row: number; text: string } | undefined {
    const others = this.all.filter((reading) => reading.order === order)
    return others.length > 0 && others.every(({ endedBy }) => endedBy !== undefined) ? others[0].endedBy : undefined
  }
}

const noTimes = new GrowingColumn(0)

function isMoment(timeMs: number | undefined): timeMs is number {
  return timeMs !== undefined && !Number.isNaN(timeMs)
}
