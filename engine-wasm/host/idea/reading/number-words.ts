import type { Piece } from "../words/piece.ts"

type FoundNumber = {
  value: number
  list?: number[]
  sign?: "+" | "-"
  /** "3-5": both ends; `value` is the first. */
  range?: number[]
  end: number
}

/** The number that begins at a piece: in figures, in words, or mixed ("50 thousand", "one and a half"). */
export function numberAt(pieces: readonly Piece[], at: number): FoundNumber | undefined {
  const first = pieces[at]
  if (first?.concept === "figure") return figureAt(pieces, at)
  return first?.concept === "number" ? wordsAt(pieces, at) : undefined
}

function figureAt(pieces: readonly Piece[], at: number): FoundNumber {
  const { value, list, text } = pieces[at]
  const sign = text.startsWith("+") ? "+" : text.startsWith("-") ? "-" : undefined
  const times = pieces[at + 1]
  if (times?.detail === "times" && times.concept === "number")
    return { value: value! * times.value!, sign, end: at + 2 }
  const to = pieces[at + 2]
  if (pieces[at + 1]?.text === "-" && !pieces[at + 1].isSpaced && to?.concept === "figure" && !to.isSpaced)
    return { value: value!, sign, range: [value!, to.value!], end: at + 3 }
  return { value: value!, list, sign, end: at + 1 }
}

/** "Two hundred and fifty thousand" is added up from left to right. */
function wordsAt(pieces: readonly Piece[], at: number): FoundNumber {
  let [total, part, end] = [0, 0, at]
  while (pieces[end]?.concept === "number" || isFurther(pieces, end, total + part)) {
    if (pieces[end].concept === "and") end++
    const { value = 0, detail } = pieces[end]
    if (detail !== "times") {
      if (part !== 0 && value >= lastFactor(part)) break
      part += value
    } else part = Math.max(part, 1) * value
    if (detail === "times" && value >= 1000) [total, part] = [total + part, 0]
    end++
  }
  const value = total + part
  return isHalf(pieces, end) ? { value: value + 0.5, end: end + halfLength(pieces, end) } : { value, end }
}

/** "One hundred and fifty": the word between joins a smaller number. */
function isFurther(pieces: readonly Piece[], at: number, soFar: number): boolean {
  const next = pieces[at + 1]
  return (
    pieces[at]?.concept === "and" &&
    next?.concept === "number" &&
    next.detail !== "times" &&
    soFar >= 100 &&
    next.value! < 100
  )
}

/** A further word must be smaller than the last place of what there is: twenty five, not five twenty. */
function lastFactor(part: number): number {
  let factor = 1
  while (part % (factor * 10) === 0) factor *= 10
  return factor
}

function isHalf(pieces: readonly Piece[], at: number): boolean {
  return halfLength(pieces, at) > 0
}

/** "And a half": how many pieces. */
function halfLength(pieces: readonly Piece[], at: number): number {
  if (pieces[at]?.concept !== "and") return 0
  if (pieces[at + 1]?.concept === "half") return 2
  return pieces[at + 1]?.concept === "filler" && pieces[at + 2]?.concept === "half" ? 3 : 0
}
