import {
  conditionInWords,
  conditionPath,
  pathText,
  ruleAt,
  type RulePlace,
  type WrittenStrategy,
} from "#engine/strategy"

/** A condition that a search may try to do without. */
export type OptionalCondition = { place: RulePlace; path: string; words: string }

const places: readonly RulePlace[] = ["long.enter", "long.exit", "short.enter", "short.exit"]

/** The conditions of rules that have another one beside them. */
export function optionalConditions(document: WrittenStrategy): OptionalCondition[] {
  return places.flatMap((place) => {
    const { formulas } = ruleAt(document, place)
    return formulas.length < 2
      ? []
      : formulas.map((text, at) => ({
          place,
          path: pathText([...conditionPath(document, place, at)]),
          words: conditionInWords(text, document.params ?? {}),
        }))
  })
}

/** The conditions of a strategy that a variant of it does without, in words. */
export function leftOutWords(strategy: WrittenStrategy, variant: WrittenStrategy): string[] {
  return places.flatMap((place) => {
    const { formulas } = ruleAt(variant, place)
    return ruleAt(strategy, place)
      .formulas.filter((text) => !formulas.includes(text))
      .map((text) => conditionInWords(text, strategy.params ?? {}))
  })
}
