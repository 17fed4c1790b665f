import { useMemo, useState } from "react"
import { planInWords, type PlanSentence, type StrategyDocument, type StrategyOrProblems } from "#engine/strategy"

/** What a strategy does, by its document; while that is half written, what the last good one does. */
export function useGoodWords(checked: StrategyOrProblems): PlanSentence[] {
  const [good, setGood] = useState<StrategyDocument>()
  if (checked.ok && checked.strategy !== good) setGood(checked.strategy)
  return useMemo(() => (good ? planInWords(good) : []), [good])
}
