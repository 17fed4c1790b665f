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

/** Whether a value has a scale of its own, on which no price stands. */
export function hasScale({ name }: Pick<Operand, "name">): boolean {
  return usualLimits[name] !== undefined || scaled.has(name)
}

/** Whether a number can be a limit of this value: 70 fits an RSI, 45,000 a price. */
export function fitsLimit(subject: Operand, value: number): boolean {
  const limits = usualLimits[subject.name]
  if (limits) return Math.abs(value) <= Math.max(100, Math.abs(limits[1]) * 4)
  if (scaled.has(subject.name)) return value >= 0 && value <= 100
  return isPrice(subject) && Math.abs(value) > 100
}

const limitNames = new Set(["rsi", "mfi"])
const SHORTEST_LIMIT = 25
/** After "at" or "below" a number is a limit, unless it is the length everybody uses. */
const SHORTEST_LED_LIMIT = 15
const USUAL_LENGTH = 14

/** Whether the number said with an oscillator is no length but a limit: "RSI 30", and "at RSI 20" that is led to. */
export function isSpokenLimit({ name, numbers }: Operand, isLed = false): boolean {
  const [limit, ...more] = numbers
  const most = Math.max(100, (usualLimits[name]?.[1] ?? 0) * 4)
  if (more.length > 0 || limit === undefined || limit >= most) return false
  return isLed
    ? usualLimits[name] !== undefined && limit >= SHORTEST_LED_LIMIT && limit !== USUAL_LENGTH
    : limitNames.has(name) && limit >= SHORTEST_LIMIT
}
