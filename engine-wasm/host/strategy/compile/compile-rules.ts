import { isTooLarge, type ProgramDraft } from "./compile-draft.ts"
import { compileFormula, type Scope } from "./compile-expression.ts"
import { andValue, cellOf, constant, orValue, registerOf, type Value } from "./compile-operator.ts"
import { emptyPosition, finishedPosition, type PositionDraft } from "./compile-position.ts"
import type { Answers } from "./compile-program.ts"
import { outputsOfFormula } from "./compile-outputs.ts"
import type { Formula } from "../formula/formula.ts"
import { FormulaRefused } from "../formula/formula-lexer.ts"
import { parseFormula } from "../formula/formula-parser.ts"
import { tickPartsOf } from "../formula/tick-parts.ts"
import type { PositionProgram, Program } from "./program.ts"
import type { ParamValues, ResolvedStrategy } from "../document/strategy-document-params.ts"
import type { StrategyProblem } from "../document/strategy-document-problems.ts"
import { conditionsOf, type StrategyRule } from "../document/strategy-document.ts"

/** One compilation: its results so far and its refusals. */
export type Compilation = { scope: Scope; problems: StrategyProblem[] }
type Condition = Program["conditions"][number]
/** A price or exit: a register of the market segment, or a program that follows the position. */
export type Answer = { register?: number; program?: PositionProgram }

/** A compilation with the params' values and the series read. */
export function beginCompilation(
  draft: ProgramDraft,
  params: ParamValues,
  { series, models = {} }: { series: Record<string, string>; models?: Scope["models"] },
): Compilation {
  const compilation: Compilation = {
    scope: {
      draft,
      clockMs: draft.strategyMs,
      params,
      series: [],
      models,
      tickParts: tickPartsOf([]),
      amountParts: tickPartsOf([]),
      seriesInReach: 0,
      known: new Map(),
    },
    problems: [],
  }
  for (const [name, text] of Object.entries(series)) {
    const formula = readFormula(compilation, `series.${name}`, text) ?? refusedSeries
    compilation.scope.series.push({ name, formula })
  }
  compilation.scope.tickParts = tickPartsOf(compilation.scope.series)
  compilation.scope.amountParts = tickPartsOf(compilation.scope.series, new Set(Object.keys(params)))
  return compilation
}

/** Replaces a refused series, so that its error is reported once and its users are still checked. */
const refusedSeries: Formula = { kind: "number", value: Number.NaN, at: 0 }

/** The answers of a program that only computes series. */
export function seriesAnswers(compilation: Compilation, formulas: string[]): Answers {
  const named = formulas.flatMap((text, n) => {
    const formula = readFormula(compilation, `formulas[${n}]`, text)
    return formula ? namedRegisters(compilation, { name: text, path: `formulas[${n}]`, formula }) : []
  })
  return { signals: {}, prices: { targets: [] }, positionPrograms: { targets: [] }, named, conditions: [] }
}

/** The answers of a strategy: its signals, prices, named series and conditions. */
export function strategyAnswers(compilation: Compilation, strategy: ResolvedStrategy): Answers {
  const named = compilation.scope.series.flatMap(({ name, formula }, index) => {
    compilation.scope.seriesInReach = index
    const registers = namedRegisters(compilation, { name, path: `series.${name}`, formula })
    if (registers.length === 0) compilation.scope.series[index] = { name, formula: refusedSeries }
    return registers
  })
  compilation.scope.seriesInReach = compilation.scope.series.length
  const long = sideAnswers(compilation, "long", strategy.long)
  const short = sideAnswers(compilation, "short", strategy.short)
  const stop = stopAnswer(compilation, strategy.protect.stopLoss)
  const targets = strategy.protect.takeProfit.map((target, n) =>
    "formula" in target ? priceAnswer(compilation, `protect.takeProfit[${n}].formula`, target.formula) : {},
  )
  return {
    signals: {
      enterLong: long.enter,
      exitLong: long.exit.register,
      enterShort: short.enter,
      exitShort: short.exit.register,
    },
    prices: { stop: stop.register, stopIsDistance: stop.isDistance, targets: targets.map((target) => target.register) },
    positionPrograms: {
      exitLong: long.exit.program,
      exitShort: short.exit.program,
      stop: stop.program,
      targets: targets.map((target) => target.program),
    },
    named,
    conditions: [...long.conditions, ...short.conditions],
  }
}

