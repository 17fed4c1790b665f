import { isWord, lastMeaning, nextMeaning } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

/** "No more than 1 % above the average", "RSI at most 30": a bound of a value, where "at most 3 trades" bounds a count. */
export function boundedDistances(chunks: readonly Chunk[]): Chunk[] {
  const changed = chunks.map((chunk) => ({ ...chunk }))
  changed.forEach((chunk, at) => {
    if (!isBound(changed, at)) return
    const amount = nextMeaning(changed, at + 1)
    if (isDistance(changed, [at, amount])) return bound(changed, at)
    if (isFarFrom(changed, amount)) return near(changed, [at, amount])
    if (isOfValue(changed, [at, amount])) bound(changed, at)
  })
  return changed.map((chunk, at) => boundAfter(changed, at) ?? chunk)
}

/** "At most", and "not" before "more than". */
function isBound(chunks: readonly Chunk[], at: number): boolean {
  return isWord(chunks[at], "most") || (isWord(chunks[at], "above") && isWord(chunks[at - 1], "not"))
}

function bound(chunks: Chunk[], at: number) {
  chunks[at] = { ...chunks[at], kind: "word", concept: "atMost" }
  if (isWord(chunks[at - 1], "not")) chunks[at - 1] = { ...chunks[at - 1], kind: "word", concept: "filler" }
}

/** "… 1 % above the average": a percentage, a side and a line of the chart; in Chinese the side comes first. */
function isDistance(chunks: readonly Chunk[], [bound, at]: [number, number]): boolean {
  const way = nextMeaning(chunks, at + 1)
  if (!isPercent(chunks[at])) return false
  const isFirst = [1, 2].some((step) => isWord(chunks[bound - step], "above", "below"))
  return isFirst || (isWord(chunks[way], "above", "below") && isLineAfter(chunks, way + 1))
}

/** "… 1 % away from the average", on either side of it. */
function isFarFrom(chunks: readonly Chunk[], at: number): boolean {
  const away = nextMeaning(chunks, at + 1)
  if (!isPercent(chunks[at])) return false
  return isWord(chunks[away], "away")
    ? isLineAfter(chunks, away + 1)
    : chunks[away]?.kind === "operand" && isWord(chunks[away + 1], "away")
}

function near(chunks: Chunk[], [at, amount]: [number, number]) {
  bound(chunks, at)
  chunks[at] = { ...chunks[at], kind: "word", concept: "filler" }
  const away = nextMeaning(chunks, amount + 1)
  const word = isWord(chunks[away], "away") ? away : away + 1
  chunks[word] = { ...chunks[word], kind: "word", concept: "filler" }
  chunks[amount] = { ...chunks[amount], isNear: true } as Chunk
}

/** "RSI at most 30". */
function isOfValue(chunks: readonly Chunk[], [at, amount]: [number, number]): boolean {
  const number = chunks[amount]
  const value = chunks[lastMeaning(chunks, isWord(chunks[at - 1], "not") ? at - 2 : at - 1)]
  return number?.kind === "amount" && ["plain", "money"].includes(number.unit) && value?.kind === "operand"
}

function isPercent(chunk: Chunk | undefined): boolean {
  return chunk?.kind === "amount" && chunk.unit === "percent"
}

function isLineAfter(chunks: readonly Chunk[], at: number): boolean {
  const line = chunks[nextMeaning(chunks, at)]
  return line?.kind === "operand" || line?.kind === "amount" || line?.kind === "timeframe"
}

/** "低3%以上", "3 % or more below": the bound is said after the percentage. */
function boundAfter(chunks: readonly Chunk[], at: number): Chunk | undefined {
  const [way, amount, word] = [chunks[at - 2], chunks[at - 1], chunks[at]]
  const isAfter = isWord(way, "above", "below") && isPercent(amount) && isWord(word, "above", "below", "on")
  const text = word?.text.replaceAll(" ", "") ?? ""
  if (!isAfter || !/^(以上|以下|以内|之内|之上|之下)$/.test(text)) return undefined
  return { ...word, kind: "word", concept: text.endsWith("上") ? "atLeast" : "atMost" }
}
