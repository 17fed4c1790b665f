import type { IdeaDraft } from "../idea-draft.ts"
import type { AmountChunk, Sentence } from "../reading/sentence.ts"

/** A length of time in candles or in minutes. */
export type TimeSpan = { candles: number } | { minutes: number }

/** Reads "close after two days", "hold at most 48 hours", "sell an hour later". */
export function readTimeStop(sentence: Sentence, draft: IdeaDraft) {
  const leaves = sentence.says("sell", "exit", "cover", "hold", "stillOpen")
  if (!leaves || sentence.says("trailing")) return
  const isHolding = isAboutHolding(sentence)
  const first = sentence.chunks.findIndex((_, place) => {
    const span = sentence.amount(place, ["minutes", "candles"])
    if (!span) return false
    const from = beginningOf(sentence, place)
    return span.isNext === true || (isHolding && isLater(sentence, from)) || isLeftAfter(sentence, from)
  })
  if (first < 0) return
  const at = endOf(sentence, first)
  const range = sentence.chunks.slice(beginningOf(sentence, at), at)
  const [amount] = [first, at]
    .map((place) => sentence.amount(place, ["minutes", "candles"])!)
    .toSorted((one, other) => other.value - one.value)
  draft.timeStop = spanOf(amount)
  const words = sentence.chunks.filter(
    (chunk) => chunk.kind === "word" && ["hold", "stillOpen"].includes(chunk.concept),
  )
  if (range.length > 0 || amount.list) draft.assume("exit", `≤ ${amount.text.replace(/^.*\d\s*[-–]\s*/, "")}`)
  draft.understand([...range, sentence.chunks[at], ...words.slice(0, 1)], "protect", `time stop ${amount.text}`)
}

/** "3 to 5 days", "between 3 and 5 days": where the lower bound stands; the upper one is the time stop. */
function beginningOf(sentence: Sentence, at: number): number {
  if (!sentence.isWord(at - 1, "to", "and", "or")) return at
  if (!sentence.amount(at - 2, ["plain", "minutes", "candles"])) return at
  if (sentence.isWord(at - 1, "to")) return sentence.isWord(at - 3, "from") ? at - 3 : at - 2
  const isBetween = sentence.isWord(at - 3, "between")
  return isBetween ? at - 3 : sentence.isWord(at - 1, "or") ? at - 2 : at
}

/** "3 days or 5 days", "between 3 days and 5 days": where the other bound stands, if its unit is the same. */
function endOf(sentence: Sentence, at: number): number {
  const isBetween = sentence.isWord(at - 1, "between") && sentence.isWord(at + 1, "and")
  if (!isBetween && !sentence.isWord(at + 1, "or", "to")) return at
  const unit = sentence.amount(at, ["minutes", "candles"])!.unit
  return sentence.amount(at + 2, [unit]) ? at + 2 : at
}

/** A percentage in the sentence makes it a change over a time. */
function isAboutHolding(sentence: Sentence): boolean {
  return sentence.says("hold", "stillOpen") || sentence.anyAmount(["percent"]) < 0
}

/** "Sell after 3 days", "out after 12 candles": said outright, whatever else the sentence has. */
function isLeftAfter(sentence: Sentence, at: number): boolean {
  if (sentence.isWord(at + 1, "inARow", "green", "red")) return false
  let place = at - 1
  while (sentence.isWord(place, "filler")) place--
  // "Sell at +4 % or at 5 days".
  while (sentence.isWord(place, "at", "filler", "on")) place--
  if (sentence.isWord(place, "or")) return isLeaving(sentence.chunks.slice(0, place))
  // "Sal a las 6 horas".
  const reached = sentence.isWord(place, "to") ? place - 1 : place
  if (
    reached < at - 1 &&
    sentence.isWord(reached, "sell", "exit", "cover") &&
    !sentence.amount(at, ["minutes"])?.isShort
  )
    return true
  if (!sentence.isWord(place, "after")) return false
  if (sentence.isWord(place - 1, "or")) return isLeaving(sentence.chunks.slice(0, place))
  while (sentence.isWord(place - 1, "filler", "it", "position")) place--
  return sentence.isWord(place - 1, "sell", "exit", "cover")
}

/** The last thing that is done is to leave. */
function isLeaving(chunks: Sentence["chunks"]): boolean {
  const deed = chunks.findLast(
    (chunk) => chunk.kind === "word" && ["buy", "short", "sell", "exit", "cover"].includes(chunk.concept),
  )
  return deed?.kind === "word" && deed.concept !== "buy" && deed.concept !== "short"
}

const before = ["after", "for", "hold", "most", "until", "exit", "stillOpen", "sell"] as const

/** "After two days", "two days later", "for 10 candles". */
function isLater(sentence: Sentence, at: number): boolean {
  if (sentence.isWord(at + 1, "inARow", "green", "red") || isOfCondition(sentence, at)) return false
  for (let place = at - 1; place >= at - 6; place--) {
    if (sentence.isWord(place, ...before) || (sentence.isWord(place, "on") && sentence.says("hold", "stillOpen")))
      return true
    const isBound = sentence.isWord(place, "above") && sentence.says("hold")
    if (!isBound && !sentence.isWord(place, "filler", "of", "at", "between") && sentence.chunks[place]?.kind !== "mark")
      break
  }
  return sentence.isWord(at + 1, "after", "most")
}

const said = ["above", "below", "up", "down", "rising", "falling", "positive", "negative", "green", "red"] as const
const deeds = ["buy", "short", "sell", "exit", "cover", "hold", "stillOpen", "when", "until"] as const

/** "Above the average for 5 candles": so long something was so, where nothing was done in between. */
function isOfCondition(sentence: Sentence, at: number): boolean {
  let word = at - 1
  while (sentence.isWord(word, "filler", "of")) word--
  if (!sentence.isWord(word, "for")) return false
  const deed = sentence.chunks.findLastIndex((_, place) => place < word && sentence.isWord(place, ...deeds))
  const isMark = sentence.chunks.slice(deed + 1, word).some((chunk) => chunk.kind === "mark")
  const isSaid = sentence.chunks.slice(deed + 1, word).some((_, n) => sentence.isWord(deed + 1 + n, ...said))
  return isSaid && !isMark && !sentence.isWord(deed, "hold", "stillOpen")
}

/** An amount of time as a span; of a range, the longest. */
export function spanOf({ unit, value, list = [value] }: AmountChunk): TimeSpan {
  const longest = Math.max(...list)
  return unit === "candles" ? { candles: longest } : { minutes: longest }
}
