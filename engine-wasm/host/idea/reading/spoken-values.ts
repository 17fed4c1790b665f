import type { Chunk } from "./chunk.ts"
import type { Comparison } from "./comparison.ts"
import { isAverage, isPrice, type Operand } from "./operand.ts"
import { relationOf } from "./relation-words.ts"
import { isBeside } from "./spoken-comparison.ts"
import { fitsLimit, isLength, turnedRound } from "./spoken-limit.ts"

/** A value that was named without saying anything of it. */
export type BareValue = { subject: Operand; second?: Operand; chunks: Chunk[] }

/** What is known of the part a comparison stands in: whether a word nobody knows leads it, and whether other readers took some of it. */
type Part = { isStrange: boolean; isCut: boolean }

/** The values that were spoken of so far: what a comparison leaves out is one of them. */
export class SpokenValues {
  /** The newest last: "and sell above 70" means one of them. */
  readonly subjects: Operand[]
  /** Values of which nothing was said. */
  readonly bare: BareValue[] = []
  /** The newest comparison, for "… and below 70", "… and the 50" and "when it crosses below". */
  last: Comparison | undefined
  /** The newest crossing, for "… and sell when they cross back down" after another condition. */
  lastCross: Comparison | undefined

  constructor(known: readonly Operand[]) {
    this.subjects = [...known]
  }

  /** What was left out is what was spoken of before; the price, where nothing was. */
  completed(said: Comparison, part: Part): Comparison {
    const { subject, object } = said
    if (!subject && !object) return this.#repeated(said, part)
    if (subject?.name === "number" && object && object.name !== "number")
      return { ...said, ...turnedRound(subject, object) }
    if (subject?.name === "number" && !object && said.words.length > 0)
      return { ...said, subject: this.valueFor(subject), object: subject }
    if (!subject && object?.name === "number")
      return { ...said, subject: this.valueFor(object) ?? (part.isStrange ? object : undefined) }
    const named = this.bare.at(-1)?.subject
    if (
      subject &&
      !object &&
      !said.second &&
      named &&
      isAverage(named) &&
      isAverage(subject) &&
      relationOf(said.words).style
    )
      return { ...said, subject: named, object: subject }
    // "EMA 200: buy when the price is above".
    if (
      subject &&
      isPrice(subject) &&
      !object &&
      isBeside(said) &&
      named &&
      isAverage(named) &&
      relationOf(said.words).way
    )
      return { ...said, object: named }
    // "… below the 50 day average, close it when it closes above": the same line.
    const line = this.last?.subject && isPrice(this.last.subject) ? this.last.object : undefined
    const isOpen = subject && isPrice(subject) && !object && !said.percent && isBeside(said)
    if (
      isOpen &&
      line &&
      line.name !== "number" &&
      !isPrice(line) &&
      said.words.some((word) => word === "above" || word === "below")
    )
      return { ...said, object: line }
    const speaksOfAverages = [...this.subjects, ...this.bare.map((each) => each.subject)].every(
      (each) => isAverage(each) || isPrice(each) || each.name === "number",
    )
    if (
      subject?.name === "number" &&
      object?.name === "number" &&
      isLength(subject) &&
      isLength(object) &&
      speaksOfAverages &&
      said.words.length > 0 &&
      !part.isStrange
    )
      return { ...said, subject: this.#averageOf(subject), object: this.#averageOf(object) }
    if (subject && object?.name === "number" && isAverage(subject) && isLength(object))
      return { ...said, object: { ...subject, numbers: [object.value!], hasLength: true } }
    return said
  }

  /** "Two EMAs, 10 and 30 …": a pair of which nothing was said yet. */
  #barePair(): Comparison | undefined {
    const pair = this.bare.findLast(({ second }) => second !== undefined)
    return pair && { subject: pair.subject, second: pair.second, words: [] }
  }

  /** "… when it crosses below": the same two values as before. */
  #repeated(said: Comparison, { isCut }: Part): Comparison {
    const { style, way } = relationOf(said.words)
    const isPlain = this.last?.object?.name === "number"
    const last = (style === "cross" && isPlain ? this.lastCross : undefined) ?? this.last ?? this.#barePair()
    // "RSI is under 30 and rising": the same value.
    const isMoving = said.words.every((word) => word === "rising" || word === "falling")
    if (last?.subject && !last.second && isMoving && way && !said.percent && !isCut)
      return { ...said, subject: last.subject }
    if (!last || said.percent || !way || isCut) return said
    const isPair = last.second !== undefined || (last.object !== undefined && last.object.name !== "number")
    if (isPair ? style !== "cross" && style !== "move" && style !== "state" : last.object !== undefined) return said
    return { ...said, subject: last.subject, second: last.second, object: last.object }
  }

  /** "An uptrend (50 > 200)", "when 8 crosses under 21": lengths of averages, of the kind that was spoken of. */
  #averageOf({ value }: Operand): Operand {
    const kind = [...this.subjects, ...this.bare.map(({ subject }) => subject)].findLast(isAverage)
    return { name: kind?.name ?? "sma", numbers: [value!], hasLength: true }
  }

  /** The newest value that a limit fits: 70 fits an RSI, 45,000 a price. */
  valueFor(limit: Operand): Operand | undefined {
    const value = limit.value ?? 0
    return limit.isMoney ? undefined : this.subjects.toReversed().find((subject) => fitsLimit(subject, value))
  }
}
