import type { IdeaDraft } from "../idea-draft.ts"
import type { Sentence } from "../reading/sentence.ts"

/** Reads further purchases as the price falls: how many, how far apart, how much larger each. */
export function readAdds(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.find("safetyOrder", "dca", "add")
  const isDown = sentence.says("down", "dip", "below", "lose")
  if (at < 0 && !(draft.add && sentence.has("previous"))) return
  if (at >= 0 && sentence.isWord(at, "add") && !isDown) return
  const percent = sentence.says("safetyOrder") || isDown ? dropAt(sentence) : -1
  const isSteps = sentence.says("safetyOrder") || percent >= 0
  if (!isSteps && !draft.add) return
  draft.add ??= {}
  if (percent >= 0) {
    draft.add.everyDropPercent = Math.abs(sentence.amount(percent, ["percent"])!.value)
    const words = sentence.chunks.slice(percent, sentence.isWord(percent + 1, "lower") ? percent + 2 : percent + 1)
    draft.understand(words, "add", `every ${draft.add.everyDropPercent} %`)
  }
  const times = sentence.anyAmount(["times"])
  if (times >= 0) {
    const amount = sentence.amount(times, ["times"])!
    const isMost = sentence.isWord(times - 1, "most", "until") || sentence.isWord(times + 1, "most")
    const isCount = isMost || amount.value > 5
    if (isCount) draft.add.maxTimes = amount.value
    else draft.add.sizeMultiple = amount.value
    const words = sentence.chunks.slice(sentence.isWord(times - 1, "size") ? times - 1 : times, times + 1)
    draft.understand(words, "add", isCount ? `${amount.value} times` : `each ${amount.value} x`)
  }
  const multiple = sentence.chunks.findIndex((_, place) => isMultiple(sentence, place))
  const step = sentence.chunks.findIndex(
    ({ text }, place) => text === "step scale" && sentence.amount(place + 1, ["plain", "times"]),
  )
  if (step >= 0 && sentence.amount(step + 1, ["plain", "times"])!.value !== 1)
    draft.notPossible.push(`step scale ${sentence.chunks[step + 1].text}`)
  if (multiple >= 0 && draft.add.sizeMultiple === undefined) {
    const amount = sentence.amount(multiple, ["plain"])!
    draft.add.sizeMultiple = amount.value
    const isNamed = sentence.isWord(multiple - 1, "times")
    draft.understand(isNamed ? [sentence.chunks[multiple - 1], amount] : [amount], "add", `each ${amount.value} x`)
  }
  readCount(sentence, draft.add, draft)
  readBaseOrder(sentence, draft)
  const words = sentence.chunks.filter((chunk, place) => !chunk.isUsed && sentence.isWord(place, "safetyOrder"))
  for (const word of words) draft.understand([word], "add", "buys more on the way down")
  if (at >= 0) draft.understand([sentence.chunks[at]], "add", "buys more on the way down")
}

/** "Base order 20": the first purchase, in money. */
function readBaseOrder(sentence: Sentence, draft: IdeaDraft) {
  const at = sentence.chunks.findIndex(({ text }) => /^(base|first|initial) (order|buy)$/.test(text))
  const place = at < 0 || draft.size ? -1 : sentence.amountOf(at, ["plain", "money"])
  const amount = sentence.amount(place, ["plain", "money"])
  if (!amount || !(amount.value > 0)) return
  draft.size = { kind: "quote", amount: amount.value }
  draft.understand([sentence.chunks[at], amount], "size", `${amount.value} a position`)
}

/** How many further purchases: "scale in 3 times", "max 5 safety orders"; a limit of the entry is none. */
function readCount(sentence: Sentence, add: NonNullable<IdeaDraft["add"]>, draft: IdeaDraft) {
  const places = sentence.chunks.map((_, place) => place).filter((place) => isCount(sentence, place))
  const named = places.find((place) => isNamedCount(sentence, place)) ?? places[0]
  if (named === undefined || add.maxTimes !== undefined) return
  const amount = sentence.amount(named, ["plain"])!
  add.maxTimes = amount.value
  const isNamed = sentence.isWord(named + 1, "safetyOrder")
  draft.understand(isNamed ? [amount, sentence.chunks[named + 1]] : [amount], "add", `${amount.value} times`)
}

const MOST_PURCHASES = 50

function isCount(sentence: Sentence, at: number): boolean {
  const amount = sentence.amount(at, ["plain"])
  if (!amount || !Number.isInteger(amount.value) || amount.value < 1 || amount.value > MOST_PURCHASES) return false
  let before = at - 1
  while (sentence.isWord(before, "filler", "at", "equal")) before--
  const isSize = sentence.isWord(before, "size") || /(scale|multiplier)$/.test(sentence.chunks[at - 1]?.text ?? "")
  return (
    !isSize &&
    sentence.chunks[before]?.kind !== "operand" &&
    !sentence.isWord(at - 1, "above", "below", "cross", "crossUp", "crossDown", "reach", "touch")
  )
}

/** "3 times", "5 safety orders", "max 5". */
function isNamedCount(sentence: Sentence, at: number): boolean {
  const after = sentence.chunks[at + 1]?.text ?? ""
  return (
    /^(times|mal|veces|fois|vezes|次)$/.test(after) ||
    sentence.isWord(at + 1, "safetyOrder") ||
    [1, 2].some((step) => sentence.isWord(at - step, "most"))
  )
}

/** "Volume scale 1.2": no count of purchases has a fraction. */
function isMultiple(sentence: Sentence, at: number): boolean {
  const amount = sentence.amount(at, ["plain"])
  const isScale = /^(volume|order|size|martingale|safety order volume) (scale|multiplier)$/.test(
    sentence.chunks[at - 1]?.text,
  )
  const isNamed = isScale || sentence.isWord(at - 1, "times")
  if (sentence.chunks[at - 1]?.text.startsWith("step ")) return false
  return amount !== undefined && (isNamed || !Number.isInteger(amount.value)) && amount.value > 0 && amount.value <= 10
}

/** The percentage between purchases: "every 2.5 % drop", "each 3 % down". */
function dropAt(sentence: Sentence): number {
  const places = sentence.chunks.map((_, place) => place).filter((place) => sentence.amount(place, ["percent"]))
  const marked = places.find(
    (place) =>
      sentence.isWord(place - 1, "every") ||
      sentence.isWord(place + 1, "down", "dip", "below", "away") ||
      sentence.isWord(place - 1, "down", "dip", "below"),
  )
  const plain = places.find(
    (place) =>
      !sentence.isWord(place + 1, "win", "target", "stop") &&
      !sentence.isWord(place - 1, "win", "target", "stop", "plus"),
  )
  return marked ?? plain ?? -1
}
