import { quotedCode } from "../../candles/foreign-text.ts"
import { compileStrategy, type CompileMarket } from "../compile/compile.ts"
import { modelFlags } from "../model/model-flags.ts"
import { otherEngineNotes } from "../model/other-engine.ts"
import { functionCatalogue } from "../formula/function-catalogue.ts"
import { everyPartOf } from "../formula/formula-walk.ts"
import { namesInText } from "../formula/names-in-text.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { planInWords, type PlanSentence } from "./plain-words.ts"
import type { Program } from "../compile/program.ts"
import type { ParamValues } from "./strategy-document-params.ts"
import { chosenParams } from "./strategy-document-params.ts"
import { type DangerPlace, dangersOf, type StrategyFlag } from "./strategy-dangers.ts"
import type { StrategyProblem } from "./strategy-document-problems.ts"
import { conditionsOf, type StrategyDocument, type StrategyParam } from "./strategy-document.ts"
import { timeframesMs } from "../../candles/timeframe.ts"

/**
 * In strategy candles. "never": something adds up from the first candle on (obv, ad, barsSince), so an earlier start
 * always shows.
 */
export type WarmUpReport = { readyAfterCandles: number; settledAfterCandles: number | "never" }

export type StrategyReport = {
  name: string
  timeframe: string
  /** Undefined for a strategy written in code. */
  warmUp?: WarmUpReport
  lookAhead: { possible: false; because: string[] }
  flags: StrategyFlag[]
  params: ({ name: string; chosen: number | boolean } & StrategyParam)[]
  /** Every function used, with its one line of documentation. */
  functions: { name: string; doc: string }[]
  inWords: PlanSentence[]
}

export type Checked = { ok: true; report: StrategyReport } | { ok: false; problems: StrategyProblem[] }

/**
 * `extra`: columns of the candle file the formulas may name. `leverage`: the account's, 1 when left out. `engine`: the
 * hash of the engine it would run on; without it nothing is said of models that another one trained.
 */
export type CheckOptions = { params?: ParamValues; extra?: string[]; leverage?: number; engine?: string }

/**
 * The report of `candlewright check` on a document that `strategyFromJson` accepted: its warm-up, its dangers, and
 * why it cannot look ahead.
 */
export function checkStrategy(
  strategy: StrategyDocument,
  { params, extra = [], leverage = 1, engine }: CheckOptions = {},
): Checked {
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) return chosen
  const compiled = strategy.code ? undefined : compileStrategy(strategy, { params, market: anyMarket(strategy, extra) })
  if (compiled && !compiled.ok) return compiled
  return {
    ok: true,
    report: {
      name: strategy.name,
      timeframe: strategy.timeframe,
      warmUp: compiled && warmUpReport(compiled.program.warmUp),
      lookAhead: { possible: false, because: lookAheadReasons(strategy) },
      flags: flagsOf(strategy, { leverage, params, extra, engine }),
      params: Object.entries(strategy.params).map(([name, param]) => ({ name, chosen: chosen.values[name], ...param })),
      functions: functionsOf(strategy),
      inWords: planInWords(strategy, params),
    },
  }
}

/** Why rules cannot run, without the report on those that can; empty where they can. */
export function rulesProblems(strategy: StrategyDocument): StrategyProblem[] {
  const chosen = chosenParams(strategy)
  if (!chosen.ok) return chosen.problems
  const compiled = compileStrategy(strategy, { market: anyMarket(strategy, []) })
  return compiled.ok ? [] : compiled.problems
}

function warmUpReport({ readyAfterCandles, settledAfterCandles }: Program["warmUp"]): WarmUpReport {
  return {
    readyAfterCandles,
    settledAfterCandles: Number.isFinite(settledAfterCandles) ? settledAfterCandles : "never",
  }
}

/** A check has no candles: any usual prices on the strategy's own timeframe will do. */
function anyMarket({ timeframe }: StrategyDocument, extra: string[]): CompileMarket {
  return { timeframeMs: timeframesMs[timeframe], priceDecimals: 2, leastDecimals: 2, firstPrice: 6_250, extra }
}

