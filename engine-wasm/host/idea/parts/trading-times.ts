import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { compare, type Condition, joinedBy } from "../reading/condition.ts"
import type { Sentence } from "../reading/sentence.ts"

type WordName = Parameters<Sentence["isWord"]>[1]
type Range = Extract<Chunk, { kind: "range" }>

/** A time of the week or the day in a sentence. `from` and `end`: places of its chunks; `assumes`: hours in UTC. */
export type TradingTime = {
  from: number
  end: number
  chunks: Chunk[]
  condition: Condition
  assumes: string[]
  isHour: boolean
}

const days: WordName[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
/** Hours in UTC in which these cities trade. */
export const sessions: Partial<Record<WordName, [number, number]>> = {
  london: [8, 16],
  newYork: [13, 21],
  asia: [0, 8],
  night: [22, 6],
}

/** Days, hours and sessions of a sentence that nothing else has taken, in their order. */
export function tradingTimes(sentence: Sentence, draft: IdeaDraft): TradingTime[] {
  const found: TradingTime[] = []
  for (let at = 0; at < sentence.chunks.length;) {
    const time = sentence.chunks[at].isUsed
      ? undefined
      : (daysAt(sentence, at) ?? hoursAt(sentence, at, draft) ?? openHoursAt(sentence, at) ?? sessionAt(sentence, at))
    if (time) found.push(time)
    at = time?.end ?? at + 1
  }
  return withoutNamed(found, sentence)
}

/** "The London session, 8 to 16 UTC": the hours say what the name means. */
function withoutNamed(found: TradingTime[], sentence: Sentence): TradingTime[] {
  const isNamed = ({ from }: TradingTime) => sentence.isWord(from, "london", "newYork", "asia", "night")
  const hours = found.find((time) => time.isHour && !isNamed(time))
  if (!hours) return found
  const named = found.filter(isNamed)
  for (const { from, end, chunks } of named) {
    hours.chunks = [...hours.chunks, ...chunks]
    const isBeside = Math.abs(hours.from - end) <= 2 || Math.abs(from - hours.end) <= 2
    if (isBeside) [hours.from, hours.end] = [Math.min(hours.from, from), Math.max(hours.end, end)]
  }
  return found.filter((time) => !named.includes(time))
}

function dayOf(sentence: Sentence, at: number): number {
  const chunk = sentence.chunks[at]
  return chunk?.kind === "word" && !chunk.isUsed ? days.indexOf(chunk.concept) + 1 : 0
}

function daysAt(sentence: Sentence, at: number): TradingTime | undefined {
  if (sentence.isWord(at, "weekend", "workdays")) {
    const isWeekend = sentence.isWord(at, "weekend")
    const condition = compare("weekday", isWeekend ? ">=" : "<=", isWeekend ? 6 : 5)
    return { from: at, end: at + 1, chunks: [sentence.chunks[at]], condition, assumes: [], isHour: false }
  }
  const found: { day: number; at: number }[] = []
  for (let place = at; dayOf(sentence, place) > 0; place = nextDay(sentence, place + 1))
    found.push({ day: dayOf(sentence, place), at: place })
  if (found.length === 0) return undefined
  const end = found.at(-1)!.at + 1
  const isRange = isDayRange(sentence, found)
  const chunks = isRange ? sentence.chunks.slice(at, end) : found.map((each) => sentence.chunks[each.at])
  return { from: at, end, chunks, condition: daysCondition(found, isRange), assumes: [], isHour: false }
}

/** The next day of a list: "Monday, Wednesday and on Friday". */
function nextDay(sentence: Sentence, at: number): number {
  let place = at
  while (
    place < at + MOST_BETWEEN_DAYS &&
    (sentence.isWord(place, "filler", "on", "of", "and", "or", "also", "to", "until", "at", "every") ||
      /^([-–—,/]|ao?|t ?\/ ?m)$/.test(sentence.chunks[place]?.text ?? ""))
  )
    place++
  return place
}

const MOST_BETWEEN_DAYS = 4

/** "Monday to Friday" is a range, "Mondays and Thursdays" are two days. */
function daysCondition(found: readonly { day: number }[], isRange: boolean): Condition {
  const [first, second] = found
  if (!isRange)
    return joinedBy(
      "or",
      found.map(({ day }) => ({ kind: "formula", text: `weekday == ${day}` })),
    )
  if (first.day === 1) return compare("weekday", "<=", second.day)
  const [since, until] = [compare("weekday", ">=", first.day), compare("weekday", "<=", second.day)]
  return joinedBy(first.day < second.day ? "and" : "or", [since, until])
}

/** "Monday - Friday", "lunes a viernes", "du lundi au vendredi": only a small word stands between. */
function isDayRange(sentence: Sentence, found: readonly { day: number; at: number }[]): boolean {
  if (found.length !== 2) return false
  const between = sentence.chunks.slice(found[0].at + 1, found[1].at)
  const isSmall = between.every((chunk) => chunk.kind === "word" && !["and", "or", "also"].includes(chunk.concept))
  const isJoint = (chunk: Chunk) =>
    /^([-–—]|ao?|t ?\/ ?m)$/.test(chunk.text) ||
    (chunk.kind === "word" && ["to", "until", "at"].includes(chunk.concept))
  return isSmall && between.some(isJoint)
}

function hoursAt(sentence: Sentence, at: number, draft: IdeaDraft): TradingTime | undefined {
  const chunk = sentence.chunks[at]
  if (chunk.kind !== "range" || !isHours(sentence, chunk) || isOfValue(sentence, at)) return undefined
  const [low, high] = [hourOf(chunk.low) % 24, hourOf(chunk.high) % 24 || 24]
  // Only whole hours can be asked for: those that lie within are taken, and that is said.
  const [from, to] = [Math.ceil(low), Math.floor(high)]
  if (from === to) return undefined
  if (from !== low || to !== high) draft.notPossible.push(chunk.text.replaceAll(" : ", ":"))
  const { zone } = chunk
  const clock =
    zone && ` (${zone.name === "UTC" ? "" : `${zone.name} = `}UTC${zone.aheadHours < 0 ? "" : "+"}${zone.aheadHours})`
  return {
    from: at,
    end: at + 1,
    chunks: [chunk],
    condition: hoursBetween(from, to),
    assumes: [`${from}–${to % 24 === 0 ? 24 : to} UTC${clock ?? ""}`],
    isHour: true,
  }
}

/** "After 20:00 UTC", "before 9 am", "ab 14 Uhr": from one hour on, or up to one. */
function openHoursAt(sentence: Sentence, at: number): TradingTime | undefined {
  if (!sentence.isWord(at, "after", "before", "until", "from")) return undefined
  const place = sentence.isWord(at + 1, "filler", "of") ? at + 2 : at + 1
  const clock = sentence.amount(place, ["clock"])
  if (!clock || clock.list || !Number.isInteger(clock.value)) return undefined
  const isFrom = sentence.isWord(at, "after", "from")
  const [from, to] = isFrom ? [clock.value, 24] : [0, clock.value]
  const condition = isFrom ? compare("hour", ">=", from) : compare("hour", "<", to)
  const chunks = [sentence.chunks[at], clock]
  return { from: at, end: place + 1, chunks, condition, assumes: [`${from}–${to} UTC`], isHour: true }
}

function sessionAt(sentence: Sentence, at: number): TradingTime | undefined {
  const isNamed = (place: number) =>
    !sentence.chunks[place]?.isUsed && sentence.isWord(place, "london", "newYork", "asia", "night")
  if (!isNamed(at)) return undefined
  const places: number[] = []
  for (let place = at; isNamed(place); place = nextNamed(sentence, place + 1)) places.push(place)
  const hours = places.map((place) => sessions[(sentence.chunks[place] as { concept: "london" }).concept]!)
  const last = places.at(-1)! + 1
  const end = sentence.isWord(last, "session") ? last + 1 : last
  return {
    from: at,
    end,
    chunks: [...places.map((place) => sentence.chunks[place]), ...sentence.chunks.slice(last, end)],
    condition: joinedBy(
      "or",
      hours.map(([from, to]) => hoursBetween(from, to)),
    ),
    assumes: hours.map(([from, to]) => `${from}–${to} UTC`),
    isHour: true,
  }
}

function nextNamed(sentence: Sentence, at: number): number {
  let place = at
  while (place < at + 3 && sentence.isWord(place, "and", "or", "filler", "session", "of", "on")) place++
  return place
}

/** "When RSI is between 20 and 24": bare numbers behind a value are its limits. */
function isOfValue(sentence: Sentence, at: number): boolean {
  const chunk = sentence.chunks[at]
  if (chunk.kind !== "range" || chunk.low.unit === "clock") return false
  let place = at - 1
  while (sentence.isWord(place, "filler")) place--
  return sentence.chunks[place]?.kind === "operand" || chunk.high.unit === "money" || chunk.high.unit === "percent"
}

function isHours(sentence: Sentence, { low, high }: Range): boolean {
  const inDay = [low, high].every((each) => hourOf(each) >= 0 && hourOf(each) <= 24)
  if (low.unit === "clock") return inDay
  if (!inDay || !Number.isInteger(hourOf(low)) || !Number.isInteger(hourOf(high))) return false
  if (!["plain", "minutes"].includes(low.unit)) return false
  return (
    low.unit === "minutes" ||
    high.unit === "minutes" ||
    high.unit === "clock" ||
    sentence.says("utc", "session", "am", "pm", "trade", "only", "hour")
  )
}

function hourOf({ unit, value }: { unit: string; value: number }): number {
  return unit === "minutes" ? value / 60 : value
}

/** A condition that holds between two hours, also over midnight. */
export function hoursBetween(from: number, to: number): Condition {
  const [after, before] = [compare("hour", ">=", from), compare("hour", "<", to)]
  if (to === 24) return after
  if (from === 0) return before
  return joinedBy(from < to ? "and" : "or", [after, before])
}
