import type { StrategyDocument, WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import { ruleAt, type RulePlace, withRule } from "../../strategy/edit/rule-edit.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import { naturalEntry } from "../natural-entry.ts"
import type { Chunk } from "../reading/chunk.ts"
import { type Condition, conditionFormula, mirrored } from "../reading/condition.ts"
import { isAverage, type Operand } from "../reading/operand.ts"
import { usesFunction } from "./given-values.ts"
import { withoutConditions } from "./rule-changes.ts"

/** One indicator in the place of another: "use EMA instead of RSI", "replace the RSI with MACD". */
export type Replacement = { old: Operand; fresh: Operand; second?: Operand; named: Chunk }

type OperandChunk = Extract<Chunk, { kind: "operand" }>

/** Takes what is replaced; of the two that were named the strategy has one. */
export function takeReplacement(chunks: readonly Chunk[], given: StrategyDocument): Replacement | undefined {
  const says = chunks.some(
    (chunk) => chunk.kind === "word" && (chunk.concept === "instead" || chunk.concept === "change"),
  )
  if (!says || given.code) return undefined
  const named = chunks.filter(
    (chunk): chunk is OperandChunk => chunk.kind === "operand" && chunk.operands.some(isIndicator),
  )
  const isInUse = ({ operands }: OperandChunk) =>
    writtenFormulas(given).some(({ text }) => operands.some(({ name }) => usesFunction(given, text, name)))
  const [old, ...others] = named.filter(isInUse)
  const [fresh, ...more] = named.filter((chunk) => !isInUse(chunk))
  if (!old || !fresh || others.length + more.length > 0) return undefined
  for (const chunk of chunks)
    if (chunk === old || (chunk.kind === "word" && chunk.concept === "instead")) chunk.isUsed = true
  const [first, second] = fresh.operands
  return { old: old.operands[0], fresh: first, ...(second && { second }), named: fresh }
}

function isIndicator({ name, source }: Operand): boolean {
  return name !== "number" && !["open", "high", "low", "close", "volume"].includes(name) && source !== "volume"
}

/** The document with the new indicator: under the old rules, by its usual signal, or by the rules that were said. */
export function withReplacement(
  document: WrittenStrategy,
  { old, fresh, second, named }: Replacement,
  draft: IdeaDraft,
): WrittenStrategy {
  // What was said of the new one stands in the rules already.
  if (draft.rules.length > 0) return withoutConditions(document, [old.name])
  draft.understand([named], "enter", named.text)
  if (isAverage(old) && isAverage(fresh) && !second) return withAverage(document, old.name, fresh)
  return places.reduce((changed, place) => withSignal(changed, place, { old, fresh, second }, draft), document)
}

const places: RulePlace[] = ["long.enter", "long.exit", "short.enter", "short.exit"]

/** Averages have everything in common but how they weigh: the lengths stay. */
function withAverage(document: WrittenStrategy, old: string, { name, numbers, hasLength }: Operand): WrittenStrategy {
  return writtenFormulas(document).reduce((changed, { path, text }) => {
    const renamed = text.replace(new RegExp(`\\b${old}\\(`, "g"), `${name}(`)
    const sized = hasLength
      ? renamed.replace(new RegExp(`\\b(${name}\\(\\w+, )\\w+\\)`, "g"), `$1${numbers[0]})`)
      : renamed
    return sized === text ? changed : withValueAt(changed, path, sized)
  }, document)
}

type Signal = Pick<Replacement, "old" | "fresh" | "second">

function withSignal(
  document: WrittenStrategy,
  place: RulePlace,
  { old, fresh, second }: Signal,
  draft: IdeaDraft,
): WrittenStrategy {
  const rule = ruleAt(document, place)
  const isOld = (text: string) => usesFunction(document, text, old.name)
  if (!rule.formulas.some(isOld)) return document
  const condition = signalAt(place, fresh, second)
  if (!condition) return document
  const text = conditionFormula(condition, document.timeframe)
  draft.assume("sign", "", condition)
  const formulas = [...new Set(rule.formulas.map((each) => (isOld(each) ? text : each)))]
  return withRule(document, place, { ...rule, formulas })
}

function signalAt(place: RulePlace, fresh: Operand, second: Operand | undefined): Condition | undefined {
  const signal = naturalEntry(fresh, second)
  if (!signal) return undefined
  const condition = place.endsWith("enter") ? signal.enter : (signal.exit ?? mirrored(signal.enter))
  return place.startsWith("long") ? condition : mirrored(condition)
}
