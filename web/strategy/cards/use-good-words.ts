import { useMemo, useState } from "react"
import {
  planInWords,
  type PlanSentence,
  type StrategyDocument,
  type StrategyOrProblems,
  type TestedOn,
} from "#engine/strategy"

/**
 * What a strategy does with the market and the money at hand, by its document; while that is half written, what the last
 * good one does.
 */
export function useGoodWords(checked: StrategyOrProblems, testedOn: TestedOn | undefined): PlanSentence[] {
  const [good, setGood] = useState<StrategyDocument>()
  if (checked.ok && checked.strategy !== good) setGood(checked.strategy)
  return useMemo(() => (good ? planInWords(good, undefined, testedOn) : []), [good, testedOn])
}
