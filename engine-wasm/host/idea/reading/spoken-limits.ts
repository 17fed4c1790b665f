import type { Piece } from "../words/piece.ts"
import { isLimit } from "./length-list.ts"
import { middleOf, usualLimits } from "./mirror.ts"
import { numberAt } from "./number-words.ts"

/** A low and a high limit said together, and the piece after them. */
type FoundLimits = { limits: [low: number, high: number]; end: number }

/** A smaller number beside another without a slash is a length: "RSI 14 70". */
const LEAST_SPACED_LIMIT = 15

/** "RSI 30/70", "stochastic 20 80": limits on either side of the middle, which lengths are not. */
export function limitsAt(pieces: readonly Piece[], at: number, name: string): FoundLimits | undefined {
  if (usualLimits[name] === undefined) return undefined
  const first = numberAt(pieces, at)
  if (!first || first.range) return undefined
  const isJoined = pieces[first.end]?.text === "/"
  const second = numberAt(pieces, isJoined ? first.end + 1 : first.end)
  if (!second || isLimit(pieces, second.end) || isLonger(pieces, second.end)) return undefined
  const limits: [number, number] = [Math.min(first.value, second.value), Math.max(first.value, second.value)]
  if (!isJoined && limits[0] >= 0 && limits[0] < LEAST_SPACED_LIMIT) return undefined
  return areLimits(limits, name) ? { limits, end: second.end } : undefined
}

/** Whether two numbers lie on either side of the middle of its scale, and on the scale. */
export function areLimits([low, high]: readonly number[], name: string): boolean {
  const middle = middleOf(name)
  const usual = usualLimits[name]
  if (middle === undefined || !usual) return false
  return low < middle && high > middle && high - middle <= (usual[1] - middle) * 4
}

/** "MACD 12/26/9": a third number makes a list of lengths. */
function isLonger(pieces: readonly Piece[], at: number): boolean {
  return pieces[at]?.text === "/" || pieces[at]?.concept === "candle" || pieces[at]?.concept === "length"
}
