import { formatCount, formatNumber, formatPercent } from "../../ui/number-format.ts"
import type { GlossaryTerm } from "../../glossary.ts"
import { WhatIsThis } from "../../what-is-this.tsx"
import type { FoundView } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"

type Honest = { term: GlossaryTerm; name: string; words: string; good: string }

/** The numbers behind the verdict, each explained, with what would be good. */
export function HonestNumbers({ view }: { view: FoundView }) {
  return (
    <FoundPart title="The numbers behind the verdict">
      <dl className="grid gap-x-10 md:grid-cols-2">
        {honestNumbers(view).map(({ term, name, words, good }) => (
          <div key={term} className="flex items-baseline justify-between gap-4 border-t border-line py-2">
            <dt className="flex items-center gap-1 text-ink-soft">
              {name} <WhatIsThis term={term} />
            </dt>
            <dd className="text-right">
              <span className="font-medium text-ink-strong tabular-nums">{words}</span>
              <span className="block text-sm text-ink-soft">{good}</span>
            </dd>
          </div>
        ))}
      </dl>
    </FoundPart>
  )
}

function honestNumbers({ optimisation }: FoundView): Honest[] {
  const { combinations, evaluated, refused, deflatedSharpe, pbo, coinFlips, heldOut } = optimisation
  const share = (value: number | null | undefined) =>
    value === null || value === undefined ? "unknown" : formatPercent(value * 100)
  return [
    {
      term: "trials",
      name: "Combinations tried",
      words: formatNumber(evaluated),
      good: [
        evaluated < combinations && `of ${formatNumber(combinations)}`,
        refused.count > 0 && `${formatCount(refused.count, "combination")} could not be run: ${refused.because}`,
        "the fewer, the better",
      ]
        .filter(Boolean)
        .join("; "),
    },
    {
      term: "deflatedSharpe",
      name: "Deflated Sharpe ratio",
      words: share(deflatedSharpe),
      good: "good from 95\u202f%",
    },
    { term: "overfitting", name: "Probability of overfitting", words: share(pbo), good: "good below 20\u202f%" },
    { term: "pValue", name: "Luck in the searched part", words: share(coinFlips?.pValue), good: "good below 5\u202f%" },
    {
      term: "heldOut",
      name: "Luck in the locked-away part",
      words: share(heldOut?.pValue),
      good: "good below 5\u202f%",
    },
  ]
}
