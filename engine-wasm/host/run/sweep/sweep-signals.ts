import { emptyDraft, type ProgramDraft } from "../../strategy/compile/compile-draft.ts"
import { compileFormula, type Scope } from "../../strategy/compile/compile-expression.ts"
import { compileSeries } from "../../strategy/compile/compile-name.ts"
import { andValue, orValue, registerOf, type Value } from "../../strategy/compile/compile-operator.ts"
import type { Answers } from "../../strategy/compile/compile-program.ts"
import { answerOf, atrFormula, type Answer } from "../../strategy/compile/compile-rules.ts"
import { outputsOfFormula } from "../../strategy/compile/compile-outputs.ts"
import { emptyPosition } from "../../strategy/compile/compile-position.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import type { Formula } from "../../strategy/formula/formula.ts"
import { FormulaRefused } from "../../strategy/formula/formula-lexer.ts"

import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import { everyPartOf } from "../../strategy/formula/formula-walk.ts"
import { tickPartsOf } from "../../strategy/formula/tick-parts.ts"
import type { ParamValues, ResolvedStrategy } from "../../strategy/document/strategy-document-params.ts"
import { conditionsOf, type StrategyDocument, type StrategyRule } from "../../strategy/document/strategy-document.ts"
import { SweepConditions, type SweepSignals } from "./sweep-conditions.ts"
import { timeframesMs } from "../../candles/timeframe.ts"

type ParsedRule = { join: "all" | "any"; formulas: Formula[] }
type ParsedSide = { enter: ParsedRule; exit?: ParsedRule }
/** A strategy's formulas, read once for all combinations. */
export type ParsedRules = {
  series: Scope["series"]
  tickParts: Scope["tickParts"]
  amountParts: Scope["amountParts"]
  /** By series: the params it depends on, through other series too. */
  paramsOf: Map<string, string[]>
  long?: ParsedSide
  short?: ParsedSide
}

/** The formulas of a document; undefined when one of them cannot be read (compiling the document shows which). */
export function parsedRules({ params, series, long, short }: StrategyDocument): ParsedRules | undefined {
  try {
    const read = Object.entries(series).map(([name, text]) => ({ name, formula: parsed(text) }))
    return {
      series: read,
      tickParts: tickPartsOf(read),
      amountParts: tickPartsOf(read, new Set(Object.keys(params))),
      paramsOf: paramsBehind(read, Object.keys(params)),
      long: long ? { enter: parsedRule(long.enter), exit: long.exit ? parsedRule(long.exit) : undefined } : undefined,
      short: short
        ? { enter: parsedRule(short.enter), exit: short.exit ? parsedRule(short.exit) : undefined }
        : undefined,
    }
  } catch (refusal) {
    if (refusal instanceof FormulaRefused) return undefined
    throw refusal
  }
}

function paramsBehind(series: Scope["series"], params: string[]): Map<string, string[]> {
  const behind = new Map<string, string[]>()
  for (const { name, formula } of series) {
    const names = new Set(
      everyPartOf(formula).flatMap((part) =>
        part.kind === "name" ? [part.name, ...(behind.get(part.name) ?? [])] : [],
      ),
    )
    behind.set(
      name,
      params.filter((param) => names.has(param)),
    )
  }
  return behind
}

function parsedRule(rule: StrategyRule): ParsedRule {
  const { join, formulas } = conditionsOf(rule)
  return { join, formulas: formulas.map(parsed) }
}

function parsed(text: string): Formula {
  const answer = parseFormula(text)
  if (answer.ok) return answer.formula
  throw new FormulaRefused(answer.character, answer.because)
}

/** One program for many combinations: it has their shared parts once. */
export type SweepDraft = {
  draft: ProgramDraft
  conditions: SweepConditions
  /** Values of series by their `KnownSeries` keys. */
  series: Map<string, Value>
}

export function emptySweepDraft({ markets: [market] }: EngineSession, strategy: StrategyDocument): SweepDraft {
  const draft = emptyDraft(market.compile, timeframesMs[strategy.timeframe])
  return { draft, conditions: new SweepConditions(draft), series: new Map() }
}

/** What one combination decides by: its signals as conditions, its prices and conditions on the position in the draft's registers. */
export type SweptRules = { signals: SweepSignals; answers: Pick<Answers, "prices" | "positionPrograms"> }

