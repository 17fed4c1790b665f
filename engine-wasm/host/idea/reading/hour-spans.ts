import type { Amount } from "./amount.ts"
import { isWord, placeOf } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"
import { type TimeZone, timeZoneOf } from "./time-zones.ts"

type Hour = { value: number; end: number; isClock: boolean; list?: number[] }
type Found = { chunk: Chunk; end: number }

/** "From 22 to 6", "9am-5pm EST", "entre 22h et 6h", "晚上22点到早上6点": hours of the day as one chunk, in UTC. */
export function hourSpans(chunks: readonly Chunk[]): Chunk[] {
  if (!chunks.some(mayBeHour)) return [...chunks]
  const joined: Chunk[] = []
  for (let at = 0; at < chunks.length;) {
    const found = spanAt(chunks, at) ?? zonedClock(chunks, at)
    joined.push(found?.chunk ?? chunks[at])
    at = found?.end ?? at + 1
  }
  return joined
}

function mayBeHour(chunk: Chunk): boolean {
  return chunk.kind === "timeframe" || (chunk.kind === "amount" && ["clock", "plain", "minutes"].includes(chunk.unit))
}

function spanAt(chunks: readonly Chunk[], at: number): Found | undefined {
  const isOpened = isWord(chunks[at], "between", "from", "of")
  const first = hourAt(chunks, isOpened ? at + 1 : at, isOpened)
  if (!first) return undefined
  if (first.list)
    return first.isClock || isOfTrading(chunks, at, first.end) ? span(chunks, at, first, first) : undefined
  const second = hourAt(chunks, jointEnd(chunks, first.end, isWord(chunks[at], "between")), isOpened)
  if (!second || second.list) return undefined
  if (isDuration(chunks, at)) return undefined
  return first.isClock || second.isClock || isOfTrading(chunks, at, second.end)
    ? span(chunks, at, first, second)
    : undefined
}

/** Where the second hour begins; none without a word between. */
function jointEnd(chunks: readonly Chunk[], at: number, isBetween: boolean): number {
  const chunk = chunks[at]
  const isJoint = isWord(chunk, "to", "until", "at") || /^([-–—]|as|a|au|t ?\/ ?m)$/.test(chunk?.text ?? "")
  return isJoint || (isBetween && isWord(chunk, "and")) ? at + 1 : chunks.length
}

/** A time of day; words such as "las" and "早上" stand before it, "Uhr" and "点" behind it. */
function hourAt(chunks: readonly Chunk[], at: number, isOpened: boolean): Hour | undefined {
  let place = at
  while (isWord(chunks[place], "filler", "of", "at") && place < at + 2) place++
  const part = isWord(chunks[place], "am", "pm", "night") ? chunks[place++] : undefined
  const chunk = chunks[place]
  const said = chunk && spokenHour(chunk, isOpened)
  if (!said) return undefined
  let end = place + 1
  while (isWord(chunks[end], "utc", "am", "pm") || /^(点|uhr|h|时|點)$/.test(chunks[end]?.text ?? "")) end++
  const isClock = said.isClock || end > place + 1 || part !== undefined
  const isLate = [part, ...chunks.slice(place + 1, end)].some((each) => isWord(each, "pm", "night"))
  const value = isLate && said.value <= 12 ? (said.value % 12) + 12 : said.value
  return value >= 0 && value <= 24 ? { ...said, value, end, isClock } : undefined
}

/** "From 9h to 17h" are hours; "from 1h to 4h" are two charts, unless words of trading are beside them. */
function spokenHour(chunk: Chunk, isOpened: boolean): Pick<Hour, "value" | "isClock" | "list"> | undefined {
  if (chunk.kind === "timeframe")
    return /^\d+ ?h$/.test(chunk.text) ? { value: chunk.minutes / 60, isClock: false } : undefined
  if (chunk.kind !== "amount" || chunk.isUsed || chunk.sign !== undefined) return undefined
  const { unit, value, unitMinutes, list } = chunk
  const both = list?.length === 2 && list.every((each) => each >= 0 && each <= 24) ? list : undefined
  if (list && !both) return undefined
  if (unit === "clock" || (unit === "plain" && Number.isInteger(value))) {
    return { value, isClock: unit === "clock", ...(both && { list: both }) }
  }
  const isHour = unit === "minutes" && unitMinutes === 60 && !both && Number.isInteger(value / 60)
  return isHour ? { value: value / 60, isClock: isOpened } : undefined
}

