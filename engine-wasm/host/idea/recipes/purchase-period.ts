import { MINUTE_MS, strategyTimeframeOf } from "../../candles/timeframe.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import { unitMinutes } from "../reading/amount.ts"
import type { Chunk } from "../reading/chunk.ts"
import { isWord, says, type WordName } from "./said-words.ts"

/** How often: minutes, or a day of the week. */
export type Period = { minutes: number; weekday: number; chunks: Chunk[]; isEvery?: boolean }

const days: WordName[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

/** "Every Monday", "each week", "every 4 hours", "daily", "a day", "once a month". */
export function periodIn(chunks: readonly Chunk[]): Period | undefined {
  for (const [at, chunk] of chunks.entries()) {
    if (isWord(chunk, "perDay") && !chunk.isUsed && !says(chunks, "pause", "cooldown", "lose"))
      return {
        minutes: 1_440,
        weekday: 0,
        chunks: [chunk],
        ...(/^(cada|jed|chaque|every|each|tod|每|ogni)/.test(chunk.text) && { isEvery: true }),
      }
    if (chunk.kind === "timeframe" && chunk.isAdjective && !chunk.isChart)
      return { minutes: chunk.minutes, weekday: 0, chunks: [chunk] }
    if (isWord(chunk, "monthly")) return { minutes: unitMinutes.month!, weekday: 0, chunks: [chunk] }
    if (!isWord(chunk, "every") && !/^(once a|on|a|am|jeden|cada)\b/.test(chunk.text)) continue
    const next = chunks.slice(at + 1, at + 4).find((each) => !isWord(each, "filler", "on", "at"))
    if (next?.kind === "amount" && next.unit === "minutes" && isWord(chunk, "every"))
      return { minutes: next.value, weekday: 0, chunks: [chunk, next], isEvery: true }
    if (next?.kind !== "word") continue
    const day = days.indexOf(next.concept) + 1
    if (day > 0) return { minutes: 1_440, weekday: day, chunks: [chunk, next], isEvery: true }
    const minutes = unitMinutes[next.concept]
    if (minutes !== undefined) return { minutes, weekday: 0, chunks: [chunk, next], isEvery: true }
  }
  return undefined
}

/** "At 14:00", "at 9 am": the hour of a purchase. */
export function hourIn(chunks: readonly Chunk[], draft: IdeaDraft): number | undefined {
  const at = chunks.findIndex(
    (chunk, place) =>
      chunk.kind === "amount" &&
      !chunk.isUsed &&
      (chunk.unit === "clock" || (chunk.unit === "plain" && isWord(chunks[place + 1], "am", "pm", "utc"))),
  )
  const clock = chunks[at]
  if (clock?.kind !== "amount") return undefined
  const hour = isWord(chunks[at + 1], "pm") ? (clock.value % 12) + 12 : clock.value
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) return undefined
  draft.understand([clock], "session", `${hour}:00 UTC`)
  return hour
}

/** With an hour, a day is the longest period: a week then begins on its first day. */
export function candlesFor({ minutes, weekday }: Period, hour: number | undefined) {
  if (hour !== undefined && minutes >= 1_440) {
    const isWeekly = minutes >= 10_080
    const every = Math.round(minutes / (isWeekly ? 10_080 : 1_440))
    return { timeframe: "1h" as const, every, weekday: weekday || (isWeekly ? 1 : 0) }
  }
  const own = strategyTimeframeOf(minutes * MINUTE_MS)
  const timeframe = own ?? (minutes % 1_440 === 0 ? "1d" : "1h")
  const every = own ? 1 : Math.max(1, Math.round(minutes / (timeframe === "1d" ? 1_440 : 60)))
  return { timeframe, every, weekday }
}
