import { MINUTE_MS, type Timeframe, timeframesMs } from "../../candles/timeframe.ts"
import { numberOperand, type Operand, operandFormula, priceOperand } from "./operand.ts"
import { isDirectionless, mirroredOperand, mirroredLimit } from "./mirror.ts"

export type Relation = ">" | "<" | ">=" | "<=" | "crossover" | "crossunder"

/** A condition before it is known on which timeframe the strategy decides. */
export type Condition =
  | {
      kind: "compare"
      left: Operand
      relation: Relation
      right: Operand
      /** Whether no word said from which side: "exit at 50". */
      isFromEither?: boolean
    }
  /** Above, or below, all of its last values. */
  | { kind: "move"; of: Operand; isUp: boolean; candles: number }
  /** Words with a meaning of their own; `opposite` is what they mean on the other side. */
  | { kind: "formula"; text: string; opposite?: string }
  | { kind: "joined"; join: "and" | "or"; of: Condition[] }
  | { kind: "not"; of: Condition }
  /** At this candle or one of those before it. */
  | { kind: "recent"; of: Condition; span: { candles: number } | { minutes: number } }

/** The condition in the formula language. */
export function conditionFormula(condition: Condition, timeframe: Timeframe): string {
  switch (condition.kind) {
    case "compare":
      return compareFormula(condition, timeframe)
    case "move":
      return `${condition.isUp ? "rising" : "falling"}(${operandFormula(condition.of, timeframe)}, ${condition.candles})`
    case "formula":
      return condition.text
    case "joined":
      return condition.of.map((each) => inBrackets(each, condition.join, timeframe)).join(` ${condition.join} `)
    case "not":
      return `not (${conditionFormula(condition.of, timeframe)})`
    case "recent":
      return `barsSince(${conditionFormula(condition.of, timeframe)}) < ${candlesIn(condition.span, timeframe)}`
  }
}

/** A length of time in candles of the strategy. */
function candlesIn(span: { candles: number } | { minutes: number }, timeframe: Timeframe): number {
  return Math.max(
    1,
    Math.round("candles" in span ? span.candles : (span.minutes * MINUTE_MS) / timeframesMs[timeframe]),
  )
}

function compareFormula(
  { left, relation, right }: Extract<Condition, { kind: "compare" }>,
  timeframe: Timeframe,
): string {
  const [one, other] = [operandFormula(left, timeframe), operandFormula(right, timeframe)]
  return relation === "crossover" || relation === "crossunder"
    ? `${relation}(${one}, ${other})`
    : `${one} ${relation} ${other}`
}

function inBrackets(condition: Condition, join: "and" | "or", timeframe: Timeframe): string {
  const text = conditionFormula(condition, timeframe)
  return condition.kind === "joined" && condition.join !== join ? `(${text})` : text
}

const mirroredRelation: Record<Relation, Relation> = {
  ">": "<",
  "<": ">",
  ">=": "<=",
  "<=": ">=",
  crossover: "crossunder",
  crossunder: "crossover",
}

/** What the condition is to the other side: above is below, the upper band the lower one, RSI 30 is RSI 70. */
export function mirrored(condition: Condition): Condition {
  switch (condition.kind) {
    case "compare":
      return mirroredComparison(condition)
    case "move":
      return { ...condition, isUp: !condition.isUp }
    case "formula":
      return condition.opposite === undefined
        ? condition
        : { ...condition, text: condition.opposite, opposite: condition.text }
    case "joined":
      return { ...condition, of: condition.of.map(mirrored) }
    case "not":
    case "recent":
      return { ...condition, of: mirrored(condition.of) }
  }
}

function mirroredComparison(condition: Extract<Condition, { kind: "compare" }>): Condition {
  const { left, relation, right } = condition
  if (isDirectionless(left.name)) return condition
  const flipped = mirroredRelation[relation]
  const [one, other] = [mirroredOperand(left), mirroredLimit(right, left)]
  // Two lines that are each other's mirror only change places: Aroon up and Aroon down.
  const isPair =
    one.name === right.name && one.output === right.output && (one.output ?? one.name) !== (left.output ?? left.name)
  return isPair ? { ...condition, relation: flipped } : { kind: "compare", left: one, relation: flipped, right: other }
}

/** The opposite of a condition, where it has a plain one. */
export function negated(condition: Condition): Condition {
  if (condition.kind === "not") return condition.of
  if (condition.kind !== "compare") return { kind: "not", of: condition }
  const opposite = { ">": "<=", "<": ">=", ">=": "<", "<=": ">" } as const
  const relation = opposite[condition.relation as ">"]
  return relation ? { ...condition, relation } : { kind: "not", of: condition }
}

/** `close > 5`. */
export function compare(left: Operand | string, relation: Relation, right: Operand | number): Condition {
  return {
    kind: "compare",
    left: typeof left === "string" ? priceOperand(left) : left,
    relation,
    right: typeof right === "number" ? numberOperand(right) : right,
  }
}

/** Several conditions as one. */
export function joinedBy(join: "and" | "or", of: Condition[]): Condition {
  return of.length === 1 ? of[0] : { kind: "joined", join, of }
}

/** The condition at each of the last candles; a crossing happens once. */
export function heldFor(condition: Condition, candles: number): Condition {
  if (condition.kind === "move") return { ...condition, candles }
  if (condition.kind !== "compare" || condition.relation.startsWith("cross")) return condition
  const before = (ago: number) =>
    withOperands(condition, (operand) =>
      operand.name === "number" || ago === 0 ? operand : { ...operand, ago: (operand.ago ?? 0) + ago },
    )
  return joinedBy(
    "and",
    Array.from({ length: candles }, (_, ago) => before(ago)),
  )
}

/** Every operand of a condition. */
export function operandsOf(condition: Condition): Operand[] {
  switch (condition.kind) {
    case "compare":
      return [condition.left, condition.right]
    case "move":
      return [condition.of]
    case "joined":
      return condition.of.flatMap(operandsOf)
    case "not":
    case "recent":
      return operandsOf(condition.of)
    default:
      return []
  }
}

/** The condition with each of its operands changed. */
export function withOperands(condition: Condition, change: (operand: Operand) => Operand): Condition {
  switch (condition.kind) {
    case "compare":
      return { ...condition, left: change(condition.left), right: change(condition.right) }
    case "move":
      return { ...condition, of: change(condition.of) }
    case "joined":
      return { ...condition, of: condition.of.map((each) => withOperands(each, change)) }
    case "not":
    case "recent":
      return { ...condition, of: withOperands(condition.of, change) }
    default:
      return condition
  }
}
