// Plain maths over columns. AssemblyScript's own Math: the same bits on every machine.
import { get, set, source } from "../column"
import { Op } from "./opcode"

/** Runs a maths operator; all are stateless. NaN in, NaN out, except for `nz`. */
export function mathsRun(op: i32, count: i32, destination: usize, sources: usize): void {
  const a = source(sources, 0)
  const b = source(sources, 1)
  const c = source(sources, 2)
  for (let i = 0; i < count; i++) {
    const x = get(a, i)
    if (op == Op.clamp) set(destination, i, clamp(x, get(b, i), get(c, i)))
    else if (isBinary(op)) set(destination, i, binary(op, x, get(b, i)))
    else set(destination, i, unary(op, x))
  }
}

function isBinary(op: i32): bool {
  return op == Op.min || op == Op.max || op == Op.pow || op == Op.nz
}

function binary(op: i32, x: f64, y: f64): f64 {
  switch (op) {
    case Op.min: return min(x, y)
    case Op.max: return max(x, y)
    case Op.pow: return Math.pow(x, y)
    case Op.nz: return x != x ? y : x
    default: return unreachable()
  }
}

function unary(op: i32, x: f64): f64 {
  switch (op) {
    case Op.abs: return abs(x)
    case Op.floor: return floor(x)
    case Op.ceil: return ceil(x)
    case Op.round: return roundHalfAway(x)
    case Op.sqrt: return sqrt(x)
    case Op.log: return Math.log(x)
    case Op.exp: return Math.exp(x)
    case Op.sign: return x > 0 ? 1 : x < 0 ? -1 : x
    default: return unreachable()
  }
}

/** Halves go away from zero, as traders round. */
function roundHalfAway(x: f64): f64 {
  return x < 0 ? -floor(0.5 - x) : floor(x + 0.5)
}

function clamp(x: f64, low: f64, high: f64): f64 {
  return min(max(x, low), high)
}
