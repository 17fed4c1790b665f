import { quotedCode } from "../../candles/foreign-text.ts"
import { didYouMean } from "../formula/closest-name.ts"
import { compileStrategy } from "../compile/compile.ts"
import { reservedNames } from "../formula/formula-names.ts"
import { modelLimits } from "../model/forecast-model.ts"
import { modelProblems } from "../model/model-problems.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { chosenParams, paramPlaces, wrongValue } from "./strategy-document-params.ts"
import type { StrategyProblem } from "./strategy-document-problems.ts"
import { documentLimits, type StrategyDocument } from "./strategy-document.ts"
import { timeframesMs } from "../../candles/timeframe.ts"

/** Checks beyond the schema: how the parts of a document fit together, and whether its formulas can be computed. */
export function referenceProblems(strategy: StrategyDocument, extra: string[] | "any"): StrategyProblem[] {
  const problems = [
    ...lengthProblems(strategy),
    ...carriedModelProblems(strategy),
    ...ruleProblems(strategy),
    ...countProblems(strategy),
    ...nameProblems(strategy),
    ...paramProblems(strategy),
    ...numberProblems(strategy),
    ...sizeProblems(strategy),
    ...targetProblems(strategy),
    ...roiProblems(strategy),
  ]
  return problems.length > 0 || strategy.code ? problems : formulaProblems(strategy, extra)
}

function lengthProblems(strategy: StrategyDocument): StrategyProblem[] {
  const length = JSON.stringify({ ...strategy, code: undefined, models: undefined }).length
  return length > documentLimits.textCharacters
    ? [
        {
          path: "",
          because: `the document is too long: ${length} characters, at most ${documentLimits.textCharacters}`,
        },
      ]
    : []
}

function carriedModelProblems({ models = {}, code }: StrategyDocument): StrategyProblem[] {
  const named = Object.entries(models)
  const refused = (because: string): StrategyProblem[] => [{ path: "models", because }]
  if (named.length === 0) return []
  if (code) return refused("code cannot ask a model yet; write rules, or leave the models out")
  if (named.length > modelLimits.models) return refused(`at most ${modelLimits.models} models, not ${named.length}`)
  const { length } = JSON.stringify(models)
  if (length > modelLimits.characters)
    return refused(`the models are too large: ${length} characters, at most ${modelLimits.characters} together`)
  return named.flatMap(([name, model]) =>
    modelProblems(model).map(({ path, because }) => ({ path: `models.${name}.${path}`, because })),
  )
}

function ruleProblems({ long, short, code, series }: StrategyDocument): StrategyProblem[] {
  if (!code)
    return long || short
      ? []
      : [{ path: "long", because: "say when to buy: `long` needs `enter` conditions (or write `short` or `code`)" }]
  return long || short || Object.keys(series).length > 0
    ? [{ path: "code", because: "a strategy is either code or rules; leave out series, long and short" }]
    : []
}

function countProblems({ params, series }: StrategyDocument): StrategyProblem[] {
  const tooMany = (path: "params" | "series", count: number) =>
    count > documentLimits[path]
      ? [{ path, because: `at most ${documentLimits[path]} are possible, not ${count}` }]
      : []
  return [...tooMany("params", Object.keys(params).length), ...tooMany("series", Object.keys(series).length)]
}

function nameProblems({ params, series }: StrategyDocument): StrategyProblem[] {
  const names = [
    ...Object.keys(params).map((name) => ["params", name] as const),
    ...Object.keys(series).map((name) => ["series", name] as const),
  ]
  return names.flatMap(([part, name]) => {
    const because = takenBy(name, part === "series" ? params : {})
    return because
      ? [{ path: `${part}.${name}`, because: `${quotedCode(name)} is already ${because}; choose another name` }]
      : []
  })
}

function takenBy(name: string, params: StrategyDocument["params"]): string | undefined {
  if (functionCatalogue.has(name)) return "a function"
  if (reservedNames.includes(name)) return "a word of the formula language"
  return Object.hasOwn(params, name) ? "a param" : undefined
}

function paramProblems({ params }: StrategyDocument): StrategyProblem[] {
  return Object.entries(params).flatMap(([name, param]) => {
    if (param.type === "bool") return []
    if (param.min > param.max)
      return [
        { path: `params.${name}.min`, because: `the smallest value ${param.min} is above the largest ${param.max}` },
      ]
    const because = wrongValue(param, param.value)
    return because ? [{ path: `params.${name}.value`, because }] : []
  })
}

/** Numbers given as names of params: the param must exist, be a number, and be a possible one. */
function numberProblems(strategy: StrategyDocument): StrategyProblem[] {
  const unknown = paramPlaces(strategy).flatMap(({ path, name }) => unknownParam(strategy.params, path, name))
  if (unknown.length > 0 || paramProblems(strategy).length > 0) return unknown
  const chosen = chosenParams(strategy)
  return chosen.ok ? [] : chosen.problems
}

function unknownParam(params: StrategyDocument["params"], path: string, name: string): StrategyProblem[] {
  const param = Object.hasOwn(params, name) ? params[name] : undefined
  if (!param)
    return [
      {
        path,
        because: `write a number or the name of a param; there is no param ${quotedCode(name)}${didYouMean(name, Object.keys(params))}`,
      },
    ]
  return param.type === "bool" ? [{ path, because: `${quotedCode(name)} is a switch; a number is needed here` }] : []
}

function sizeProblems({ size, protect, code }: StrategyDocument): StrategyProblem[] {
  if (size.kind !== "risk" || protect.stopLoss.kind !== "none" || code) return []
  return [
    {
      path: "size",
      because:
        'a size by risk needs a stop to measure the risk; set a stop loss, or size by {"kind":"equity","percent":…} or {"kind":"quote","amount":…}',
    },
  ]
}

function targetProblems({ protect: { takeProfit } }: StrategyDocument): StrategyProblem[] {
  const last = takeProfit.findIndex((target) => target.share === 1)
  const unreachable = last >= 0 && last < takeProfit.length - 1
  const after = [
    {
      path: `protect.takeProfit[${last + 1}]`,
      because: "the target before sells all that is open (share 1), so this one can never be reached",
    },
  ]
  return [
    ...(unreachable ? after : []),
    ...notRising(
      takeProfit.map((target) => ("percent" in target ? target.percent : undefined)),
      "protect.takeProfit",
      "percent",
    ),
  ]
}

function roiProblems({ protect: { roi } }: StrategyDocument): StrategyProblem[] {
  const minutes = roi.map((step) => step.afterMinutes)
  return minutes.flatMap((value, n) =>
    minutes.indexOf(value) < n
      ? [{ path: `protect.roi[${n}].afterMinutes`, because: `there is a step after ${value} minutes already` }]
      : [],
  )
}

function notRising(values: (number | string | undefined)[], path: string, field: string): StrategyProblem[] {
  return values.flatMap((value, n) => {
    const before = values[n - 1]
    if (typeof value !== "number" || typeof before !== "number" || value > before) return []
    return [{ path: `${path}[${n}].${field}`, because: `list them in rising order; ${value} is not above ${before}` }]
  })
}

function formulaProblems(strategy: StrategyDocument, extra: string[] | "any"): StrategyProblem[] {
  const market = {
    timeframeMs: timeframesMs[strategy.timeframe],
    priceDecimals: 2,
    leastDecimals: 2,
    firstPrice: 6_250,
    extra,
  }
  const compiled = compileStrategy(strategy, { market })
  return compiled.ok ? [] : compiled.problems
}
