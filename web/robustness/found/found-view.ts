import type { Optimisation, SearchSpace, TrialRow } from "#engine/run"
import type { WrittenStrategy } from "#engine/strategy"
import { type ShownParam, shownParams, withParamValues } from "../../run/template-of.ts"
import type { TimeZone } from "../../ui/date-format.ts"
import { formatCount, formatSignedPercent } from "../../ui/number-format.ts"
import { leftOutWords } from "../choices/optional-conditions.ts"
import { valueWords } from "../choices/vary-choice.ts"
import { objectiveName, scoreWords } from "../score-words.ts"

/** What was found, and what its parts need to tell it in a person's words. */
export type FoundView = {
  optimisation: Optimisation
  space: SearchSpace
  /** The strategy as it is now, as it was written. */
  strategy: WrittenStrategy
  currency: string | undefined
  zone: TimeZone
  /** Keeps a document as the next version of the strategy, with why. */
  onUse: (document: WrittenStrategy, how: string) => void
}

type Found = Pick<TrialRow, "params" | "variant">

/** The params that were varied, in their order. */
export function variedParams({ space }: Pick<FoundView, "space">): ShownParam[] {
  const all = shownParams(space.variants[0])
  return space.dimensions.flatMap(({ name }) => all.find((param) => param.name === name) ?? [])
}

/** A param's name without its unit: "Fast average" of "Fast average: candles". */
export function shortLabel({ label }: Pick<ShownParam, "label">): string {
  return label.split(":")[0]
}

/** "Fast average 20, slow average 100", with the rules it does without. */
export function rowWords(view: Pick<FoundView, "space">, row: Found): string {
  const values = variedParams(view).map((param) => `${shortLabel(param)} ${valueWords(row.params[param.name])}`)
  return [...values, ...variantWords(view, row)].join(", ")
}

/**
 * The strategy with a trial's values and rules: as it is written now, where that has all the params and rules that were
 * searched, so that nothing else of it changes.
 */
export function documentOf({ space, strategy }: Pick<FoundView, "space" | "strategy">, row: Found): WrittenStrategy {
  const hasAll = space.dimensions.every(({ name }) => Object.hasOwn(strategy.params ?? {}, name))
  return withParamValues(row.variant === 0 && hasAll ? strategy : space.variants[row.variant], row.params)
}

/** Which rules a trial does without, where that was searched too. */
export function variantWords({ space }: Pick<FoundView, "space">, { variant }: Pick<TrialRow, "variant">): string[] {
  if (space.variants.length === 1) return []
  const leftOut = leftOutWords(space.variants[0], space.variants[variant])
  return [leftOut.length === 0 ? "all rules" : leftOut.map((words) => `without “${words}”`).join(", ")]
}

/** Keeps a trial's values, with a note where they come from. `what`: "the plateau". */
export function keepTrial(view: FoundView, row: TrialRow, what: string): void {
  view.onUse(documentOf(view, row), howWords(view, row, what))
}

/** "values of a search: the plateau of 1,296 combinations, Sharpe ratio 1.42; locked away −3.1 %; doubtful" */
export function howWords({ optimisation }: Pick<FoundView, "optimisation">, row: TrialRow, what: string): string {
  const { plan, evaluated, heldOut, verdict, best } = optimisation
  const [objective] = plan.objectives
  return [
    `values of a search: ${what} of ${formatCount(evaluated, "combination")}, ${objectiveName(objective)} ${scoreWords(objective, row.score)}`,
    heldOut &&
      row.number === best.number &&
      `on the locked-away part ${formatSignedPercent(heldOut.metrics.totalReturnPercent)}`,
    `verdict: ${verdict.level}`,
  ]
    .filter(Boolean)
    .join("; ")
}
