import { Op } from "../../../assembly/operators/opcode.ts"
import { constantRegister, instructionRegister, type ProgramDraft } from "./compile-draft.ts"
import { folded } from "./compile-fold.ts"
import { latchedCell, workCell, type PositionDraft } from "./compile-position.ts"
import { warmUpAfter } from "../formula/warm-up.ts"

/**
 * What a part of a formula compiles to: a constant, a register of the market segment, or a cell that follows the open
 * position. `truth`: it can only be 1, 0 or NaN.
 */
export type Value =
  | { kind: "constant"; value: number }
  | { kind: "register"; register: number; truth: boolean }
  | { kind: "cell"; cell: number; truth: boolean }

/** Where instructions go: the draft, the current clock, and the position program where one is allowed. */
export type Place = { draft: ProgramDraft; clockMs: number; position?: PositionDraft }

export const constant = (value: number): Value => ({ kind: "constant", value })

const truthOperators = new Set<Op>([
  Op.less,
  Op.lessOrEqual,
  Op.greater,
  Op.greaterOrEqual,
  Op.equal,
  Op.notEqual,
  Op.and,
  Op.or,
  Op.not,
])

/**
 * A stateless operator over values: folded when all are constants, in the position program when one follows the
 * position.
 */
export function operatorValue(place: Place, op: Op, operands: Value[], numbers: number[] = []): Value {
  const constants = operands.flatMap((operand) => (operand.kind === "constant" ? [operand.value] : []))
  const result = constants.length === operands.length ? folded(op, constants) : undefined
  if (result !== undefined) return constant(result)
  const truth = truthOperators.has(op)
  if (operands.some((operand) => operand.kind === "cell"))
    return { kind: "cell", cell: positionCell(place, op, operands, numbers), truth }
  return { kind: "register", register: marketRegister(place, op, operands, numbers), truth }
}

function positionCell(place: Place, op: Op, operands: Value[], numbers: number[]): number {
  const sources = operands.map((operand) => cellOf(place, operand))
  return workCell(place.position!, { op, sources, numbers })
}

function marketRegister(place: Place, op: Op, operands: Value[], numbers: number[]): number {
  const { draft, clockMs } = place
  const sources = operands.map((operand) => registerOf(place, operand))
  return instructionRegister(draft, {
    instruction: { op, clockMs, sources, numbers, outputs: 1 },
    warmUp: warmUpAfter(sources.map((source) => draft.registers[source].warmUp)),
  })
}

/** The value as a cell of the position program: registers are latched, constants written. */
export function cellOf({ position }: Place, value: Value): number {
  if (value.kind === "cell") return value.cell
  if (value.kind === "register") return latchedCell(position!, value.register)
  return workCell(position!, { op: Op.constant, sources: [], numbers: [value.value] })
}

/**
 * The value as a register of the current clock. Values that follow the position have none; callers refuse those
 * first.
 */
export function registerOf({ draft, clockMs }: Place, value: Value): number {
  if (value.kind === "constant") return constantRegister(draft, clockMs, value.value)
  if (value.kind === "register") return value.register
  throw new Error("a value that follows the position has no register")
}

/** `a and b`, leaving out a side that a constant (a switch among the params) decides. */
export function andValue(place: Place, a: Value, b: Value): Value {
  if (isConstant(a, 0) || isConstant(b, 0)) return constant(0)
  if (isAlwaysTrue(a)) return truthValue(place, b)
  if (isAlwaysTrue(b)) return truthValue(place, a)
  return operatorValue(place, Op.and, [a, b])
}

/** `a or b`, leaving out a side that a constant decides. */
export function orValue(place: Place, a: Value, b: Value): Value {
  if (isAlwaysTrue(a) || isAlwaysTrue(b)) return constant(1)
  if (isConstant(a, 0)) return truthValue(place, b)
  if (isConstant(b, 0)) return truthValue(place, a)
  return operatorValue(place, Op.or, [a, b])
}

/** `condition ? yes : no`, only the branch taken when the condition is a constant. */
export function choiceValue(place: Place, [condition, yes, no]: [Value, Value, Value]): Value {
  if (condition.kind !== "constant") return operatorValue(place, Op.select, [condition, yes, no])
  if (Number.isNaN(condition.value)) return constant(Number.NaN)
  return condition.value === 0 ? no : yes
}

/** 1 where the value is true, 0 where it is 0, NaN where it is not ready. */
function truthValue(place: Place, value: Value): Value {
  if (value.kind !== "constant" && value.truth) return value
  return operatorValue(place, Op.notEqual, [value, constant(0)])
}

function isConstant(value: Value, number: number): boolean {
  return value.kind === "constant" && value.value === number
}

function isAlwaysTrue(value: Value): boolean {
  return value.kind === "constant" && value.value !== 0 && !Number.isNaN(value.value)
}
