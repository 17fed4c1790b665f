import { ConditionKind } from "../../../assembly/sweep/sweep-word.ts"
import type { Scope } from "../../strategy/compile/compile-expression.ts"
import { conditionsOf, type StrategyDocument, type StrategyRule } from "../../strategy/document/strategy-document.ts"
import type { Formula } from "../../strategy/formula/formula.ts"
import { FormulaRefused } from "../../strategy/formula/formula-lexer.ts"
import { parseFormula } from "../../strategy/formula/formula-parser.ts"
import { everyPartOf } from "../../strategy/formula/formula-walk.ts"
import { tickPartsOf } from "../../strategy/formula/tick-parts.ts"
import { RuleTrees, type RuleTree } from "./rule-tree.ts"

/** Formulas of which all or any must hold. */
export type ParsedRule = { join: "all" | "any"; formulas: Formula[] }
/** A strategy's formulas, read once for all combinations. */
export type ParsedRules = Pick<Scope, "series" | "models" | "tickParts" | "amountParts"> & {
  /** By series: the params it depends on. */
  paramsOfSeries: string[][]
  enterLong?: RuleTree
  exitLong?: RuleTree
  enterShort?: RuleTree
  exitShort?: RuleTree
  /** Exits that ask for the position, which no column of the candles answers. */
  positionExits: { long?: ParsedRule; short?: ParsedRule }
  /** The params that those and the prices of stop and targets depend on. */
  answerParams: string[]
}

/** The formulas of a document; undefined when one of them cannot be read (compiling the document shows which). */
export function parsedRules(strategy: StrategyDocument): ParsedRules | undefined {
  try {
    const params = Object.keys(strategy.params)
    const series = Object.entries(strategy.series).map(([name, text]) => ({ name, formula: parsed(text) }))
    const trees = new RuleTrees(series, params)
    const exits = { long: parsedRule(strategy.long?.exit), short: parsedRule(strategy.short?.exit) }
    const positionExits = { long: ifFollows(exits.long), short: ifFollows(exits.short) }
    return {
      series,
      models: strategy.models ?? {},
      tickParts: tickPartsOf(series),
      amountParts: tickPartsOf(series, new Set(params)),
      paramsOfSeries: series.map(({ formula }) => trees.paramsIn([formula])),
      enterLong: treeOf(trees, parsedRule(strategy.long?.enter)),
      exitLong: positionExits.long ? undefined : treeOf(trees, exits.long),
      enterShort: treeOf(trees, parsedRule(strategy.short?.enter)),
      exitShort: positionExits.short ? undefined : treeOf(trees, exits.short),
      positionExits,
      answerParams: trees.paramsIn([
        ...priceFormulas(strategy),
        ...(positionExits.long?.formulas ?? []),
        ...(positionExits.short?.formulas ?? []),
      ]),
    }
  } catch (refusal) {
    if (refusal instanceof FormulaRefused) return undefined
    throw refusal
  }
}

function parsedRule(rule: StrategyRule | null | undefined): ParsedRule | undefined {
  if (!rule) return undefined
  const { join, formulas } = conditionsOf(rule)
  return { join, formulas: formulas.map(parsed) }
}

/** A formula as a tree. @throws {FormulaRefused} */
export function parsed(text: string): Formula {
  const answer = parseFormula(text)
  if (answer.ok) return answer.formula
  throw new FormulaRefused(answer.character, answer.because)
}

function ifFollows(rule: ParsedRule | undefined): ParsedRule | undefined {
  const parts = rule?.formulas.flatMap(everyPartOf) ?? []
  return parts.some((part) => part.kind === "name" && part.name === "position") ? rule : undefined
}

function treeOf(trees: RuleTrees, rule: ParsedRule | undefined): RuleTree | undefined {
  return rule && trees.joined(rule.formulas, rule.join === "all" ? ConditionKind.and : ConditionKind.or)
}

function priceFormulas({ protect: { stopLoss, takeProfit } }: StrategyDocument): Formula[] {
  const texts = [stopLoss, ...takeProfit].flatMap((one) => ("formula" in one ? [one.formula] : []))
  return texts.map(parsed)
}
