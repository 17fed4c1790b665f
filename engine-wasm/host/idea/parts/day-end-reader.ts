import { MINUTE_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { compare } from "../reading/condition.ts"
import type { Sentence } from "../reading/sentence.ts"

const ends =
  /(^| )((close|end) of (the )?(trading )?day|eod|tagesende|tagesschluss|(ende|schluss) des (handels)?tages|(final|fin|cierre) del dia|fin de( la)? journee|cloture (du jour|de la journee)|(final|fim|fechamento) do dia|(当 天|当 日|每 天|每 日) ?(收 盘|结 束)( 时| 前)?)( |$)/

/** "Sell at the close of the day", "am Tagesende verkaufen": what is open is left in the day's last hour. */
export function readDayEnd(sentence: Sentence, draft: IdeaDraft) {
  const found = dayEndIn(sentence)
  if (!found || draft.dayEndsAt !== undefined) return
  // One candle of a day or longer ends with it.
  if (draft.timeframe && timeframesMs[draft.timeframe] >= timeframesMs["1d"])
    return void draft.notPossible.push(found.map(({ text }) => text).join(" "))
  draft.dayEndsAt = 24
  draft.understand(found, "session", "the day's last hour")
}

/** Leaves in the day's last hour, or its last candle, and enters before it. */
export function leaveAtDayEnd(draft: IdeaDraft) {
  if (draft.dayEndsAt === undefined) return
  draft.timeframe ??= "1h"
  const hours = Math.ceil(timeframesMs[draft.timeframe] / (60 * MINUTE_MS))
  if (hours >= 24) return void draft.notPossible.push(`the day's last hour (${draft.timeframe})`)
  const since = 24 - hours
  draft.rules.push(
    { deed: "filter", join: "and", condition: compare("hour", "<", since) },
    { deed: "exit", join: "or", condition: compare("hour", ">=", since) },
  )
  draft.assume("session", `${since}:00–24:00 UTC`)
}

/** The words for the end of the day, where a word to leave stands before or behind them. */
function dayEndIn(sentence: Sentence): Chunk[] | undefined {
  const { chunks } = sentence
  for (let at = 0; at < chunks.length; at++)
    for (let end = Math.min(chunks.length, at + MOST_WORDS); end > at; end--) {
      const words = chunks.slice(at, end)
      if (words.some(({ isUsed, kind }) => isUsed || kind === "mark")) continue
      const text = words.map((chunk) => chunk.text).join(" ")
      if (ends.exec(text)?.[0].trim() === text && isLeft(sentence, at, end)) return words
    }
  return undefined
}

const MOST_WORDS = 6

function isLeft(sentence: Sentence, at: number, end: number): boolean {
  const isDeed = (place: number) => sentence.isWord(place, "sell", "exit", "cover")
  const isBetween = (place: number) =>
    sentence.isWord(place, "filler", "at", "on", "it", "of", "position", "all", "before", "every", "to", "until") ||
    sentence.chunks[place]?.kind === "unknown"
  let [before, after] = [at - 1, end]
  while (isBetween(before)) before--
  while (isBetween(after)) after++
  return isDeed(before) || isDeed(after)
}