/** Puts the rules of one combination into the draft. Undefined: these values are refused. */
export function sweptRules(
  { draft, conditions, series: values }: SweepDraft,
  { series, tickParts, amountParts, paramsOf, long, short }: ParsedRules,
  { params, protect }: { params: ParamValues; protect: ResolvedStrategy["protect"] },
): SweptRules | undefined {
  const known = new KnownSeries(
    values,
    new Map([...paramsOf].map(([name, names]) => [name, names.map((param) => String(params[param])).join()])),
  )
  const scope: Scope = {
    draft,
    clockMs: draft.strategyMs,
    params,
    series,
    tickParts,
    amountParts,
    seriesInReach: series.length,
    known,
  }
  try {
    settleSeries(scope)
    const exits = { long: exitAnswer(scope, long), short: exitAnswer(scope, short) }
    const registers = {
      enterLong: long && entryRegister(scope, long.enter),
      exitLong: exits.long.register,
      enterShort: short && entryRegister(scope, short.enter),
      exitShort: exits.short.register,
    }
    const numbered = Object.entries(registers).flatMap(([name, register]) =>
      register === undefined ? [] : [[name, conditions.ofRegister(register)]],
    )
    const stop = priceAnswer(scope, stopText(protect.stopLoss))
    const targets = protect.takeProfit.map((target) =>
      priceAnswer(scope, "formula" in target ? target.formula : undefined),
    )
    const answers = {
      prices: { stop: stop.register, targets: targets.map(({ register }) => register) },
      positionPrograms: {
        exitLong: exits.long.program,
        exitShort: exits.short.program,
        stop: stop.program,
        targets: targets.map(({ program }) => program),
      },
    }
    for (const register of registersOf(answers)) conditions.columns.add(register)
    return { signals: Object.fromEntries(numbered) as SweepSignals, answers }
  } catch (refusal) {
    if (refusal instanceof FormulaRefused) return undefined
    throw refusal
  }
}

/** The registers that answers read as they are. */
function registersOf({
  prices,
  positionPrograms: { exitLong, exitShort, stop, targets },
}: SweptRules["answers"]): number[] {
  const latched = [exitLong, exitShort, stop, ...targets].flatMap((program) => program?.latched ?? [])
  return [...[prices.stop, ...prices.targets].filter((register) => register !== undefined), ...latched]
}

function stopText(stop: ResolvedStrategy["protect"]["stopLoss"]): string | undefined {
  if (stop.kind === "price") return stop.formula
  return stop.kind === "atr" ? atrFormula(stop) : undefined
}

function priceAnswer(scope: Scope, text: string | undefined): Answer {
  if (text === undefined) return {}
  const inPosition = { ...scope, position: emptyPosition() }
  return answerOf(inPosition, compileFormula(parsed(text), inPosition))
}

/** A compilation's series, cached for all combinations with the same values for a series' own params. */
class KnownSeries extends Map<string, Value> {
  constructor(
    private readonly kept: Map<string, Value>,
    private readonly valuesOf: Map<string, string>,
  ) {
    super()
  }

  override get(key: string): Value | undefined {
    return this.kept.get(this.#withValues(key))
  }

  override has(key: string): boolean {
    return this.kept.has(this.#withValues(key))
  }

  override set(key: string, value: Value): this {
    this.kept.set(this.#withValues(key), value)
    return this
  }

  /** Keys are "clock name output" (compile-name.ts); names have no spaces. */
  #withValues(key: string): string {
    return `${key} ${this.valuesOf.get(key.split(" ", 2)[1])}`
  }
}

/** Compiles unused series too, so that a value they refuse is refused here as in a backtest. */
function settleSeries(scope: Scope): void {
  scope.series.forEach(({ formula }, index) => {
    const reach = { ...scope, seriesInReach: index }
    for (const { output } of outputsOfFormula(formula, reach)) compileSeries(index, { output, at: 0 }, scope)
  })
}

function entryRegister(scope: Scope, rule: ParsedRule): number {
  return registerOf(scope, ruleValue(scope, rule))
}

function exitAnswer(scope: Scope, side: ParsedSide | undefined): Answer {
  if (side?.exit === undefined) return {}
  const inPosition = { ...scope, position: emptyPosition() }
  return answerOf(inPosition, ruleValue(inPosition, side.exit))
}

function ruleValue(scope: Scope, { join, formulas }: ParsedRule): Value {
  const values = formulas.map((formula) => compileFormula(formula, scope))
  return values.reduce((a, b) => (join === "all" ? andValue : orValue)(scope, a, b))
}
