import type { PlanSentence } from "#engine/strategy"

/** What the strategy does in plain sentences; `isCurrent`: of the document as it is, not of the last good one. */
export function PlainWords({ words, isCurrent }: { words: PlanSentence[]; isCurrent: boolean }) {
  if (words.length === 0) return null
  return (
    <section aria-label="In plain words" className="flex flex-col gap-2 border-t border-line pt-3">
      <h3 className="text-base font-semibold">In plain words</h3>
      {!isCurrent && <p className="text-sm text-warn">The last good rules, until what you are writing is finished:</p>}
      <ul data-testid="plain-words" className="flex max-w-[72ch] flex-col gap-1 text-ink">
        {words.map(({ text }, n) => (
          <li key={n} className="wrap-anywhere">
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
