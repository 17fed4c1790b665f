import { Op } from "../../../assembly/operators/opcode.ts"

type Folding = (a: number, b: number, c: number) => number

/** Operators whose constant results have the same bits in JavaScript and the engine. `log`, `exp` and `pow` do not. */
const foldings = new Map<Op, Folding>([
  [Op.add, (a, b) => a + b],
  [Op.subtract, (a, b) => a - b],
  [Op.multiply, (a, b) => a * b],
  [Op.divide, (a, b) => a / b],
  [Op.remainder, (a, b) => a % b],
  [Op.negate, (a) => -a],
  [Op.less, (a, b) => truth(a < b, a, b)],
  [Op.lessOrEqual, (a, b) => truth(a <= b, a, b)],
  [Op.greater, (a, b) => truth(a > b, a, b)],
  [Op.greaterOrEqual, (a, b) => truth(a >= b, a, b)],
  [Op.equal, (a, b) => truth(a === b, a, b)],
  [Op.notEqual, (a, b) => truth(a !== b, a, b)],
  [Op.and, (a, b) => (a === 0 || b === 0 ? 0 : truth(true, a, b))],
  [Op.or, (a, b) => (isTrue(a) || isTrue(b) ? 1 : truth(false, a, b))],
  [Op.not, (a) => truth(a === 0, a, a)],
  [Op.select, (a, b, c) => (Number.isNaN(a) ? Number.NaN : a === 0 ? c : b)],
  [Op.abs, (a) => Math.abs(a)],
  [Op.min, (a, b) => Math.min(a, b)],
  [Op.max, (a, b) => Math.max(a, b)],
  [Op.floor, (a) => Math.floor(a)],
  [Op.ceil, (a) => Math.ceil(a)],
  [Op.round, (a) => (a < 0 ? -Math.floor(0.5 - a) : Math.floor(a + 0.5))],
  [Op.sqrt, (a) => Math.sqrt(a)],
  [Op.sign, (a) => (a > 0 ? 1 : a < 0 ? -1 : a)],
  [Op.clamp, (a, b, c) => Math.min(Math.max(a, b), c)],
  [Op.nz, (a, b) => (Number.isNaN(a) ? b : a)],
])

/**
 * The result of an operator over constants, or undefined when only the engine may compute it. Truth is 1, 0 or NaN
 * (not ready).
 */
export function folded(op: Op, constants: number[]): number | undefined {
  return foldings.get(op)?.(constants[0], constants[1], constants[2])
}

function truth(holds: boolean, a: number, b: number): number {
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : Number(holds)
}

function isTrue(value: number): boolean {
  return value !== 0 && !Number.isNaN(value)
}
