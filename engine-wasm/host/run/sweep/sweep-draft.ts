import { emptyDraft, type ProgramDraft } from "../../strategy/compile/compile-draft.ts"
import { compileFormula, type Scope } from "../../strategy/compile/compile-expression.ts"
import { compileSeries } from "../../strategy/compile/compile-name.ts"
import { andValue, orValue, registerOf, type Value } from "../../strategy/compile/compile-operator.ts"
import { outputsOfFormula } from "../../strategy/compile/compile-outputs.ts"
import { emptyPosition } from "../../strategy/compile/compile-position.ts"
import type { Answers } from "../../strategy/compile/compile-program.ts"
import { answerOf, atrFormula, type Answer } from "../../strategy/compile/compile-rules.ts"
import type { ParamValues, ResolvedStrategy } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { FormulaRefused } from "../../strategy/formula/formula-lexer.ts"
import { timeframesMs } from "../../candles/timeframe.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import type { RuleLeaf, RuleTree } from "./rule-tree.ts"
import { SweepConditions, type SweepSignals } from "./sweep-conditions.ts"
import { parsed, type ParsedRule, type ParsedRules } from "./sweep-signals.ts"

/**
 * What a combination decides by beside its signals: prices and conditions on the position in the draft's registers. One
 * object for all combinations that need no other.
 */
export type SweptAnswers = Pick<Answers, "prices" | "positionPrograms"> & {
  /** Conditions of exits whose questions about the position these values answer. */
  exits: { long?: number; short?: number }
}
/** What one combination decides by: its signals as conditions, and the rest. */
export type SweptRules = { signals: SweepSignals; answers: SweptAnswers }

/** One program for many combinations: it has their shared parts once. */
export class SweepDraft {
  readonly draft: ProgramDraft
  readonly conditions: SweepConditions
  readonly #settled: Remembered<true>[]
  readonly #registers = new Map<RuleLeaf, Remembered<number>>()
  readonly #conditionsOf = new Map<RuleLeaf, Remembered<number>>()
  readonly #answers = new Map<ResolvedStrategy, Remembered<SweptAnswers>>()

  constructor(
    { markets: [market] }: EngineSession,
    { timeframe }: StrategyDocument,
    private readonly rules: ParsedRules,
  ) {
    this.draft = emptyDraft(market.compile, timeframesMs[timeframe])
    this.conditions = new SweepConditions(this.draft)
    this.#settled = rules.paramsOfSeries.map((names) => new Remembered(names))
  }

  /** Puts the rules of one combination into the draft. Undefined: these values are refused. */
  rulesOf(params: ParamValues, resolved: ResolvedStrategy): SweptRules | undefined {
    const { enterLong, exitLong, enterShort, exitShort } = this.rules
    try {
      this.#settleSeries(params)
      const answers = this.#answersOf(params, resolved)
      const signals = {
        enterLong: this.#signal(enterLong, params),
        exitLong: this.#signal(exitLong, params) ?? answers.exits.long,
        enterShort: this.#signal(enterShort, params),
        exitShort: this.#signal(exitShort, params) ?? answers.exits.short,
      }
      return { signals, answers }
    } catch (refusal) {
      if (refusal instanceof FormulaRefused) return undefined
      throw refusal
    }
  }

