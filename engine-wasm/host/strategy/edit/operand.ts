import type { CandleTimeframe } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import type { Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import type { ModelCall } from "../formula/model-call.ts"

/** One side of a comparison, taken apart: `macd(close).signal @ 4h[1]` is a core, one of its outputs, a clock, an age. */
export type Operand = { core: Formula; output?: string; timeframe?: CandleTimeframe; candlesAgo?: number }

/** Takes a formula apart. What was written in another order stays whole, as the core. */
export function operandOf(formula: Formula): Operand {
  if (formula.kind === "history" && formula.candlesAgo.kind === "number")
    return { ...ofTimeframe(formula.of), candlesAgo: formula.candlesAgo.value }
  return ofTimeframe(formula)
}

function ofTimeframe(formula: Formula): Operand {
  return formula.kind === "timeframe" ? { ...ofOutput(formula.of), timeframe: formula.timeframe } : ofOutput(formula)
}

function ofOutput(formula: Formula): Operand {
  return formula.kind === "output" ? { core: formula.of, output: formula.output } : { core: formula }
}

/** Puts it together again. */
export function formulaOfOperand({ core, output, timeframe, candlesAgo }: Operand): Formula {
  let formula = core
  if (output !== undefined) formula = { kind: "output", of: formula, output, at: 0 }
  if (timeframe !== undefined) formula = { kind: "timeframe", of: formula, timeframe, at: 0 }
  if (!candlesAgo) return formula
  return { kind: "history", of: formula, candlesAgo: numberFormula(candlesAgo), at: 0 }
}

/** A function as one picks it from a list: its usual numbers written out, its first output, the close where it asks. */
export function operandOfFunction(name: string): Operand {
  const spec = functionCatalogue.get(name)
  const given = spec?.arguments.map((argument): Formula => {
    if (argument.kind === "series") return nameFormula(argument.default ?? "close")
    if (argument.kind === "average") return { kind: "text", text: argument.default, at: 0 }
    return numberFormula(argument.default ?? argument.min)
  })
  return {
    core: { kind: "call", name, arguments: withUsualSeries(name, given ?? []), at: 0 },
    output: spec?.outputs[0],
  }
}

/** One of the document's models as one picks it: how likely it finds what it forecasts, on candles that it knows. */
export function operandOfModel(
  { asks, model }: ModelCall,
  { timeframe, models = {} }: Pick<WrittenStrategy, "timeframe" | "models">,
): Operand {
  const own = Object.hasOwn(models, model) ? models[model].timeframe : timeframe
  return {
    core: { kind: "call", name: asks, arguments: [{ kind: "text", text: model, at: 0 }], at: 0 },
    output: asks === "forecast" ? "probability" : undefined,
    timeframe: own === timeframe ? undefined : own,
  }
}

/** Two series that are the same say nothing: the second is an average of the first, and a condition a comparison. */
function withUsualSeries(name: string, given: Formula[]): Formula[] {
  const asked = functionCatalogue.get(name)?.arguments ?? []
  return given.map((formula, n) => {
    const argument = asked[n]
    if (argument?.kind !== "series" || argument.default !== undefined) return formula
    if (argument.name === "condition") return call("crossover", nameFormula("close"), average())
    return n === 0 ? formula : average()
  })
}

function average(): Formula {
  return call("sma", nameFormula("close"), numberFormula(20))
}

function call(name: string, ...given: Formula[]): Formula {
  return { kind: "call", name, arguments: given, at: 0 }
}

export function numberFormula(value: number): Formula {
  // The language has no number below zero, only a minus before one.
  return value < 0
    ? { kind: "unary", operator: "-", of: { kind: "number", value: -value, at: 0 }, at: 0 }
    : { kind: "number", value, at: 0 }
}

export function nameFormula(name: string): Formula {
  return name === "0" ? numberFormula(0) : { kind: "name", name, at: 0 }
}

/** The number a formula is, with its sign; undefined when it is more than that. */
export function numberOf(formula: Formula): number | undefined {
  if (formula.kind === "number") return formula.value
  if (formula.kind === "unary" && formula.operator === "-" && formula.of.kind === "number") return -formula.of.value
  return undefined
}
