/** How moments are told: as UTC, or as the person's own clock shows them. */
export type TimeZone = "utc" | "local"

const formats = new Map<string, Intl.DateTimeFormat>()

/** "1 Mar 2024, 14:00". */
export function formatDateTime(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, { ...DATE, ...CLOCK })
}

/** "1 Mar 2024". */
export function formatDate(timeMs: number | null | undefined, zone: TimeZone): string {
  return format(timeMs, zone, DATE)
}

/** "2024-03-01", for a date field and for the address bar; always UTC. */
export function isoDate(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

/** Milliseconds of a "2024-03-01" at midnight UTC, or undefined when the text is no such day. */
export function timeOfIsoDate(text: string): number | undefined {
  const timeMs = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(timeMs) || isoDate(timeMs) !== text ? undefined : timeMs
}

/** A length of time in its two largest units: "3 d 4 h", "25 min". */
export function formatDuration(lengthMs: number): string {
  const minutes = Math.round(lengthMs / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return both(hours, "h", minutes % 60, "min")
  return both(Math.floor(hours / 24), "d", hours % 24, "h")
}

const DATE = { day: "numeric", month: "short", year: "numeric" } as const
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const

function format(timeMs: number | null | undefined, zone: TimeZone, parts: Intl.DateTimeFormatOptions): string {
  if (timeMs === null || timeMs === undefined || !Number.isFinite(timeMs)) return "\u2014"
  const key = `${zone} ${"hour" in parts}`
  if (!formats.has(key))
    formats.set(key, new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone === "utc" ? "UTC" : undefined }))
  return formats.get(key)!.format(timeMs)
}

function both(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`
}