function namedRegisters(
  compilation: Compilation,
  { name, path, formula }: { name: string; path: string; formula: Formula },
): Program["named"] {
  return outputsOfFormula(formula, compilation.scope).flatMap(({ output, formula: one }) => {
    const value = compileWhere(compilation, path, one)
    return value ? [{ name: output ? `${name}.${output}` : name, register: registerOf(compilation.scope, value) }] : []
  })
}

type Side = "long" | "short"
type SideAnswers = { enter?: number; exit: Answer; conditions: Condition[] }

function sideAnswers(compilation: Compilation, side: Side, rules: ResolvedStrategy["long"]): SideAnswers {
  if (!rules) return { exit: {}, conditions: [] }
  const enter = ruleAnswer(compilation, `${side}.enter`, rules.enter)
  const exit = rules.exit ? ruleAnswer(compilation, `${side}.exit`, rules.exit, emptyPosition()) : { conditions: [] }
  return { enter: enter.register, exit, conditions: [...enter.conditions, ...exit.conditions] }
}

function ruleAnswer(
  { scope, problems }: Compilation,
  part: Condition["part"],
  rule: StrategyRule,
  position?: PositionDraft,
): Answer & { conditions: Condition[] } {
  const { join, formulas } = conditionsOf(rule)
  const compilation = { scope: { ...scope, position }, problems }
  const values = formulas.map(
    (text, n) => compileText(compilation, `${part}.${join}[${n}]`, text) ?? constant(Number.NaN),
  )
  const joined = values.reduce((a, b) => (join === "all" ? andValue : orValue)(compilation.scope, a, b))
  const conditions = values.map((value, n) => ({
    part,
    formula: formulas[n],
    register: value.kind === "cell" ? undefined : registerOf(scope, value),
  }))
  return { ...answerOf(compilation.scope, joined), conditions }
}

/** A compiled value as a register, or as a program where it follows the position. */
export function answerOf(scope: Scope, value: Value): Answer {
  if (value.kind !== "cell") return { register: registerOf(scope, value) }
  return { program: finishedPosition(scope.position!, cellOf(scope, value)) }
}

function stopAnswer(
  compilation: Compilation,
  stop: ResolvedStrategy["protect"]["stopLoss"],
): Answer & { isDistance?: boolean } {
  if (stop.kind === "price") return priceAnswer(compilation, "protect.stopLoss.formula", stop.formula)
  if (stop.kind !== "atr") return {}
  return { ...priceAnswer(compilation, "protect.stopLoss", atrFormula(stop)), isDistance: true }
}

/** How far such a stop is from the entry. */
export function atrFormula({ length, multiple }: { length: number; multiple: number }): string {
  return `atr(${length}) * ${multiple}`
}

function priceAnswer({ scope, problems }: Compilation, path: string, text: string): Answer {
  const compilation = { scope: { ...scope, position: emptyPosition() }, problems }
  const value = compileText(compilation, path, text)
  return value ? answerOf(compilation.scope, value) : {}
}

function compileText(compilation: Compilation, path: string, text: string): Value | undefined {
  const formula = readFormula(compilation, path, text)
  return formula && compileWhere(compilation, path, formula)
}

function readFormula({ problems }: Compilation, path: string, text: string): Formula | undefined {
  const parsed = parseFormula(text)
  if (parsed.ok) return parsed.formula
  problems.push({ path, because: parsed.because, character: parsed.character })
  return undefined
}

/** The formula's value; an error goes among the problems, with its place. */
function compileWhere({ scope, problems }: Compilation, path: string, formula: Formula): Value | undefined {
  if (isTooLarge(scope.draft)) return undefined
  try {
    return compileFormula(formula, scope)
  } catch (refusal) {
    if (!(refusal instanceof FormulaRefused)) throw refusal
    problems.push({ path, because: refusal.message, character: refusal.character })
    return undefined
  }
}
