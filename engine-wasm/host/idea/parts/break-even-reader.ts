import type { IdeaDraft } from "../idea-draft.ts"
import type { Sentence } from "../reading/sentence.ts"

/** Reads "once it is up 2 %, move the stop to entry plus a bit". */
export function readBreakEven(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("breakEven")
  if (at < 0) return
  draft.breakEven ??= {}
  const plus = sentence.findFrom(at, "plus", "above")
  const extra = plus < 0 ? -1 : sentence.anyAmount(["percent"], plus)
  if (extra >= 0 && extra - plus < 4) {
    draft.breakEven.plusPercent = Math.abs(sentence.amount(extra, ["percent"])!.value)
    draft.understand(
      [sentence.chunks[plus], sentence.chunks[extra]],
      "protect",
      `break-even + ${draft.breakEven.plusPercent} %`,
    )
  }
  const from = nearest(sentence, at, ["percent"])
  const reward = nearest(sentence, at, ["reward"])
  const place = from >= 0 ? from : reward
  if (place >= 0) {
    const amount = sentence.amount(place, ["percent", "reward"])!
    if (amount.unit === "reward") draft.breakEven.atReward = amount.value
    else draft.breakEven.atPercent = Math.abs(amount.value)
    draft.understand([sentence.chunks[at], amount], "protect", `break-even from ${amount.text} on`)
  }
  draft.understand([sentence.chunks[at], ...stopWords(sentence, at)], "protect", "break-even")
}

function nearest(sentence: Sentence, at: number, units: Parameters<Sentence["amount"]>[1]): number {
  const places = sentence.chunks
    .map((_, place) => place)
    .filter((place) => sentence.amount(place, units) && isFree(sentence, [at, place]))
  return places.toSorted((a, b) => Math.abs(a - at) - Math.abs(b - at))[0] ?? -1
}

/** No other part of the protection stands between. */
function isFree(sentence: Sentence, [at, place]: [number, number]): boolean {
  const between = sentence.chunks.slice(Math.min(at, place) + 1, Math.max(at, place))
  const beside = sentence.chunks[place + 1]
  const others = ["target", "trailing", "risk", "buy", "sell"]
  return (
    !isRung(sentence, place) &&
    ![...between, beside].some((chunk) => chunk?.kind === "word" && others.includes(chunk.concept))
  )
}

/** "Half off at 2R": that is where a share is sold. */
function isRung(sentence: Sentence, at: number): boolean {
  return sentence.chunks
    .slice(Math.max(0, at - 4), at)
    .some((chunk) => chunk.kind === "amount" && chunk.unit === "share" && !chunk.isUsed)
}

/** "Move the stop to break even": that stop is no other stop. */
function stopWords(sentence: Sentence, at: number) {
  return sentence.chunks.filter(
    (chunk, place) =>
      Math.abs(place - at) <= 4 &&
      chunk.kind === "word" &&
      chunk.concept === "stop" &&
      !chunk.isUsed &&
      !hasAmount(sentence, place),
  )
}

function hasAmount(sentence: Sentence, at: number): boolean {
  return sentence.amountOf(at, ["percent"]) >= 0
}
