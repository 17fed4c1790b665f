import { strategyFromJson, type StrategyProblem, type WrittenStrategy } from "#engine/strategy"
import { useMemo, useState } from "react"
import { hasRules, withParamValues } from "../run/template-of.ts"
import type { RulesPlace } from "../run/setup-job.ts"
import { useRestedValues } from "./cards/rested-values.ts"

/** What is tested while a strategy is written: itself, or while it is not finished the last good rules. */
export type GoodRules = {
  /** Undefined where there are none yet. */
  strategy: WrittenStrategy | undefined
  /** Whether they are of before this screen was opened. */
  isOfBefore: boolean
  /** What is not finished; empty when the strategy itself is tested. */
  unfinished: StrategyProblem[]
}

/** Which strategy it is, as it is written, what was good before it, and where it is to run. */
type Written = {
  key: string
  strategy: WrittenStrategy | undefined
  before: WrittenStrategy | undefined
  place: RulesPlace
}

/**
 * The rules that can be tested there. What was good on this screen goes on while something is half written, with its
 * sliders where the person has them; opened half written, `before` does: the version or the template it was made from.
 */
export function useGoodRules({ key, strategy, before, place }: Written): GoodRules {
  const [last, setLast] = useState<{ key: string; strategy: WrittenStrategy }>()
  const rested = useRestedValues(strategy ?? nothing)
  const unfinished = useMemo(() => (rested === nothing ? [] : rulesProblemsAt(place, rested)), [rested, place])
  const isGood = strategy !== undefined && unfinished.length === 0
  if (isGood && hasRules(rested) && (last?.key !== key || last.strategy !== rested)) setLast({ key, strategy: rested })
  const isOfBefore = last?.key !== key
  const good = isOfBefore ? before : last.strategy
  return useMemo(
    () => ({ strategy: isGood || !strategy ? strategy : goodRules(good, strategy, place), isOfBefore, unfinished }),
    [isGood, strategy, good, place, isOfBefore, unfinished],
  )
}

/** The good rules with the sliders of what is being written, as far as they have them; undefined without rules. */
export function goodRules(
  good: WrittenStrategy | undefined,
  written: WrittenStrategy,
  place: RulesPlace,
): WrittenStrategy | undefined {
  if (!good || !hasRules(good)) return undefined
  const values = Object.entries(written.params ?? {}).map(([name, { value }]) => [name, value] as const)
  const moved = withParamValues(good, Object.fromEntries(values))
  return [moved, good].find((each) => rulesProblemsAt(place, each).length === 0)
}

/** Why rules as they are written cannot run there; empty where they can. */
export function rulesProblemsAt({ timeframe, extra }: RulesPlace, strategy: WrittenStrategy): StrategyProblem[] {
  const checked = strategyFromJson(timeframe ? { ...strategy, timeframe } : strategy, { extra })
  return checked.ok ? [] : checked.problems
}

const nothing = {} as WrittenStrategy
