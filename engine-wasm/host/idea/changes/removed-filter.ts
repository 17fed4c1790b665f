import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { ruleAt, type RulePlace, withRule } from "../../strategy/edit/rule-edit.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { chunksIn, clausesOf } from "./clause.ts"
import { usesFunction, writtenOut } from "./given-values.ts"

/** A condition that is to go, by what it was called: "turn off the trend filter". */
export type RemovedFilter = { isMeant: (document: WrittenStrategy, text: string) => boolean }

const removes =
  /\b(?:remov|delet|drop|skip|ignor|without|don't use|do not use|disabl|forget|scrap|turn off|switch off|leave out|get rid of|take out|no more|entfern|losch|ohne|streich|quit|elimin|sin\b|enlev|supprim|sans\b|remov|tir|sem\b)\w*|去掉|删除|取消|不要/
const ofConditions =
  /\b(?:\w*filters?|conditions?|requirements?|checks?|bedingung\w*|filtro|condicion|condition|condicao|filtre)\b|过滤|条件/
const ofTrend = /\b(?:up ?trend|trend\w*|tendenc\w+|tendance)\b|趋势/
/** The price beside an average of it. */
const trendText = /\b(?:close|high|low)\b.*\b(?:sma|ema|wma|hma|kama|linreg)\(|\b(?:sma|ema|wma)\(.*[<>]/

/** Takes the names of conditions that are to go; they are never read as new ones. */
export function takeRemovedFilters(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): RemovedFilter[] {
  if (given.code) return []
  return clausesOf(say).flatMap((clause): RemovedFilter[] => {
    if (!removes.test(clause.text) || !ofConditions.test(clause.text)) return []
    const said = chunksIn(clause, chunks)
    const names = said.flatMap((chunk) => (chunk.kind === "operand" ? chunk.operands.map(({ name }) => name) : []))
    const [timeframe] = said.flatMap((chunk) => (chunk.kind === "timeframe" ? [chunk.timeframe] : []))
    draft.understand(said, "enter", clause.text)
    if (names.length > 0)
      return [{ isMeant: (document, text) => names.every((name) => usesFunction(document, text, name)) }]
    if (timeframe) return [{ isMeant: (document, text) => writtenOut(document, text).includes(`@ ${timeframe}`) }]
    if (ofTrend.test(clause.text)) return [{ isMeant: (document, text) => trendText.test(writtenOut(document, text)) }]
    const own = (clause.text.match(/[a-z]{4,}/g) ?? []).filter(
      (word) => !removes.test(word) && !ofConditions.test(word),
    )
    return own.length > 0
      ? [{ isMeant: (document, text) => own.some((word) => nameOf(document, text).includes(word)) }]
      : []
  })
}

/** A formula with the labels of its sliders. */
function nameOf({ params = {} }: WrittenStrategy, text: string): string {
  const labels = Object.entries(params).flatMap(([name, { label }]) =>
    new RegExp(`\\b${name}\\b`).test(text) ? [label] : [],
  )
  return [text, ...labels].join(" ").toLowerCase()
}

/** The document without the conditions to enter that are meant; the last one stays. */
export function withoutFilter(document: WrittenStrategy, { isMeant }: RemovedFilter): WrittenStrategy {
  return (["long.enter", "short.enter"] as RulePlace[]).reduce((changed, place) => {
    const rule = ruleAt(changed, place)
    const kept = rule.formulas.filter((text) => !isMeant(changed, text))
    return kept.length === 0 || kept.length === rule.formulas.length
      ? changed
      : withRule(changed, place, { ...rule, formulas: kept })
  }, document)
}
