import { memo, useEffect, useState } from "react"
import { planInWords, type PlanSentence, type StrategyOrProblems } from "#engine/strategy"

/** What the strategy does, told from the document itself; while a rule is half written, what its last good rules do. */
export const PlainWords = memo(function PlainWords({ checked }: { checked: StrategyOrProblems }) {
  const [good, setGood] = useState<PlanSentence[]>([])
  useEffect(() => {
    if (checked.ok) setGood(planInWords(checked.strategy))
  }, [checked])
  if (good.length === 0) return null
  return (
    <section aria-label="In plain words" className="flex flex-col gap-2">
      <h3 className="text-base font-semibold">In plain words</h3>
      {!checked.ok && (
        <p className="text-sm text-warn">The last good rules, until the rule you are writing is finished:</p>
      )}
      <ul data-testid="plain-words" className="flex max-w-[72ch] flex-col gap-1 text-ink">
        {good.map(({ text }) => (
          <li key={text} className="wrap-anywhere">
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
})
