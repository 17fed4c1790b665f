import { emptyDraft, type ProgramDraft } from "./compile-draft.ts"
import { compileFormula, type Scope } from "./compile-expression.ts"
import { compileSeries } from "./compile-name.ts"
import { andValue, orValue, registerOf, type Value } from "./compile-operator.ts"
import { outputsOfFormula } from "./compile-outputs.ts"
import { emptyPosition } from "./compile-position.ts"
import type { EngineSession } from "./engine-session.ts"
import type { Formula } from "./formula.ts"
import { FormulaRefused } from "./formula-lexer.ts"
import { parseFormula } from "./formula-parser.ts"
import type { ParamValues } from "./strategy-document-params.ts"
import { conditionsOf, type StrategyDocument, type StrategyRule } from "./strategy-document.ts"
import { SweepConditions, type SweepSignals } from "./sweep-conditions.ts"
import { timeframesMs } from "./timeframe.ts"

type ParsedRule = { join: "all" | "any"; formulas: Formula[] }
type ParsedSide = { enter: ParsedRule; exit?: ParsedRule }
/** A strategy's formulas, read once for all combinations. */
export type ParsedRules = { series: Scope["series"]; long?: ParsedSide; short?: ParsedSide }

/** The formulas of a document; undefined when one of them cannot be read (compiling the document tells which). */
export function parsedRules({ series, long, short }: StrategyDocument): ParsedRules | undefined {
  try {
    return {
      series: Object.entries(series).map(([name, text]) => ({ name, formula: parsed(text) })),
      long: long ? { enter: parsedRule(long.enter), exit: long.exit ? parsedRule(long.exit) : undefined } : undefined,
      short: short ? { enter: parsedRule(short.enter), exit: short.exit ? parsedRule(short.exit) : undefined } : undefined,
    }
  } catch (refusal) {
    if (refusal instanceof FormulaRefused) return undefined
    throw refusal
  }
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

/** One program for many combinations: what several of them ask is in it once. */
export type SweepDraft = { draft: ProgramDraft; conditions: SweepConditions }

export function emptySweepDraft({ markets: [market] }: EngineSession, strategy: StrategyDocument): SweepDraft {
  const draft = emptyDraft(market.compile, timeframesMs[strategy.timeframe])
  return { draft, conditions: new SweepConditions(draft) }
}

/** The signals of one combination, put into the draft. Undefined: these values are refused, or an exit follows the position. */
export function sweepSignals({ draft, conditions }: SweepDraft, { series, long, short }: ParsedRules, params: ParamValues): SweepSignals | undefined {
  const scope: Scope = { draft, clockMs: draft.strategyMs, params, series, seriesInReach: series.length, known: new Map() }
  try {
    settleSeries(scope)
    const registers = {
      enterLong: long && ruleRegister(scope, long.enter),
      exitLong: long?.exit && ruleRegister(scope, long.exit),
      enterShort: short && ruleRegister(scope, short.enter),
      exitShort: short?.exit && ruleRegister(scope, short.exit),
    }
    const numbered = Object.entries(registers).flatMap(([name, register]) => (register === undefined ? [] : [[name, conditions.ofRegister(register)]]))
    return Object.fromEntries(numbered) as SweepSignals
  } catch (refusal) {
    if (refusal instanceof FormulaRefused || refusal instanceof FollowsPosition) return undefined
    throw refusal
  }
}

class FollowsPosition extends Error {}

/** Series no rule uses are compiled too, so that a value they refuse is refused here as in a backtest. */
function settleSeries(scope: Scope): void {
  scope.series.forEach(({ formula }, index) => {
    const reach = { ...scope, seriesInReach: index }
    for (const { output } of outputsOfFormula(formula, reach)) compileSeries(index, { output, at: 0 }, scope)
  })
}

function ruleRegister(scope: Scope, { join, formulas }: ParsedRule): number {
  const inPosition = { ...scope, position: emptyPosition() }
  const values = formulas.map((formula) => compileFormula(formula, inPosition))
  const joined: Value = values.reduce((a, b) => (join === "all" ? andValue : orValue)(inPosition, a, b))
  if (joined.kind === "cell") throw new FollowsPosition()
  return registerOf(scope, joined)
}
