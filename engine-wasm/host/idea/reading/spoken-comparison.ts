import { relationOf } from "./relation-words.ts"
import type { Amount } from "./amount.ts"
import { type Condition, heldFor } from "./condition.ts"
import type { Chunk } from "./chunk.ts"
import type { Comparison } from "./comparison.ts"
import { MOST_IN_A_ROW } from "./condition-words.ts"
import { isPrice, type Operand } from "./operand.ts"

/** "RSI closes under 10": the close is what the RSI does. */
export function isVerb({ subject, object, words }: Comparison, operand: Operand): boolean {
  const isClose = operand.name === "close" && operand.ago === undefined && operand.timeframe === undefined
  return (
    isClose && subject !== undefined && !isPrice(subject) && subject.name !== "number" && !object && words.length === 0
  )
}

/** "Price closes above": both are the close. */
export function isSamePrice(one: Operand, other: Operand): boolean {
  return isPrice(one) && isPrice(other) && other.ago === undefined
}

/** "3 % below" is beside a line; "3 % down" is a move of the price. */
export function isBeside({ percent, words }: Comparison): boolean {
  return !percent || words.includes("below") || words.includes("above")
}

/** A comparison that holds for so many candles, or held at one of the last ones; itself where nobody said. */
export function overTime(once: Condition, said: Comparison): Condition {
  const { span, isRecent, isLasting, percent, object } = said
  if (!span || (percent && !object)) return once
  if (isRecent && !isLasting && !said.words.includes("inARow")) return { kind: "recent", of: once, span: spanOf(span) }
  const candles = lastingCandles(said)
  return candles > 1 ? heldFor(once, candles) : once
}

function spanOf({ unit, value }: Amount): { candles: number } | { minutes: number } {
  return unit === "candles" ? { candles: value } : { minutes: value }
}

/** How many candles a comparison holds for; 1 where nobody said. */
function lastingCandles({ span, words, isLasting }: Comparison): number {
  const isRow = words.includes("inARow")
  const count = span?.unit === "candles" ? span.value : isRow && span ? span.value / (span.unitMinutes ?? 1) : 1
  if (!isLasting && !isRow) return 1
  return Number.isInteger(count) && count > 1 && count <= MOST_IN_A_ROW ? count : 1
}

/** "The zorb falls below 20": the first thing of a part that could be a value is a word nobody knows. */
export function isStrange(chunks: readonly Chunk[]): boolean {
  const first = chunks.find(({ kind, isUsed }) => !isUsed && ["unknown", "operand", "amount", "range"].includes(kind))
  return first?.kind === "unknown" && first.text.length > 2
}

/** "A supertrend flip": to which side was not said. */
export function isOpenFlip(condition: Condition, { words }: Comparison): boolean {
  return condition.kind === "compare" && condition.left.name === "supertrend" && relationOf(words).way === undefined
}
