import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import { fixedGrid } from "../recipes/fixed-grid.ts"
import { isLineCount, rangeIn, wordsOfLines } from "../recipes/grid-said.ts"
import type { MovedNumber } from "./moved-number.ts"
import { numberAt, withParamAt } from "./set-number.ts"

const MOST_LINES = 200

/** "20 levels", "between 55k and 75k", "top at 75k": other lines or another range of a grid. */
export function takeGridChange(chunks: readonly Chunk[], draft: IdeaDraft, given: WrittenStrategy): MovedNumber[] {
  if (!isGrid(given)) return []
  return [...takeLines(chunks, draft), ...takeRange(chunks, draft, given)]
}

/** Whether a document holds more the lower the price is in a range. */
export function isGrid({ code, params }: WrittenStrategy): boolean {
  return code != null && params?.lines !== undefined && params.most !== undefined
}

function takeLines(chunks: readonly Chunk[], draft: IdeaDraft): MovedNumber[] {
  const at = chunks.findIndex(
    (chunk, place) => chunk.kind === "amount" && !chunk.isUsed && chunk.unit === "plain" && isLineCount(chunks, place),
  )
  const count = chunks[at]
  if (count?.kind !== "amount") return []
  if (!Number.isInteger(count.value) || count.value < 2 || count.value > MOST_LINES) return [{ ask: "length" }]
  draft.understand([count, ...wordsOfLines(chunks, at)], "enter", `${count.value} lines`)
  return [{ change: (document) => withParamAt(document, "lines", count.value) }]
}

function takeRange(chunks: readonly Chunk[], draft: IdeaDraft, given: WrittenStrategy): MovedNumber[] {
  const free = chunks.filter(({ isUsed }) => !isUsed)
  const both = rangeIn(free) ?? pairIn(free)
  const [low, high] = both?.ends ?? []
  const end = both ? undefined : endIn(free, given)
  if (both) draft.understand(both.chunks, "enter", `${low} – ${high}`)
  if (both)
    return low > 0 && high > low
      ? [{ change: (document) => withRange(document, { low, high }) }]
      : [{ ask: "contradiction" }]
  if (!end) return []
  draft.understand(end.chunks, "enter", end.chunks.map(({ text }) => text).join(" "))
  const range = { low: rangeEnd(given, "bottom"), high: rangeEnd(given, "top"), ...end.to }
  if (!(range.low > 0) || !(range.high > range.low)) return [{ ask: "contradiction" }]
  return [{ change: (document) => withRange(document, range) }]
}

function rangeEnd(given: WrittenStrategy, name: "top" | "bottom"): number {
  return numberAt(given, ["params", name, "value"]) ?? Number.NaN
}

/** "5.5万到7.5万之间", "55000 75000": two prices and nothing else. */
function pairIn(chunks: readonly Chunk[]) {
  const amounts = chunks.filter(isPrice)
  const isRange = amounts.length === 2 && chunks.some((chunk) => isWord(chunk, "between", "to", "from", "at"))
  return isRange ? { chunks: amounts, ends: amounts.map(({ value }) => value).toSorted((a, b) => a - b) } : undefined
}

function isPrice(chunk: Chunk): chunk is Chunk & Amount {
  return chunk.kind === "amount" && (chunk.unit === "plain" || chunk.unit === "money")
}

const tops = /^(?:top|upper|high|highest|ober|hoch|superior|arriba|techo|haut|superieur|topo|teto|上)/
const bottoms = /^(?:bottom|lower|low|lowest|unter|tief|inferior|abajo|suelo|bas|inferieur|fundo|piso|下)/

/** "Top at 75k": one end of the range. */
function endIn(chunks: readonly Chunk[], given: WrittenStrategy) {
  if (given.params?.top === undefined) return undefined
  const amounts = chunks.filter(isPrice)
  const word = chunks.find(({ text }) => tops.test(text) || bottoms.test(text))
  if (amounts.length !== 1 || !word) return undefined
  const to = tops.test(word.text) ? { high: amounts[0].value } : { low: amounts[0].value }
  return { chunks: [word, amounts[0]], to }
}

/** A grid that follows the market gets a fixed range; the rest of it stays. */
function withRange(document: WrittenStrategy, { low, high }: { low: number; high: number }): WrittenStrategy {
  if (document.params?.top && document.params.bottom)
    return withParamAt(withParamAt(document, "top", high), "bottom", low)
  const lines = numberAt(document, ["params", "lines", "value"]) ?? 10
  const { params, code } = fixedGrid({ markets: document.markets ?? [], lines, range: { low, high } })
  return { ...document, params: { ...params, most: document.params!.most }, code }
}
