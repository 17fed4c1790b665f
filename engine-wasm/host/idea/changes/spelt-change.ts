import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import { isAverage, type Operand } from "../reading/operand.ts"

/** "止损改成3%": between a part and its number the word of change says nothing more. */
export function spellChanges(chunks: readonly Chunk[]) {
  chunks.forEach((chunk, at) => {
    const isBetween = isWord(chunks[at - 1], "stop", "target", "trailing", "risk", "size")
    if (chunk.kind === "word" && chunk.concept === "change" && isBetween && chunks[at + 1]?.kind === "amount")
      chunk.concept = "filler"
  })
}

/** "Exit only when …" says when to leave, not when it may be entered. */
export function spellOnlyExits(chunks: readonly Chunk[]) {
  chunks.forEach((chunk, at) => {
    const isExit = isWord(chunks[at - 1], "exit", "sell", "cover")
    if (chunk.kind === "word" && chunk.concept === "only" && isExit) chunk.concept = "when"
  })
}

/** "Below the average" of a strategy with one: that one. */
export function spellTheAverage(chunks: readonly Chunk[], known: readonly Operand[]) {
  const [average, ...more] = known.filter(
    (each, at) => isAverage(each) && known.findIndex((other) => isSameLine(each, other)) === at,
  )
  if (!average || more.length > 0) return
  chunks.forEach((chunk, at) => {
    const isLine = chunk.text === "the average" && isWord(chunks[at - 1], "above", "below", "cross")
    if (isLine) Object.assign(chunk, { kind: "operand", operands: [average] })
  })
}

function isSameLine(one: Operand, other: Operand): boolean {
  return one.name === other.name && one.source === other.source && one.numbers.join() === other.numbers.join()
}

/** "Stop buying when RSI is above 70": what it says is when not to buy; what a day may lose, others read. */
export function spellPauses(chunks: readonly Chunk[]) {
  chunks.forEach((chunk, at) => {
    if (!isWord(chunk, "pause") || chunk.isUsed || !isWord(chunks[at + 1], "when")) return
    const end = chunks.findIndex((each, place) => place > at && each.kind === "mark")
    const said = chunks.slice(at + 2, end < 0 ? undefined : end)
    const isOfRules = said.some(({ kind }) => kind === "operand" || kind === "pattern")
    if (isOfRules && !said.some((each) => isWord(each, "lose", "perDay", "drawdown", "balance", "risk")))
      Object.assign(chunk, { concept: "unless" })
  })
}