  /** Compiles unused series too, so that a value they refuse is refused here as in a backtest. */
  #settleSeries(params: ParamValues): void {
    for (let index = 0; index < this.#settled.length; index++)
      this.#settled[index].of(params, () => {
        const scope = this.#scope(params)
        const { formula } = scope.series[index]
        for (const { output } of outputsOfFormula(formula, { ...scope, seriesInReach: index }))
          compileSeries(index, { output, at: 0 }, scope)
        return true
      })
  }

  #scope(params: ParamValues, seriesInReach = this.rules.series.length): Scope {
    const { series, models, tickParts, amountParts } = this.rules
    const clockMs = this.draft.strategyMs
    const known = new Map<string, Value>()
    return { draft: this.draft, clockMs, params, series, models, tickParts, amountParts, seriesInReach, known }
  }

  #signal(tree: RuleTree | undefined, params: ParamValues): number | undefined {
    return tree && this.#condition(tree, params)
  }

  #condition(tree: RuleTree, params: ParamValues): number {
    if (tree.kind === "order")
      return this.conditions.compared(tree.condition, this.#register(tree.a, params), this.#register(tree.b, params))
    if (tree.kind === "joint") {
      const [a, b] = tree.of
      return this.conditions.joined(
        tree.condition,
        this.#condition(a, params),
        b === undefined ? undefined : this.#condition(b, params),
      )
    }
    const known = rememberedFor(this.#conditionsOf, tree.leaf)
    return known.of(params, () => this.conditions.ofRegister(this.#compiled(tree.leaf, params)))
  }

  #register(leaf: RuleLeaf, params: ParamValues): number {
    return rememberedFor(this.#registers, leaf).of(params, () => this.#compiled(leaf, params))
  }

  #compiled({ formula, reach }: RuleLeaf, params: ParamValues): number {
    const scope = this.#scope(params, reach)
    return registerOf(scope, compileFormula(formula, scope))
  }

  #answersOf(params: ParamValues, resolved: ResolvedStrategy): SweptAnswers {
    let known = this.#answers.get(resolved)
    if (!known) this.#answers.set(resolved, (known = new Remembered(this.rules.answerParams)))
    return known.of(params, () => this.#compiledAnswers(this.#scope(params), resolved.protect))
  }

  #compiledAnswers(scope: Scope, { stopLoss, takeProfit }: ResolvedStrategy["protect"]): SweptAnswers {
    const { long, short } = this.rules.positionExits
    const exits = { long: exitAnswer(scope, long), short: exitAnswer(scope, short) }
    const stop = priceAnswer(scope, stopText(stopLoss))
    const targets = takeProfit.map((target) => priceAnswer(scope, "formula" in target ? target.formula : undefined))
    const prices = { stop: stop.register, targets: targets.map(({ register }) => register) }
    const positionPrograms = {
      exitLong: exits.long.program,
      exitShort: exits.short.program,
      stop: stop.program,
      targets: targets.map(({ program }) => program),
    }
    for (const register of registersOf({ prices, positionPrograms })) this.conditions.columns.add(register)
    const conditionOf = ({ register }: Answer) =>
      register === undefined ? undefined : this.conditions.ofRegister(register)
    return { prices, positionPrograms, exits: { long: conditionOf(exits.long), short: conditionOf(exits.short) } }
  }
}

/** Something made once for each set of values of these params. */
class Remembered<Made> {
  readonly #made = new Map<unknown, Made>()

  constructor(private readonly names: readonly string[]) {}

  of(params: ParamValues, make: () => Made): Made {
    const key = this.#key(params)
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const made = make()
    this.#made.set(key, made)
    return made
  }

  #key(params: ParamValues): unknown {
    const { names } = this
    if (names.length <= 1) return params[names[0]]
    let key = ""
    for (const name of names) key += `${params[name]} `
    return key
  }
}

function rememberedFor<Made>(all: Map<RuleLeaf, Remembered<Made>>, leaf: RuleLeaf): Remembered<Made> {
  let known = all.get(leaf)
  if (!known) all.set(leaf, (known = new Remembered(leaf.params)))
  return known
}

/** The registers that answers read as they are. */
function registersOf({
  prices,
  positionPrograms: { exitLong, exitShort, stop, targets },
}: Pick<Answers, "prices" | "positionPrograms">): number[] {
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

function exitAnswer(scope: Scope, rule: ParsedRule | undefined): Answer {
  if (!rule) return {}
  const inPosition = { ...scope, position: emptyPosition() }
  const join = rule.join === "all" ? andValue : orValue
  const values = rule.formulas.map((formula) => compileFormula(formula, inPosition))
  return answerOf(
    inPosition,
    values.reduce((a, b) => join(inPosition, a, b)),
  )
}
