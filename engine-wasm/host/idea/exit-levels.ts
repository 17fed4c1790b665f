import type { StrategyDocument, WrittenStrategy } from "../strategy/document/strategy-document.ts"
import { makeFixed } from "../strategy/edit/adjustable.ts"
import { ruleAt } from "../strategy/edit/rule-edit.ts"
import { everyPartOf } from "../strategy/formula/formula-walk.ts"
import { parseFormula } from "../strategy/formula/formula-parser.ts"
import type { Formula } from "../strategy/formula/formula.ts"
import type { DraftRule, IdeaDraft, SideName } from "./idea-draft.ts"
import { type Condition, type Relation } from "./reading/condition.ts"
import type { Operand } from "./reading/operand.ts"
import { fitsLimit, hasScale } from "./reading/spoken-limit.ts"

/** A number at which a value lets in. */
type EntryLevel = { side?: SideName; value: Pick<Operand, "name">; level: number }

/** "Short above 75, cover at 50": a level to leave at is reached from where the entry was, said or given. */
export function turnExits(draft: IdeaDraft, given?: StrategyDocument) {
  const said = draft.rules.filter(({ deed }) => deed === "enter").flatMap(levelsSaid)
  const entries = said.length > 0 || !given ? said : levelsGiven(given)
  for (const { deed, side, condition } of draft.rules) {
    if (deed !== "exit" || condition.kind !== "compare" || !condition.isFromEither) continue
    const own = entries.filter((entry) => (entry.side ?? side) === (side ?? entry.side))
    const level = condition.right.value!
    const isAssumed = nameValue(condition, own)
    const entry = own.find(({ value }) => value.name === condition.left.name)?.level
    if (entry !== undefined && entry !== level) condition.relation = turned(condition.relation, level > entry)
    if (isAssumed) draft.assume("sign", "", condition)
  }
}

/** "Cover at 50, short when RSI …": no value was named yet, so the number is a level of the one that lets in. */
function nameValue(condition: Extract<Condition, { kind: "compare" }>, entries: readonly EntryLevel[]): boolean {
  const { left, right } = condition
  if (left.name !== "close" || left.ago !== undefined || right.isMoney || right.percentOff !== undefined) return false
  if (entries.some(({ value }) => value.name === "close")) return false
  const value = entries.map((entry) => entry.value as Operand).find(hasScale)
  if (value?.numbers === undefined || !fitsLimit(value, right.value!)) return false
  condition.left = value
  return true
}

function turned(relation: Relation, isAbove: boolean): Relation {
  if (relation.startsWith("cross")) return isAbove ? "crossover" : "crossunder"
  const isStrict = !relation.endsWith("=")
  if (isStrict) return isAbove ? ">" : "<"
  return isAbove ? ">=" : "<="
}

function levelsSaid({ side, condition }: DraftRule): EntryLevel[] {
  return comparisonsOf(condition).flatMap(({ left, right }) =>
    right.name === "number" ? [{ side, value: left, level: right.value! }] : [],
  )
}

function comparisonsOf(condition: Condition): Extract<Condition, { kind: "compare" }>[] {
  if (condition.kind === "joined") return condition.of.flatMap(comparisonsOf)
  return condition.kind === "compare" ? [condition] : []
}

function levelsGiven(given: StrategyDocument): EntryLevel[] {
  const plain = Object.keys(given.params).reduce<WrittenStrategy>(makeFixed, given)
  return (["long", "short"] as const).flatMap((side) =>
    ruleAt(plain, `${side}.enter`)
      .formulas.flatMap(comparedNumbers)
      .map((each) => ({ side, ...each })),
  )
}

const comparisons = new Set(["<", "<=", ">", ">="])

/** The values that a formula compares with a number, or lets cross it. */
function comparedNumbers(text: string): Omit<EntryLevel, "side">[] {
  const parsed = parseFormula(text)
  if (!parsed.ok) return []
  return everyPartOf(parsed.formula).flatMap((part) => {
    const [left, right] = pairOf(part)
    const name = left && nameOf(left)
    return name && right?.kind === "number" ? [{ value: { name }, level: right.value }] : []
  })
}

function pairOf(part: Formula): Formula[] {
  if (part.kind === "binary" && comparisons.has(part.operator)) return [part.left, part.right]
  return part.kind === "call" && part.name.startsWith("cross") ? part.arguments : []
}

function nameOf(formula: Formula): string | undefined {
  if (formula.kind === "output" || formula.kind === "history" || formula.kind === "timeframe") return nameOf(formula.of)
  return formula.kind === "call" || formula.kind === "name" ? formula.name : undefined
}