/** "Hold 3 to 5 hours", "after 2h": so long, and not at that hour. */
function isDuration(chunks: readonly Chunk[], at: number): boolean {
  if (isWord(chunks[at - 1], "after")) return true
  return (
    chunks.some((chunk) => isWord(chunk, "hold", "stillOpen")) &&
    !chunks.slice(at, at + 8).some((chunk) => chunk.kind === "amount" && chunk.unit === "clock")
  )
}

/** "No trades from 22 to 6", "22-6 不交易": two bare numbers are hours where the words beside them are of trading. */
function isOfTrading(chunks: readonly Chunk[], at: number, end: number): boolean {
  for (let place = at - 1; place >= at - 4; place--) {
    if (isWord(chunks[place], "trade", "unless", "not", "session", "london", "newYork", "asia")) return true
    if (!isWord(chunks[place], "filler", "on", "of", "only", "buy", "position") && chunks[place]?.kind !== "market")
      break
  }
  const next = chunks[end]
  return isWord(next, "trade", "session") || (isWord(next, "unless", "not") && isClauseEnd(chunks, end + 1))
}

function isClauseEnd(chunks: readonly Chunk[], at: number): boolean {
  const place = isWord(chunks[at], "trade", "buy") ? at + 1 : at
  return chunks[place] === undefined || chunks[place].kind === "mark"
}

function span(chunks: readonly Chunk[], at: number, first: Hour, second: Hour): Found {
  const { zone, end } = zoneAt(chunks, second.end)
  const [low, high] = (first.list ?? [first.value, second.value]).map((value) => clockOf(value, zone))
  const taken = chunks.slice(at, end)
  return {
    chunk: { kind: "range", low, high, ...(zone && { zone }), ...placeOf(taken), text: textOf(taken) },
    end,
  }
}

/** "At 9am EST": an hour of another clock. */
function zonedClock(chunks: readonly Chunk[], at: number): Found | undefined {
  const chunk = chunks[at]
  if (chunk.kind !== "amount" || chunk.unit !== "clock" || chunk.list) return undefined
  const { zone, end } = zoneAt(chunks, at + 1)
  const taken = chunks.slice(at, end)
  return zone && { chunk: { ...clockOf(chunk.value, zone), ...placeOf(taken), text: textOf(taken) }, end }
}

function clockOf(value: number, zone: TimeZone | undefined): Amount {
  const inUtc = zone ? (value - zone.aheadHours + 24) % 24 : value
  return { kind: "amount", unit: "clock", value: inUtc }
}

/** "EST", "New York time", "Uhr Berliner Zeit", "hora de Madrid" after an hour. */
function zoneAt(chunks: readonly Chunk[], at: number): { zone?: TimeZone; end: number } {
  const near = chunks.slice(at, at + 4)
  const stop = near.findIndex(({ kind }) => kind === "mark")
  const words = stop < 0 ? near : near.slice(0, stop)
  const ahead = aheadOf(words)
  if (ahead !== undefined) return { zone: { name: "UTC", aheadHours: ahead }, end: at + 2 }
  const said = /hor[ao]s?$|heures?$/.test(chunks[at - 1]?.text ?? "")
  const clock = words.findIndex(({ text }) => /^(time|zeit|hora|horas|horario( de)?|heure|heures)$/.test(text))
  const before = chunks.slice(Math.max(0, at - 5), at).map(({ text }) => text)
  for (const [n, word] of words.entries()) {
    // "Zwischen 9 und 17 Uhr ist …", "entre 9h et 17h est …": only a verb.
    if (isWord(word, "and", "or") || (/^(ist|est)$/.test(word.text) && before.some((text) => verbBeside.test(text))))
      break
    const zone = timeZoneOf(word.text.replace(/er$/, ""), clock < 0 && !said)
    if (zone) return { zone, end: at + Math.max(n, clock) + 1 }
    if (!isWord(word, "filler", "of", "utc", "hour", "session") && word.kind !== "unknown") break
  }
  return { end: at }
}

/** "12:00 UTC+2": how far ahead, said in figures. */
function aheadOf([sign, hours]: readonly Chunk[]): number | undefined {
  const isSign = sign?.text === "+" || sign?.text === "-"
  if (!isSign || hours?.kind !== "amount" || hours.unit !== "plain" || hours.value > 14) return undefined
  return sign.text === "+" ? hours.value : -hours.value
}

const verbBeside = /^(und|bis|uhr|et|a|entre|zwischen|\d+ ?h)$|uhr/

function textOf(chunks: readonly Chunk[]): string {
  return chunks.map(({ text }) => text).join(" ")
}
