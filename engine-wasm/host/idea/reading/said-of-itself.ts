import type { Comparison, Reader } from "./comparison.ts"
import { compare, type Condition } from "./condition.ts"
import { isOscillator, usualLimits } from "./mirror.ts"
import { candleRun } from "./condition-words.ts"
import { isAverage, isPrice, numberOperand, type Operand, priceOperand } from "./operand.ts"
import type { SaidRelation } from "./relation-words.ts"
import { withUsualOutput } from "./usual-output.ts"
import type { Piece } from "../words/piece.ts"

/** What a word says of a value alone: "MACD turns green", "RSI is oversold", "ADX is rising". */
export function ofItself(
  subject: Operand,
  { words }: Comparison,
  relation: SaidRelation,
  reader: Reader,
): Condition | undefined {
  const limits = usualLimits[subject.name]
  if (words.includes("oversold") || words.includes("overbought")) return extremeLimit(subject, words, relation)
  const partner = partnerOf(subject)
  const isUp = relation.way === undefined ? reader.isExit === reader.isShort : relation.way === "up"
  const isSigned = words.includes("positive") || words.includes("negative")
  if (subject.name === "macd" && isSigned)
    return compare(
      { ...subject, output: subject.output ?? "line" },
      relation.style === "cross" || relation.style === "move" ? (isUp ? "crossover" : "crossunder") : isUp ? ">" : "<",
      0,
    )
  if (partner && (relation.style !== undefined || relation.way)) return beside(subject, partner, relation, isUp)
  if (limits || isOscillator(subject.name)) return swinging(subject, words, relation, isUp)
  // "BTC above the 20 day average": the market is its price.
  if (isAverage(subject) && (words.includes("above") || words.includes("below")))
    return compare(
      "close",
      relation.style === "cross" ? (isUp ? "crossover" : "crossunder") : isUp ? ">" : "<",
      subject,
    )
  const isColour = words.length > 0 && words.every((word) => word === "green" || word === "red")
  if (isPrice(subject) && isColour) return candleRun(isUp, 1)
  if (words.includes("rising") || words.includes("falling") || relation.way) return moving(subject, relation)
  if (isAverage(subject) && relation.style === "cross")
    return compare("close", isUp ? "crossover" : "crossunder", subject)
  if (isAverage(subject) && (relation.style === "touch" || relation.style === "reach"))
    return touching(subject, isUp ? "down" : "up")
  return undefined
}

function extremeLimit(given: Operand, words: readonly Piece["concept"][], { style, way }: SaidRelation): Condition {
  const [low, high] = usualLimits[given.name] ?? [30, 70]
  const subject = withUsualOutput(given, { way: undefined, style: undefined })
  const isLow = words.includes("oversold")
  const limit = isLow ? low : high
  // "Leaves oversold" crosses back.
  if (style === "cross" && way === (isLow ? "up" : "down"))
    return compare(subject, isLow ? "crossover" : "crossunder", limit)
  return compare(subject, isLow ? "<" : ">", limit)
}

/** The line that a many-valued indicator is read against. */
export function partnerOf({ name, output, numbers }: Operand): [Operand, Operand] | undefined {
  const part = (outputName: string): Operand => ({ name, numbers, output: outputName, hasLength: true })
  const zero = numberOperand(0)
  if (name === "macd") return output === "histogram" ? [part("histogram"), zero] : [part("line"), part("signal")]
  if (name === "stoch" || name === "stochf" || name === "stochRsi") return [part("k"), part("d")]
  if (name === "supertrend") return [part("direction"), zero]
  if (name === "aroon") return [part("up"), part("down")]
  if (name === "sar") return [priceOperand("close"), { name, numbers }]
  if (name === "ichimoku") return [part("conversion"), part("base")]
  if (name === "plusDi")
    return [
      { name, numbers },
      { name: "minusDi", numbers },
    ]
  return undefined
}

function beside(subject: Operand, [line, other]: [Operand, Operand], relation: SaidRelation, isUp: boolean): Condition {
  const isState = relation.style === "state" || relation.style === undefined
  const isMacdZero = subject.name === "macd" && isState
  if (isMacdZero) return compare({ ...subject, output: subject.output ?? "histogram" }, isUp ? ">" : "<", 0)
  return compare(line, isState ? (isUp ? ">" : "<") : isUp ? "crossover" : "crossunder", other)
}

function swinging(
  subject: Operand,
  words: readonly Piece["concept"][],
  relation: SaidRelation,
  isUp: boolean,
): Condition | undefined {
  if (words.includes("positive") || words.includes("negative"))
    return compare(subject, relation.style === "cross" ? (isUp ? "crossover" : "crossunder") : isUp ? ">" : "<", 0)
  return relation.way ? moving(subject, relation) : undefined
}

function moving(subject: Operand, { way }: SaidRelation): Condition {
  return { kind: "move", of: subject, isUp: way === "up", candles: 1 }
}

/** A candle reaches a line with its high or its low. */
export function touching(object: Operand, way: "up" | "down"): Condition {
  return way === "up" ? compare("high", ">=", object) : compare("low", "<=", object)
}
