import type { Formula } from "../formula/formula.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { isPriceFormula } from "../formula/price-formula.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import type { ModelCall } from "../formula/model-call.ts"
import { patterns } from "../functions/patterns.ts"
import { conditionOf, formulaOfCondition } from "./condition.ts"
import { answersWithin } from "./number-spot.ts"
import {
  formulaOfOperand,
  nameFormula,
  numberFormula,
  type Operand,
  operandOfFunction,
  operandOfModel,
} from "./operand.ts"

const patternNames = new Set(patterns.map(({ name }) => name))

/**
 * A first condition about a value a person picked, to be changed from there: an oscillator is low, an average is
 * crossed, a pattern shows. `opens`: whether it is to open a position or to close one.
 */
export function newCondition(picked: string, opens: boolean): Formula {
  if (!functionCatalogue.has(picked)) return aboutName(picked, opens)
  const formula = formulaOfOperand(withLongBands(picked, operandOfFunction(picked)))
  const asIs = conditionOf(formula)
  if (asIs && asIs.comparison !== "holds") return formula
  if (patternNames.has(picked)) return compared(formula, opens ? ">" : "<", 0)
  if (isPriceFormula(formula))
    return formulaOfCondition({
      left: nameFormula("close"),
      comparison: opens ? "crossover" : "crossunder",
      right: holdsTheClose.has(picked) ? ofTheCandleBefore(formula) : formula,
    })
  const limit = usualLimits[picked] ?? (aroundZero.has(picked) ? 0 : limitWithin(picked, opens))
  return limit === undefined ? againstItsAverage(formula, opens) : compared(formula, opens ? "<" : ">", limit)
}

/** A first condition about a model: it is surer than a coin, or of what it is sure; or the market is calm. */
export function newModelCondition(
  call: ModelCall,
  document: Pick<WrittenStrategy, "timeframe" | "models">,
  opens: boolean,
): Formula {
  const left = formulaOfOperand(operandOfModel(call, document))
  if (call.asks === "regime")
    return formulaOfCondition({ left, comparison: opens ? "==" : "!=", right: numberFormula(0) })
  return compared(left, opens ? ">" : "<", opens ? SURE : UNSURE)
}

/** By a little: what a forecast of prices can be. */
const SURE = 0.55
const UNSURE = 0.45

/** Low or high on the scale of an oscillator. */
function limitWithin(picked: string, opens: boolean): number | undefined {
  const within = answersWithin[picked]
  if (!within) return undefined
  return Number((within[0] + (within[1] - within[0]) * (opens ? 0.3 : 0.7)).toPrecision(3))
}

/** Over what came before: a close is never beyond the highest of itself. */
function ofTheCandleBefore(formula: Formula): Formula {
  return { kind: "history", of: formula, candlesAgo: numberFormula(1), at: 0 }
}

/** Extremes that the close itself is part of. */
const holdsTheClose = new Set(["highest", "lowest", "donchian"])

/** Five candles, TA-Lib's default, never lie two standard deviations off; twenty are Bollinger's own. */
function withLongBands(picked: string, operand: Operand): Operand {
  if (picked !== "bbands" || operand.core.kind !== "call") return operand
  const [source, , ...rest] = operand.core.arguments
  return { ...operand, core: { ...operand.core, arguments: [source, numberFormula(20), ...rest] } }
}

/** Below and above zero in turn. */
const aroundZero = new Set(
  (
    "linregSlope linregAngle mom roc rocp trix macd ppo apo cci ao adosc forceIndex zscore beta htSine htPhasor " +
    "change tsi cmo bop cmf"
  ).split(" "),
)
/** Where the middle of what is usual lies elsewhere: half a day, a working week, no change. */
const usualLimits: Partial<Record<string, number>> = {
  hour: 12,
  weekday: 5,
  rocr: 1,
  rocr100: 100,
  barsSince: 10,
  highestBars: 10,
  lowestBars: 10,
  htTrendMode: 1,
  adx: 25,
  adxr: 25,
  dx: 25,
  plusDi: 25,
  minusDi: 25,
}

/** A value of any size, such as a volume or a range: high or low is what it is against its own average. */
function againstItsAverage(formula: Formula, opens: boolean): Formula {
  const average: Formula = { kind: "call", name: "sma", arguments: [formula, numberFormula(USUAL_LENGTH)], at: 0 }
  return formulaOfCondition({ left: formula, comparison: opens ? ">" : "<", right: average })
}

const USUAL_LENGTH = 30

function aboutName(name: string, opens: boolean): Formula {
  const left = nameFormula(name)
  if (!prices.has(name)) return againstItsAverage(left, opens)
  if (name === "close") {
    const right = formulaOfOperand(operandOfFunction("sma"))
    return formulaOfCondition({ left, comparison: opens ? "crossover" : "crossunder", right })
  }
  const right = name === "high" || name === "low" ? ofTheCandleBefore(left) : left
  return formulaOfCondition({ left: nameFormula("close"), comparison: opens ? ">" : "<", right })
}

const prices = new Set(["close", "open", "high", "low", "hl2", "hlc3", "ohlc4"])

function compared(left: Formula, comparison: "<" | ">", limit: number): Formula {
  return formulaOfCondition({ left, comparison, right: numberFormula(limit) })
}
