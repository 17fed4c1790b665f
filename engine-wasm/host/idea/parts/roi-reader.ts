import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"
import { beside, isEntering } from "./profit-words.ts"

type Item = { at: number; kind: "profit" | "time"; value: number }

/** Reads profits that are enough after a time: "5 % at once, after 4 hours 3 %, after a day 1 %". */
export function readRoi(sentence: Sentence, draft: IdeaDraft) {
  if (!sentence.says("win", "target", "roi")) return
  if (readAnyProfit(sentence, draft)) return
  const items = itemsOf(sentence)
  const profits = items.filter(({ kind }) => kind === "profit")
  const times = items.filter(({ kind }) => kind === "time")
  if (times.length === 0 || isEither(sentence) || profits.length < (sentence.says("roi") ? 1 : 2)) return
  const steps = stepsOf(items, profits.length - times.length)
  if (!steps) return
  draft.roi = steps
  const chunks = sentence.chunks.filter(
    (chunk, at) =>
      items.some((item) => item.at === at) || (!chunk.isUsed && sentence.isWord(at, "win", "target", "roi", "after")),
  )
  draft.understand(
    chunks,
    "protect",
    steps.map(({ afterMinutes, percent }) => `${percent} % @ ${afterMinutes} min`).join(", "),
  )
}

/** "Close after 24 hours if in profit": from then on any profit is enough. */
function readAnyProfit(sentence: Sentence, draft: IdeaDraft): boolean {
  const at = sentence.chunks.findIndex((_, place) => sentence.amount(place, ["minutes"]) && isAfter(sentence, place))
  const win = at < 0 ? -1 : sentence.findFrom(Math.max(0, at - 8), "win")
  const [from, to] = [Math.min(at, win), Math.max(at, win)]
  const isMark = (chunk: Chunk) => chunk.kind === "mark"
  const start = sentence.chunks.findLastIndex((chunk, place) => place < from && isMark(chunk)) + 1
  const mark = sentence.chunks.findIndex((chunk, place) => place > to && isMark(chunk))
  const clause = sentence.chunks.slice(start, mark < 0 ? undefined : mark)
  const says = (...concepts: string[]) =>
    clause.some((chunk) => chunk.kind === "word" && concepts.includes(chunk.concept))
  const isPercent = clause.some((chunk) => chunk.kind === "amount" && chunk.unit === "percent")
  if (win < 0 || to - from > 8 || isPercent || says("lose") || !says("exit", "sell") || !says("when", "only"))
    return false
  const amount = sentence.amount(at, ["minutes"])!
  draft.roi = [{ afterMinutes: amount.value, percent: 0 }]
  draft.assume("target", `0 % (${amount.text})`)
  const words = clause.filter(
    (chunk) =>
      chunk.kind === "word" &&
      !chunk.isUsed &&
      ["win", "exit", "sell", "after", "only", "when"].includes(chunk.concept),
  )
  draft.understand([amount, ...words], "protect", `0 % @ ${amount.value} min`)
  return true
}

function itemsOf(sentence: Sentence): Item[] {
  return sentence.chunks.flatMap((_, at): Item[] => {
    const profit = sentence.amount(at, ["percent"])
    if (profit) return isOther(sentence, at) ? [] : [{ at, kind: "profit", value: Math.abs(profit.value) }]
    const time = sentence.amount(at, ["minutes"])
    return time && isAfter(sentence, at) ? [{ at, kind: "time", value: time.value }] : []
  })
}

/** "Falls 5 %", "stop 2 %": no profit. */
function isOther(sentence: Sentence, at: number): boolean {
  const isMove = beside(sentence, at, ["down", "up", "dip", "rally", "falling", "rising", "below", "above"])
  return (isMove && isEntering(sentence, at)) || beside(sentence, at, ["stop", "lose", "trailing"])
}

/** "3 % profit or after 4 days": either closes it. */
function isEither(sentence: Sentence): boolean {
  return sentence.chunks.some((_, at) => sentence.isWord(at, "or") && sentence.isWord(at + 1, "after"))
}

function isAfter(sentence: Sentence, at: number): boolean {
  return (
    sentence.isWord(at - 1, "after") ||
    sentence.isWord(at + 1, "after") ||
    (sentence.isWord(at - 1, "filler") && sentence.isWord(at - 2, "after"))
  )
}

/** Times and profits in turn; one profit more is the one that is enough at once. */
function stepsOf(items: readonly Item[], surplus: number): { afterMinutes: number; percent: number }[] | undefined {
  if (surplus !== 0 && surplus !== 1) return undefined
  const [first, ...rest] = items
  const hasStart = surplus === 1
  if (hasStart && first.kind !== "profit") return undefined
  const pairs = hasStart ? rest : items
  const steps = hasStart ? [{ afterMinutes: 0, percent: first.value }] : []
  for (let n = 0; n + 1 < pairs.length; n += 2) {
    const [one, other] = [pairs[n], pairs[n + 1]]
    if (one.kind === other.kind) return undefined
    const [profit, time] = one.kind === "profit" ? [one, other] : [other, one]
    steps.push({ afterMinutes: time.value, percent: profit.value })
  }
  return steps.toSorted((a, b) => a.afterMinutes - b.afterMinutes)
}
