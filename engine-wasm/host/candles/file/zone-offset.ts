import { HOUR_MS, MINUTE_MS } from "../timeframe.ts"
import { ZoneClock } from "./zone-clock.ts"

/** Finds the moments, UTC ms, at which clocks of a zone show a time: none, one, or two (see `ZoneClock`). */
export type Zone = (shownMs: number) => readonly number[]

const known = new Map<string, Zone | undefined>()

/** No file has more zones than this. */
const MOST_KEPT = 64

/** Abbreviations that mean one thing all over the world, and how far they are ahead of UTC, hours. */
const abbreviations: Record<string, number> = {
  EST: -5,
  EDT: -4,
  PST: -8,
  PDT: -7,
  CEST: 2,
  EEST: 3,
  WEST: 1,
  MSK: 3,
  HKT: 8,
  SGT: 8,
  AWST: 8,
  JST: 9,
  KST: 9,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
}
/** Places by the names of IANA's tables; those without a "/" only where their name is unambiguous. */
const placeName = /^(?:[A-Za-z_]+\/[A-Za-z0-9_+/-]+|CET|EET|MET|WET|EST5EDT|CST6CDT|MST7MDT|PST8PDT)$/

/**
 * A zone by its usual names: "Z", "UTC", "+02:00", "GMT+0100", "UTC-5", "America/New_York", "US/Eastern", "EST" (all
 * year), "CET" (with summer time). Undefined when it is unknown, or means several.
 */
export function zoneNamed(name: string): Zone | undefined {
  if (!known.has(name)) {
    if (known.size >= MOST_KEPT) known.clear()
    known.set(name, fixedZone(name) ?? placeZone(name))
  }
  return known.get(name)
}

function fixedZone(name: string): Zone | undefined {
  if (/^(?:Z|UTC|GMT|Etc\/UTC)$/i.test(name)) return (shownMs) => [shownMs]
  const short = Object.hasOwn(abbreviations, name.toUpperCase()) ? abbreviations[name.toUpperCase()] : undefined
  if (short !== undefined) return (shownMs) => [shownMs - short * HOUR_MS]
  const found = /^(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(name)
  if (found === null) return undefined
  const [hours, minutes] = [Number(found[2]), Number(found[3] ?? 0)]
  if (hours > 15 || minutes > 59) return undefined
  const offsetMs = (found[1] === "-" ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS)
  return (shownMs) => [shownMs - offsetMs]
}

function placeZone(name: string): Zone | undefined {
  if (!placeName.test(name)) return undefined
  try {
    const clock = new ZoneClock(name)
    return (shownMs) => clock.momentsMs(shownMs)
  } catch {
    return undefined
  }
}
