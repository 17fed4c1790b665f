import type { ComparisonOperator, Formula } from "../formula/formula.ts"

type Call = Extract<Formula, { kind: "call" }>

/**
 * A crossing as backtesting.py defines it: strictly on the other side a candle ago, so that parting from a tie is not
 * one (https://kernc.github.io/backtesting.py/doc/backtesting/lib.html#backtesting.lib.crossover). Undefined: the
 * call is not a crossing.
 */
export function strictCrossing({ name, arguments: [a, b], at }: Call): Formula | undefined {
  if (name === "crossover") return passes(a, b, "<", at)
  if (name === "crossunder") return passes(a, b, ">", at)
  return name === "cross" ? both("max", passes(a, b, "<", at), passes(a, b, ">", at)) : undefined
}

/** `a[1] < b[1] and a > b`, or the other way round; not known before both are, as the library's first bar is not. */
function passes(a: Formula, b: Formula, was: "<" | ">", at: number): Formula {
  const compared = (operator: ComparisonOperator, left: Formula, right: Formula): Formula => ({
    kind: "binary",
    operator,
    left,
    right,
    at,
  })
  const is = was === "<" ? ">" : "<"
  return both("min", compared(was, candleAgo(a), candleAgo(b)), compared(is, a, b))
}

/** The smaller or the larger of two truths: unlike `and` and `or`, not known while one is not. */
function both(name: "min" | "max", left: Formula, right: Formula): Formula {
  return { kind: "call", name, arguments: [left, right], at: left.at }
}

function candleAgo(of: Formula): Formula {
  return { kind: "history", of, candlesAgo: { kind: "number", value: 1, at: of.at }, at: of.at }
}
