import { DAY_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { compare, type Condition, joinedBy, negated } from "../reading/condition.ts"
import type { Sentence } from "../reading/sentence.ts"

type WordName = Parameters<Sentence["isWord"]>[1]

const days: WordName[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
/** Hours in UTC in which these cities trade. */
const sessions: Partial<Record<WordName, [number, number]>> = {
  london: [8, 16],
  newYork: [13, 21],
  asia: [0, 8],
  night: [22, 6],
}

/** Reads when it may trade: hours, sessions, days of the week. */
export function readSession(sentence: Sentence, draft: IdeaDraft) {
  readNight(sentence, draft)
  const condition = dayCondition(sentence, draft)
  if (condition) draft.rules.push({ deed: "filter", join: "and", condition })
  readClocks(sentence, draft)
  const hours = hourCondition(sentence, draft)
  if (hours) draft.rules.push({ deed: "filter", join: "and", condition: hours })
}

/** "Never hold overnight": what is open is left, where "not at night" only bounds the entries. */
function readNight(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("night")
  if (at < 0) return
  const isMark = ({ kind }: Chunk) => kind === "mark"
  const before = sentence.chunks.slice(Math.max(0, at - NIGHT_REACH), at)
  const after = sentence.chunks.slice(at + 1, at + 3)
  const end = after.findIndex(isMark)
  const near = [...before.slice(before.findLastIndex(isMark) + 1), ...(end < 0 ? after : after.slice(0, end))]
  const says = (...concepts: WordName[]) =>
    near.filter((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  const isOpen = says("hold", "position", "buyAndHold").length > 0 && says("trade", "buy", "unless").length === 0
  const isFlat = sentence.chunks[at].text === "overnight" && sentence.isWord(at - 1, "exit")
  if (!isOpen && !isFlat) return
  const night = [...says("not"), sentence.chunks[at]]
  if (!isFlat && says("not").length === 0) {
    for (const chunk of night) chunk.isUsed = true
    return void draft.notPossible.push(sentence.chunks[at].text)
  }
  draft.isFlatAtNight = true
  draft.understand(night, "session", joinedBy("or", nightHours()))
}

const NIGHT_REACH = 5

function nightHours(): Condition[] {
  const [from, to] = sessions.night!
  return [compare("hour", ">=", from), compare("hour", "<", to)]
}

/** Leaves at night and enters by day, where candles are short enough to have a night. */
export function leaveAtNight(draft: IdeaDraft) {
  if (!draft.isFlatAtNight) return
  if (draft.timeframe && timeframesMs[draft.timeframe] >= DAY_MS)
    return void draft.notPossible.push(`overnight (${draft.timeframe})`)
  const [from, to] = sessions.night!
  draft.rules.push(
    { deed: "filter", join: "and", condition: hoursBetween(to, from) },
    { deed: "exit", join: "or", condition: joinedBy("or", nightHours()) },
  )
  draft.assume("session", `${from}–${to} UTC`)
}

/** "Buy at 9 am and sell at 5 pm": an hour of its own for each. */
function readClocks(sentence: Sentence, draft: IdeaDraft) {
  sentence.chunks.forEach((chunk, at) => {
    const clock = sentence.amount(at, ["clock"])
    if (!clock || !Number.isInteger(clock.value)) return
    const deed = deedBefore(sentence, at)
    const isDaily = sentence.says("every", "perDay") === sentence.says("sell", "exit")
    if (!deed || !(isDaily || deed === "exit")) return
    const exact: Condition = { kind: "formula", text: `hour == ${clock.value % 24}` }
    draft.rules.push({ deed, join: deed === "exit" ? "or" : "and", condition: exact })
    draft.assume("session", `${clock.value}:00 UTC`)
    draft.understand([chunk], "session", exact)
  })
}

/** What is done at that time: the word directly before it. */
function deedBefore(sentence: Sentence, at: number): "enter" | "exit" | undefined {
  for (let place = at - 1; place >= at - 5; place--) {
    if (sentence.isWord(place, "buy", "long", "short")) return "enter"
    if (sentence.isWord(place, "sell", "exit", "cover")) return "exit"
    if (
      sentence.chunks[place]?.kind !== "market" &&
      !sentence.isWord(place, "filler", "at", "on", "it", "every", "day", "of")
    )
      return undefined
  }
  return undefined
}

function dayCondition(sentence: Sentence, draft: IdeaDraft): Condition | undefined {
  const found = sentence.chunks.flatMap((chunk, at) => {
    const day = chunk.kind === "word" && !chunk.isUsed ? days.indexOf(chunk.concept) + 1 : 0
    return day > 0 ? [{ day, at }] : []
  })
  const whole = sentence.find("weekend", "workdays")
  if (found.length === 0 && whole < 0) return undefined
  const isDenied = denied(sentence, whole >= 0 ? whole : found[0].at)
  const condition =
    whole >= 0
      ? compare("weekday", sentence.isWord(whole, "weekend") ? ">=" : "<=", sentence.isWord(whole, "weekend") ? 6 : 5)
      : daysCondition(sentence, found)
  const named = isDayRange(sentence, found)
    ? sentence.chunks.slice(found[0].at, found[1].at + 1)
    : found.map(({ at }) => sentence.chunks[at])
  const chunks = whole >= 0 ? [sentence.chunks[whole]] : named
  const meant = isDenied ? negated(condition) : condition
  draft.understand(chunks, "session", meant)
  return meant
}

/** "Monday to Friday" is a range, "Mondays and Thursdays" are two days. */
function daysCondition(sentence: Sentence, found: readonly { day: number; at: number }[]): Condition {
  const [first, second] = found
  if (isDayRange(sentence, found)) {
    if (first.day === 1) return compare("weekday", "<=", second.day)
    const [since, until] = [compare("weekday", ">=", first.day), compare("weekday", "<=", second.day)]
    return joinedBy(first.day < second.day ? "and" : "or", [since, until])
  }
  return joinedBy(
    "or",
    found.map(({ day }) => ({ kind: "formula", text: `weekday == ${day}` })),
  )
}

/** "Monday - Friday", "lunes a viernes", "du lundi au vendredi": only a small word stands between. */
function isDayRange(sentence: Sentence, found: readonly { day: number; at: number }[]): boolean {
  if (found.length !== 2) return false
  const [first, second] = found
  const between = sentence.chunks.slice(first.at + 1, second.at)
  const isSmall = between.every((chunk) => chunk.kind === "word" && !["and", "or", "also"].includes(chunk.concept))
  const isJoint = (chunk: Chunk) =>
    /^([-–—]|ao?|t ?\/ ?m)$/.test(chunk.text) ||
    (chunk.kind === "word" && ["to", "until", "at"].includes(chunk.concept))
  return isSmall && between.length <= MOST_BETWEEN_DAYS && between.some(isJoint)
}

const MOST_BETWEEN_DAYS = 4

function hourCondition(sentence: Sentence, draft: IdeaDraft): Condition | undefined {
  const range = sentence.chunks.find((chunk) => chunk.kind === "range" && !chunk.isUsed && isHours(sentence, chunk))
  if (range?.kind === "range") {
    const [from, to] = [hourOf(range.low), hourOf(range.high)]
    draft.assume("session", `${from}–${to} UTC`)
    return understood(sentence, [range], hoursBetween(from, to), draft)
  }
  const named = sentence.chunks.filter(
    (chunk, at) => !chunk.isUsed && sentence.isWord(at, "london", "newYork", "asia", "night"),
  )
  if (named.length === 0) return undefined
  const hours = named.map((word) => sessions[(word as Extract<Chunk, { kind: "word" }>).concept as "london"]!)
  for (const [from, to] of hours) draft.assume("session", `${from}–${to} UTC`)
  return understood(
    sentence,
    [...named, ...sentence.chunks.filter((chunk, place) => !chunk.isUsed && sentence.isWord(place, "session"))],
    joinedBy(
      "or",
      hours.map(([from, to]) => hoursBetween(from, to)),
    ),
    draft,
  )
}

function understood(sentence: Sentence, chunks: Chunk[], condition: Condition, draft: IdeaDraft): Condition {
  const meant = denied(sentence, sentence.chunks.indexOf(chunks[0])) ? negated(condition) : condition
  draft.understand(chunks, "session", meant)
  return meant
}

function isHours(sentence: Sentence, { low, high }: Extract<Chunk, { kind: "range" }>): boolean {
  const inDay =
    hourOf(low) >= 0 && hourOf(high) <= 24 && Number.isInteger(hourOf(low)) && Number.isInteger(hourOf(high))
  if (!inDay || !["plain", "minutes", "clock"].includes(low.unit)) return false
  return (
    low.unit === "clock" ||
    low.unit === "minutes" ||
    high.unit === "minutes" ||
    sentence.says("utc", "session", "am", "pm", "trade", "only", "hour")
  )
}

function hourOf({ unit, value }: { unit: string; value: number }): number {
  return unit === "minutes" ? value / 60 : value
}

function hoursBetween(from: number, to: number): Condition {
  const [after, before] = [compare("hour", ">=", from), compare("hour", "<", to)]
  return joinedBy(from < to ? "and" : "or", [after, before])
}

/** "Not on weekends", "no trades on Friday". */
function denied(sentence: Sentence, at: number): boolean {
  for (let place = at - 1; place >= at - 6; place--) {
    if (sentence.isWord(place, "not", "unless")) return true
    if (!sentence.isWord(place, "filler", "on", "of", "at", "trade", "buy", "every", "position")) return false
  }
  return false
}
