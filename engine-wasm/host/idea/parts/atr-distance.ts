import type { Chunk } from "../reading/chunk.ts"
import type { Sentence } from "../reading/sentence.ts"

/** A distance in average ranges, such as "2 ATR" or "1.5x ATR(14)", with the words it was said in. */
export type AtrDistance = { multiple: number | undefined; length: number; chunks: Chunk[] }

const REACH = 5
const multiples = ["times", "plain"] as const

/** The ATR distance beside a word. */
export function atrDistanceNear(sentence: Sentence, at: number): AtrDistance | undefined {
  for (const place of placesAround(sentence, at)) {
    const chunk = sentence.chunks[place]
    if (chunk?.kind !== "operand" || chunk.isUsed) continue
    const atr = chunk.operands.find(({ name }) => name === "atr")
    if (!atr) continue
    const length = atr.numbers[0] === undefined ? lengthNear(sentence, place) : undefined
    const amount = multipleBeside(sentence, place, length)
    const chunks = [chunk, amount, length].filter((each) => each !== undefined)
    return { multiple: amount?.value, length: atr.numbers[0] ?? length?.value ?? 14, chunks }
  }
  return undefined
}

const others = ["stop", "target", "trailing", "breakEven", "buy", "sell", "exit", "short"] as const

/** Places after the word up to the next word of its kind, then those before it, the nearest first. */
function placesAround(sentence: Sentence, at: number): number[] {
  const steps = Array.from({ length: REACH }, (_, n) => n + 1)
  const free = (place: number) => sentence.isWord(place, ...others)
  const until = (places: number[]) => places.slice(0, places.some(free) ? places.findIndex(free) : places.length)
  return [...until(steps.map((step) => at + step)), ...until(steps.map((step) => at - step))]
}

/** "… with length 10", "… over 10 candles": how many candles its range looks at. */
function lengthNear(sentence: Sentence, place: number) {
  for (const word of [1, 2, 3, 4, 5, 6, -1, -2, -3, -4].map((step) => place + step)) {
    if (!sentence.isWord(word, "length")) continue
    let [before, after] = [word - 1, word + 1]
    while (sentence.isWord(after, "filler", "of", "at", "equal")) after++
    while (sentence.isWord(before, "filler")) before--
    const amount =
      sentence.amount(after, ["plain", "candles", "length"]) ?? sentence.amount(before, ["plain", "length"])
    if (amount && Number.isInteger(amount.value) && amount.value > 0) return amount
  }
  return undefined
}

function multipleBeside(sentence: Sentence, place: number, length: Chunk | undefined) {
  for (const step of [-1, 1, -2, 2, -3, 3]) {
    const amount = sentence.amount(place + step, multiples)
    if (amount && amount !== length && (Math.abs(step) === 1 || isLoose(sentence, place, step))) return amount
  }
  return undefined
}

/** Only words that say nothing stand between. */
function isLoose(sentence: Sentence, place: number, step: number): boolean {
  const [from, to] = step > 0 ? [place + 1, place + step] : [place + step + 1, place]
  return sentence.chunks
    .slice(from, to)
    .every((chunk) => chunk.kind === "word" && ["filler", "times", "stop", "of"].includes(chunk.concept))
}
