import { ConditionKind } from "../../../assembly/sweep/sweep-word.ts"
import type { BinaryOperator, Formula } from "../../strategy/formula/formula.ts"
import { everyPartOf } from "../../strategy/formula/formula-walk.ts"

/** A part of a rule that is a column of the candles: compiled once for each set of values of its params. */
export type RuleLeaf = {
  formula: Formula
  /** How many series, in document order, it may use. */
  reach: number
  /** The params it depends on, through series too. */
  params: string[]
}

/** A rule as conditions over columns: what joins and compares them is the same for all combinations of values. */
export type RuleTree =
  | { kind: "joint"; condition: ConditionKind; of: RuleTree[] }
  | { kind: "order"; condition: ConditionKind; a: RuleLeaf; b: RuleLeaf }
  | { kind: "leaf"; leaf: RuleLeaf }

const comparisons: Partial<Record<BinaryOperator, ConditionKind>> = {
  "<": ConditionKind.less,
  "<=": ConditionKind.notGreater,
  ">": ConditionKind.greater,
  ">=": ConditionKind.notLess,
  "==": ConditionKind.equal,
  "!=": ConditionKind.different,
}
const joints: Partial<Record<BinaryOperator, ConditionKind>> = { and: ConditionKind.and, or: ConditionKind.or }
const crossings = new Map<string, ConditionKind>([
  ["crossover", ConditionKind.crossover],
  ["crossunder", ConditionKind.crossunder],
  ["cross", ConditionKind.cross],
])

/** Takes the rules of one document apart. */
export class RuleTrees {
  /** By series: the params it depends on. */
  readonly #paramsOf = new Map<string, string[]>()

  constructor(
    private readonly series: readonly { name: string; formula: Formula }[],
    private readonly params: readonly string[],
  ) {
    for (const { name, formula } of series) this.#paramsOf.set(name, this.paramsIn([formula]))
  }

  /** The params that formulas depend on. */
  paramsIn(formulas: readonly Formula[]): string[] {
    const names = new Set(
      formulas
        .flatMap(everyPartOf)
        .flatMap((part) => (part.kind === "name" ? [part.name, ...(this.#paramsOf.get(part.name) ?? [])] : [])),
    )
    return this.params.filter((param) => names.has(param))
  }

  leafOf(formula: Formula, reach = this.series.length): RuleLeaf {
    return { formula, reach, params: this.paramsIn([formula]) }
  }

  /** Formulas of which all or any must hold. */
  joined(formulas: readonly Formula[], condition: ConditionKind): RuleTree {
    return formulas.map((formula) => this.treeOf(formula)).reduce((a, b) => ({ kind: "joint", condition, of: [a, b] }))
  }

  treeOf(formula: Formula, reach = this.series.length): RuleTree {
    if (formula.kind === "unary" && formula.operator === "not")
      return { kind: "joint", condition: ConditionKind.not, of: [this.treeOf(formula.of, reach)] }
    if (formula.kind === "name") return this.#named(formula, reach)
    const taken =
      formula.kind === "binary"
        ? this.#binary(formula, reach)
        : formula.kind === "call"
          ? this.#call(formula, reach)
          : undefined
    return taken ?? { kind: "leaf", leaf: this.leafOf(formula, reach) }
  }

  /** A series that is a condition is taken apart like one that is written out. */
  #named(formula: Extract<Formula, { kind: "name" }>, reach: number): RuleTree {
    const index = this.params.includes(formula.name) ? -1 : this.series.findIndex(({ name }) => name === formula.name)
    if (index >= 0 && index < reach) return this.treeOf(this.series[index].formula, index)
    return { kind: "leaf", leaf: this.leafOf(formula, reach) }
  }

  #binary({ operator, left, right }: Extract<Formula, { kind: "binary" }>, reach: number): RuleTree | undefined {
    const joint = joints[operator]
    if (joint !== undefined)
      return { kind: "joint", condition: joint, of: [this.treeOf(left, reach), this.treeOf(right, reach)] }
    const comparison = comparisons[operator]
    return comparison === undefined ? undefined : this.#order(comparison, [left, right], reach)
  }

  #call({ name, arguments: sides }: Extract<Formula, { kind: "call" }>, reach: number): RuleTree | undefined {
    const crossing = crossings.get(name)
    return crossing === undefined || sides.length !== 2 ? undefined : this.#order(crossing, sides, reach)
  }

  #order(condition: ConditionKind, [a, b]: Formula[], reach: number): RuleTree {
    return { kind: "order", condition, a: this.leafOf(a, reach), b: this.leafOf(b, reach) }
  }
}
