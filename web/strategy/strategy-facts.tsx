import { memo } from "react"
import { MadeUpChip } from "../figure/index.ts"
import { factLines } from "../run/facts-words.ts"
import type { MadeUp } from "../run/made-up.ts"
import type { KnownFacts } from "../run/use-facts.ts"
import { OfBefore } from "../ui/of-before.tsx"
import { Skeleton } from "../ui/skeleton.tsx"

/** `on`: which markets; `madeUp`: what must be said of their prices. */
type StrategyFactsProps = KnownFacts & { on: string; madeUp: MadeUp | undefined }

/** What a strategy did on the person's own market, counted; its room is kept until it is known. */
export const StrategyFacts = memo(function StrategyFacts({ facts, isStale, on, madeUp }: StrategyFactsProps) {
  if (!facts)
    return (
      <div aria-busy={isStale} className="min-h-92">
        {isStale && <Skeleton className="h-92 w-full" />}
      </div>
    )
  return (
    <OfBefore isStale={isStale} className="min-h-92">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 pb-1 text-sm font-semibold text-ink">
        On {on} <MadeUpChip of={madeUp} />
      </p>
      <dl className="flex flex-col gap-2 text-sm" data-testid="facts">
        {factLines(facts).map(({ name, words }) => (
          <div key={name}>
            <dt className="font-medium text-ink">{name}</dt>
            <dd className="text-ink-soft">{words}</dd>
          </div>
        ))}
      </dl>
    </OfBefore>
  )
})
