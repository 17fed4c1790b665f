import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import type { BareValue } from "../reading/spoken-values.ts"
import type { Operand } from "../reading/operand.ts"

const lengths = ["plain", "length", "candles"]

/** "Set the RSI length to 21", "change length to 21": another length of what the strategy has; its words are taken. */
export function takeLengths(chunks: readonly Chunk[], known: readonly Operand[]): BareValue[] {
  // "ATR stop 2x with length 10": the stop's own.
  if (chunks.some((chunk) => chunk.kind === "operand" && chunk.operands[0].name === "atr")) return []
  return chunks.flatMap((chunk, at): BareValue[] => {
    if (!isWord(chunk, "length") || chunk.isUsed) return []
    const amount = lengthAfter(chunks, at + 1)
    const named = valueBeside(chunks, at)
    const value = named?.kind === "operand" ? named.operands[0] : onlyValue(known)
    if (!amount || !value || !known.some(({ name }) => name === value.name)) return []
    const taken = named ? [chunk, amount, named] : [chunk, amount]
    return [{ subject: { ...value, numbers: [amount.value], hasLength: true }, chunks: taken }]
  })
}

function lengthAfter(chunks: readonly Chunk[], start: number) {
  let at = start
  while (at < start + 6 && (isWord(chunks[at], "filler", "to", "of", "at", "equal") || chunks[at]?.kind === "operand"))
    at++
  const amount = chunks[at]
  const isLength = amount?.kind === "amount" && lengths.includes(amount.unit) && !amount.list
  return isLength && Number.isInteger(amount.value) && amount.value > 0 ? amount : undefined
}

/** "RSI length", "length of the RSI": an indicator without a length of its own directly beside the word. */
function valueBeside(chunks: readonly Chunk[], at: number): Chunk | undefined {
  const beside = [at - 1, at + 1, at + 2, at + 3].map((place) => chunks[place])
  return beside.find((chunk) => chunk?.kind === "operand" && !chunk.isUsed && !chunk.operands[0].hasLength)
}

/** "Change length to 21" beside several lengths: those it may mean, written as people say them. */
export function openLengths(chunks: readonly Chunk[], known: readonly Operand[]): string[] {
  const at = chunks.findIndex((chunk) => isWord(chunk, "length") && !chunk.isUsed)
  if (at < 0 || !lengthAfter(chunks, at + 1)) return []
  const named = valueBeside(chunks, at)
  const name = named?.kind === "operand" ? named.operands[0].name : undefined
  const meant = known.filter((each) => each.numbers.length > 0 && (name === undefined || each.name === name))
  const lengths = [...new Set(meant.map((each) => `${each.name} ${each.numbers[0]}`))]
  return lengths.length > 1 ? lengths : []
}

/** The one indicator of the strategy; undefined where it has several. */
function onlyValue(known: readonly Operand[]): Operand | undefined {
  const named = known.filter(({ numbers }) => numbers.length > 0)
  return new Set(named.map(({ name, numbers }) => `${name} ${numbers.join()}`)).size === 1 ? named[0] : undefined
}
