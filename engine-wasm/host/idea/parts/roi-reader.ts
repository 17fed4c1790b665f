import type { IdeaDraft } from "../idea-draft.ts"
import type { Sentence } from "../reading/sentence.ts"
import { beside, isEntering } from "./profit-words.ts"

type Item = { at: number; kind: "profit" | "time"; value: number }

/** Reads profits that are enough after a time: "5 % at once, after 4 hours 3 %, after a day 1 %". */
export function readRoi(sentence: Sentence, draft: IdeaDraft) {
  if (!sentence.says("win", "target", "roi")) return
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
