import type { IdeaDraft } from "../idea-draft.ts"
import type { AmountChunk, Sentence } from "../reading/sentence.ts"

/** A length of time in candles or in minutes. */
export type TimeSpan = { candles: number } | { minutes: number }

/** Reads "close after two days", "hold at most 48 hours", "sell an hour later". */
export function readTimeStop(sentence: Sentence, draft: IdeaDraft) {
  const leaves = sentence.says("sell", "exit", "cover", "hold", "stillOpen")
  if (!leaves || sentence.says("trailing") || !isAboutHolding(sentence)) return
  const at = sentence.chunks.findIndex(
    (_, place) => sentence.amount(place, ["minutes", "candles"]) && isLater(sentence, place),
  )
  if (at < 0) return
  const amount = sentence.amount(at, ["minutes", "candles"])!
  draft.timeStop = spanOf(amount)
  const words = sentence.chunks.filter(
    (chunk) => chunk.kind === "word" && ["hold", "stillOpen"].includes(chunk.concept),
  )
  draft.understand([amount, ...words.slice(0, 1)], "protect", `time stop ${amount.text}`)
}

/** A percentage in the sentence makes it a change over a time. */
function isAboutHolding(sentence: Sentence): boolean {
  return sentence.says("hold", "stillOpen") || sentence.anyAmount(["percent"]) < 0
}

const before = ["after", "for", "hold", "most", "until", "exit", "stillOpen", "sell"] as const

/** "After two days", "two days later", "for 10 candles". */
function isLater(sentence: Sentence, at: number): boolean {
  if (sentence.isWord(at + 1, "inARow")) return false
  for (let place = at - 1; place >= at - 6; place--) {
    if (sentence.isWord(place, ...before) || (sentence.isWord(place, "on") && sentence.says("hold", "stillOpen")))
      return true
    if (!sentence.isWord(place, "filler", "of", "at") && sentence.chunks[place]?.kind !== "mark") break
  }
  return sentence.isWord(at + 1, "after", "most")
}

/** An amount of time as a span. */
export function spanOf({ unit, value }: AmountChunk): TimeSpan {
  return unit === "candles" ? { candles: value } : { minutes: value }
}
