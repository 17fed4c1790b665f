import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { ruleAt, type RulePlace, withRule } from "../../strategy/edit/rule-edit.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { chunksIn, clausesOf } from "./clause.ts"
import { usesFunction } from "./given-values.ts"
import { levelsOf } from "./rule-level.ts"

/** What is no longer to happen: "don't sell at RSI 70 anymore". Without names and numbers all of its conditions go. */
export type NoLonger = { part: "enter" | "exit"; names: string[]; numbers: number[] }

const patterns = [
  /\b(?:any ?more|any longer|no longer|never again|stop (?:sell|exit|buy|enter|clos)ing|quit (?:sell|exit|buy)ing)\b/,
  /\b(?:nicht|nie) mehr\b/,
  /\bya no\b|\bdeja de\b|\bno \w+ mas\b(?! (?:de|que)\b)/,
  /\b(?:ne|n') ?\w+ plus\b(?! (?:de|que)\b)|\b(?:arrete|cesse) de\b/,
  /\bnao \w+ mais\b(?! (?:de|do|que)\b)|\b(?:pare|deixe) de\b/,
  /不要再|别再|不再/,
]
const sells = /\b(?:sell|exit|clos|get out|verkauf|aussteig|vend|salg|salir|cierr|sor[st]|sai|fech)|卖|平仓/
const buys = /\b(?:buy|enter|kauf|einsteig|compr|entr|achet)|买/

/** Takes what is no longer to be bought or sold out of what is read further. */
export function takeNoLonger(say: string, chunks: readonly Chunk[], draft: IdeaDraft): NoLonger[] {
  return clausesOf(say).flatMap((clause): NoLonger[] => {
    if (!patterns.some((pattern) => pattern.test(clause.text))) return []
    const part = sells.test(clause.text) ? "exit" : buys.test(clause.text) ? "enter" : undefined
    const said = chunksIn(clause, chunks)
    if (!part || said.length === 0) return []
    const operands = said.flatMap((chunk) => (chunk.kind === "operand" ? chunk.operands : []))
    const amounts = said.flatMap((chunk) => (chunk.kind === "amount" ? [chunk.value] : []))
    draft.understand(said, part, "no longer")
    return [
      {
        part,
        names: operands.map(({ name }) => name),
        numbers: [...amounts, ...operands.flatMap((each) => each.numbers)],
      },
    ]
  })
}

/** The document without the conditions that are meant; the last way in stays. */
export function withoutMeant(document: WrittenStrategy, meant: NoLonger): WrittenStrategy {
  return (["long", "short"] as const).reduce((changed, side) => {
    const place: RulePlace = `${side}.${meant.part}`
    const rule = ruleAt(changed, place)
    const kept = rule.formulas.filter((text, index) => !isMeant(changed, { place, index, text }, meant))
    const mayGo = kept.length < rule.formulas.length && (kept.length > 0 || meant.part === "exit")
    return mayGo ? withRule(changed, place, { ...rule, formulas: kept }) : changed
  }, document)
}

type Placed = { place: RulePlace; index: number; text: string }

function isMeant(document: WrittenStrategy, { place, index, text }: Placed, { names, numbers }: NoLonger): boolean {
  if (!names.every((name) => usesFunction(document, text, name))) return false
  const level = levelsOf(document, [place]).find((each) => each.index === index)
  // "Don't sell at RSI 70": another level of the same indicator is not meant.
  return level === undefined || numbers.length === 0 || numbers.includes(level.value)
}
