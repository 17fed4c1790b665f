import { HOUR_MS } from "../timeframe.ts"
import { zoneNamed, type Zone } from "./zone-offset.ts"

/** A zone as a header or a column writes it; `zone` is undefined where the name is unknown, or means several. */
export type NamedZone = { name: string; zone: Zone | undefined }

const area = "Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Europe|Indian|Pacific|US|Etc"
const place = new RegExp(`(?:${area})/[A-Za-z0-9_+-]+(?:/[A-Za-z_-]+)?`, "i")
const offset = /^(?:(?:UTC|GMT)[+-]\d{1,2}(?::?\d{2})?|[+-]\d{1,2}:?\d{2})$/i
const knownWords = "UTC GMT EST EDT PST PDT CET CEST EET EEST MET WET WEST MSK JST KST AEST AEDT AWST NZST NZDT HKT SGT"
/** Clocks of several places or seasons go by these names. */
const doubtfulWords = "ET CT MT PT CST CDT MST MDT AST ADT BST IST SST GST ACT ECT AMT PYT MEZ MESZ"
const known = new Set(knownWords.split(" "))
const doubtful = new Set(doubtfulWords.split(" "))

/**
 * The zone that the name of a time's column says, such as "Time (EET)", "Date (America/New_York)", "Time UTC+5",
 * "timestamp_utc"; undefined where it says none.
 */
export function zoneOfHeader(text: string): NamedZone | undefined {
  const name = zoneWord(text)
  return name === undefined ? undefined : { name, zone: zoneNamed(name) }
}

/** The column's name without its zone. */
export function withoutZone(text: string): string {
  const name = zoneWord(text)
  return name === undefined ? text : text.replace(name, " ")
}

function zoneWord(text: string): string | undefined {
  if (!/time|date|stamp|datum|zeit|fecha|hora|heure|data/i.test(text)) return undefined
  const whole = place.exec(text) ?? /(?:UTC|GMT)\s+[+-]\d{1,2}(?::?\d{2})?/i.exec(text)
  const words = text.split(/[\s()[\],;]+/).flatMap((word) => (isZone(word) ? [word] : word.split("_")))
  return whole?.[0] ?? words.find(isZone)
}

function isZone(word: string): boolean {
  const upper = word.toUpperCase()
  return offset.test(word) || known.has(upper) || doubtful.has(upper)
}

/** The zone in a row's own cell: any zone's name, or hours or seconds ahead of UTC as a number. Empty: none. */
export function zoneOfCell(text: string): NamedZone | undefined {
  if (text === "") return undefined
  const number = /^[+-]?\d{1,5}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  const hours = Math.abs(number) <= MOST_HOURS ? number : number % 900 === 0 ? number / HOUR_SECONDS : Number.NaN
  const isOffset = Math.abs(hours) <= MOST_HOURS && (Math.abs(number) <= MOST_HOURS || Math.abs(number) >= HOUR_SECONDS)
  return { name: text, zone: isOffset ? (shownMs) => [shownMs - hours * HOUR_MS] : zoneNamed(text) }
}

const MOST_HOURS = 14
const HOUR_SECONDS = HOUR_MS / 1000
