import { hourOfDay, partsMs, type ShownTime } from "./csv-date.ts"
import type { Zone } from "./zone-offset.ts"

const ZERO = 48
/** A clock shows hours, minutes, seconds, and a fraction of which thousandths count. */
const FRACTION = 3
const MOST_FRACTION = 3

/** What a cell's text was found to say. */
type FoundTime = { shown: ShownTime; zone: Zone; zones: "none" | "utc" | "other" }

/** The cell's day, where it has a clock and only letters of one byte. */
export function sameDayAs(cell: Uint8Array, text: string, found: FoundTime): SameDay | undefined {
  return found.shown.clock === undefined || text.length !== cell.length ? undefined : new SameDay(cell, found)
}

/**
 * A time that was read as text. A cell like it but for the digits of its clock is of the same day and zone: of a file
 * of minutes only a few cells a day are read as text.
 */
export class SameDay {
  readonly zone: Zone
  readonly zones: FoundTime["zones"]
  private readonly cell: Uint8Array
  private readonly shown: ShownTime
  private clockMs: number
  private readonly parts = new Float64Array(FRACTION + 1)

  constructor(cell: Uint8Array, { shown, zone, zones }: FoundTime) {
    this.cell = cell.slice()
    this.shown = { ...shown }
    this.clockMs = shown.clock!.ms
    this.zone = zone
    this.zones = zones
  }

  /** What bytes[start, end) shows if it is such a cell, else undefined. Valid until the next call. */
  read(bytes: Uint8Array, start: number, end: number): ShownTime | undefined {
    const { shown, cell } = this
    if (end - start !== cell.length || !this.isAlike(bytes, start)) return undefined
    const ms = this.clockMsOf(bytes, start)
    if (Number.isNaN(ms)) return undefined
    shown.dayFirstMs += ms - this.clockMs
    shown.monthFirstMs += ms - this.clockMs
    this.clockMs = ms
    return shown
  }

  private isAlike(bytes: Uint8Array, start: number): boolean {
    const { cell } = this
    const { from, to } = this.shown.clock!
    for (let at = 0; at < cell.length; at++) {
      const byte = bytes[start + at]
      if (byte === cell[at]) continue
      if (at < from || at >= to || !isDigit(byte) || !isDigit(cell[at])) return false
    }
    return true
  }

  /** Milliseconds since midnight; NaN where no clock shows the digits. */
  private clockMsOf(bytes: Uint8Array, start: number): number {
    const { from, to, half } = this.shown.clock!
    const parts = this.parts.fill(0)
    let [part, fraction] = [0, 0]
    for (let at = start + from; at < start + to; at++) {
      if (!isDigit(bytes[at])) part++
      else if (part < FRACTION || fraction++ < MOST_FRACTION) parts[part] = parts[part] * 10 + bytes[at] - ZERO
    }
    const fractionMs = parts[FRACTION] * 10 ** Math.max(0, MOST_FRACTION - fraction)
    return partsMs(hourOfDay(parts[0], half), parts[1], parts[2]) + fractionMs
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < ZERO + 10
}
