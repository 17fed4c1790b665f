import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

/** The range of the turtles' rules: "2N" is twice the average range of 20 candles. */
const TURTLE_LENGTH = 20

/** "Stop 2N": the letter is a range, beside a number and near a stop, a target or further purchases. */
export function turtleRanges(chunks: readonly Chunk[]): Chunk[] {
  return chunks.map((chunk, at) => {
    const before = chunks[at - 1]
    const isRange =
      /^n$/i.test(chunk.text) &&
      chunk.kind === "unknown" &&
      before?.kind === "amount" &&
      before.unit === "plain" &&
      chunks
        .slice(Math.max(0, at - 5), at + 5)
        .some((each) => isWord(each, "stop", "trailing", "target", "safetyOrder", "add"))
    return isRange
      ? { ...chunk, kind: "operand" as const, operands: [{ name: "atr", numbers: [TURTLE_LENGTH], hasLength: true }] }
      : chunk
  })
}
