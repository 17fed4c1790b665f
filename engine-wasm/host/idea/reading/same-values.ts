import type { Chunk } from "./chunk.ts"
import { isAverage, type Operand } from "./operand.ts"
import { isSpokenLimit } from "./spoken-limit.ts"

/** "Supertrend(10, 2.5) green …, supertrend red": the same one, whichever was named with its numbers. */
export function sameCalls(chunks: readonly Chunk[]): Chunk[] {
  const said = new Map<string, number[]>()
  for (const chunk of chunks)
    for (const operand of chunk.kind === "operand" ? chunk.operands : []) {
      const { name, numbers, hasLength } = operand
      if (hasLength && numbers.length > 0 && !said.has(name) && !isSpokenLimit(operand, true)) said.set(name, numbers)
    }
  return chunks.map((chunk) => {
    if (chunk.kind !== "operand") return chunk
    const operands = chunk.operands.map((operand) => {
      const numbers = operand.numbers.length === 0 && !isAverage(operand) ? said.get(operand.name) : undefined
      return numbers && operand.name !== "number" && operand.unitMinutes === undefined && !isExtreme(operand)
        ? { ...operand, numbers, hasLength: true }
        : operand
    })
    return { ...chunk, operands }
  })
}

/** "The 20 day high" and "the recent low" are lengths of their own. */
function isExtreme({ name }: Operand): boolean {
  return ["highest", "lowest", "highestBars", "lowestBars", "atr"].includes(name)
}

/** "… below the 20 EMA, sell at the EMA": the same one. */
export function sameAverages(chunks: readonly Chunk[]): Chunk[] {
  const named = new Map<string, Operand>()
  let before: Operand | undefined
  return chunks.map((chunk) => {
    if (chunk.kind !== "operand") return chunk
    // "Volume above its average": that of the volume.
    const isOfVolume = before?.name === "volume"
    before = chunk.operands.at(-1)
    if (isOfVolume) return chunk
    for (const operand of chunk.operands)
      if (isAverage(operand) && operand.hasLength && !operand.source) named.set(operand.name, operand)
    const same = (operand: Operand) =>
      operand.isAnyAverage ? ([...named.values()].at(-1) ?? named.get(operand.name)) : named.get(operand.name)
    const operands = chunk.operands.map((operand) => {
      const said = isAverage(operand) && !operand.hasLength && !operand.source ? same(operand) : undefined
      return said
        ? { ...operand, name: said.name, numbers: said.numbers, unitMinutes: said.unitMinutes, hasLength: true }
        : operand
    })
    return { ...chunk, operands }
  })
}
