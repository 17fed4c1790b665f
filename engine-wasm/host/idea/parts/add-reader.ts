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
  if (multiple >= 0 && draft.add.sizeMultiple === undefined) {
    const amount = sentence.amount(multiple, ["plain"])!
    draft.add.sizeMultiple = amount.value
    draft.understand([amount], "add", `each ${amount.value} x`)
  }
  const count = sentence.anyAmount(["plain"])
  if (count >= 0 && draft.add.maxTimes === undefined) {
    const amount = sentence.amount(count, ["plain"])!
    if (!Number.isInteger(amount.value) || amount.value < 1 || amount.value > 50) return
    draft.add.maxTimes = amount.value
    const orders = sentence.chunks[count + 1]
    const isNamed = sentence.isWord(count + 1, "safetyOrder")
    draft.understand(isNamed ? [amount, orders] : [amount], "add", `${amount.value} times`)
  }
  if (at >= 0) draft.understand([sentence.chunks[at]], "add", "buys more on the way down")
}

/** "Volume scale 1.2": no count of purchases has a fraction. */
function isMultiple(sentence: Sentence, at: number): boolean {
  const amount = sentence.amount(at, ["plain"])
  return amount !== undefined && !Number.isInteger(amount.value) && amount.value > 0 && amount.value <= 10
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
