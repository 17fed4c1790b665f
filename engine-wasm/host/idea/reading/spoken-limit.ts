import { usualLimits } from "./mirror.ts"
import { isAverage, isPrice, type Operand } from "./operand.ts"
import type { Comparison } from "./comparison.ts"

/** "50 over the 200 average": the number is a length. "30 below RSI" is a limit. */
export function turnedRound(number: Operand, object: Operand): Pick<Comparison, "subject" | "object"> {
  if (isAverage(object) && isLength(number))
    return { subject: { ...object, numbers: [number.value!], hasLength: true }, object }
  return { subject: object, object: number }
}

const LONGEST_AVERAGE = 500

/** Whether a number can be the length of an average. */
export function isLength({ value = 0, isMoney }: Operand): boolean {
  return !isMoney && Number.isInteger(value) && value >= 2 && value <= LONGEST_AVERAGE
}

const scaled = new Set(["adx", "adxr", "dx", "plusDi", "minusDi", "aroon", "choppiness", "percentRank"])

/** Whether a number can be a limit of this value: 70 fits an RSI, 45,000 a price. */
export function fitsLimit(subject: Operand, value: number): boolean {
  const limits = usualLimits[subject.name]
  if (limits) return Math.abs(value) <= Math.max(100, Math.abs(limits[1]) * 4)
  if (scaled.has(subject.name)) return value >= 0 && value <= 100
  return isPrice(subject) && Math.abs(value) > 100
}