function lookAheadReasons({ code }: StrategyDocument): string[] {
  const always = [
    "Conditions see finished candles only, and orders are filled from the next candle on.",
    "A longer timeframe (`@`) shows its last finished candle, never the one still forming.",
  ]
  return code
    ? [...always, "The code is handed one finished candle at a time and has no other input."]
    : [...always, "`[n]` counts candles back; nothing in the language counts forward."]
}

function flagsOf(
  strategy: StrategyDocument,
  { extra, engine, ...place }: DangerPlace & { extra: string[]; engine?: string },
): StrategyFlag[] {
  const code: StrategyFlag[] = strategy.code
    ? [{ kind: "code", because: "It is written in code; read it before you trust it." }]
    : []
  return [
    ...dangersOf(strategy, place),
    ...code,
    ...unusedFlags(strategy),
    ...modelFlags(strategy, formulasOf(strategy)),
    ...otherEngineFlags(strategy, engine),
    ...sliderFlags(strategy, extra),
  ]
}

function otherEngineFlags({ models = {} }: StrategyDocument, engine: string | undefined): StrategyFlag[] {
  if (engine === undefined) return []
  return otherEngineNotes(Object.values(models), engine).map((because) => ({ kind: "otherEngine", because }))
}

function unusedFlags(strategy: StrategyDocument): StrategyFlag[] {
  if (strategy.code) return []
  const used = new Set([
    ...formulasOf(strategy).flatMap(namesInText),
    ...wordsIn([strategy.protect, strategy.size, strategy.orders, strategy.add, strategy.limits]),
  ])
  const unused = (names: string[], kind: "unusedParam" | "unusedSeries", what: string): StrategyFlag[] =>
    names
      .filter((name) => !used.has(name))
      .map((name) => ({ kind, because: `The ${what} ${quotedCode(name)} is not used by anything.` }))
  return [
    ...unused(Object.keys(strategy.params), "unusedParam", "param"),
    ...unused(Object.keys(strategy.series), "unusedSeries", "series"),
  ]
}

/** Sliders that can be dragged to where the strategy cannot run. */
function sliderFlags(strategy: StrategyDocument, extra: string[]): StrategyFlag[] {
  if (strategy.code) return []
  return Object.entries(strategy.params).flatMap(([name, param]) => {
    if (param.type === "bool") return []
    return [param.min, param.max].flatMap((end): StrategyFlag[] => {
      const compiled = compileStrategy(strategy, { params: { [name]: end }, market: anyMarket(strategy, extra) })
      return compiled.ok
        ? []
        : [
            {
              kind: "sliderEnd",
              because: `With ${quotedCode(name)} at ${end} it cannot run: ${compiled.problems[0].because}.`,
            },
          ]
    })
  })
}

function wordsIn(part: unknown): string[] {
  if (typeof part === "string") return [part]
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(wordsIn) : []
}

/** Every formula of a document: series, conditions, price formulas. */
export function formulasOf({ series, long, short, protect }: StrategyDocument): string[] {
  const rules = [long?.enter, long?.exit, short?.enter, short?.exit].filter(
    (rule) => rule !== undefined && rule !== null,
  )
  const prices = [protect.stopLoss, ...protect.takeProfit].flatMap((price) =>
    "formula" in price ? [price.formula] : [],
  )
  return [...Object.values(series), ...rules.flatMap((rule) => conditionsOf(rule).formulas), ...prices]
}

function functionsOf(strategy: StrategyDocument): StrategyReport["functions"] {
  const called = formulasOf(strategy).flatMap(callsIn)
  const names = new Set(strategy.protect.stopLoss.kind === "atr" ? [...called, "atr"] : called)
  return [...names].flatMap((name) => functionCatalogue.get(name) ?? []).map(({ name, doc }) => ({ name, doc }))
}

function callsIn(text: string): string[] {
  const parsed = parseFormula(text)
  return parsed.ok ? everyPartOf(parsed.formula).flatMap((part) => (part.kind === "call" ? [part.name] : [])) : []
}
