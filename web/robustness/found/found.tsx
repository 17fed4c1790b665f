import { valueWords } from "../choices/vary-choice.ts"
import { type FoundView, shortLabel, variantWords, variedParams } from "./found-view.ts"
import { HeatMapPart } from "./heat-map-part.tsx"
import { HeldOutPart } from "./held-out-part.tsx"
import { HonestNumbers } from "./honest-numbers.tsx"
import { CoinFlipsPart } from "./coin-flips-part.tsx"
import { Shaken } from "./shaken/shaken.tsx"
import { TrialsPart } from "./trials-part.tsx"
import { TwoChoices } from "./two-choices.tsx"
import { VerdictCard } from "./verdict-card.tsx"
import { WalkForwardPart } from "./walk-forward-part.tsx"

/** What a search found, read from top to bottom like an answer: how much to believe first. */
export function Found({ view }: { view: FoundView }) {
  const { verdict, robustness } = view.optimisation
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <VerdictCard verdict={verdict} of={bestWords(view)} />
      <HeldOutPart view={view} />
      <CoinFlipsPart view={view} />
      <HeatMapPart view={view} />
      <TwoChoices view={view} />
      <WalkForwardPart view={view} />
      {robustness && <Shaken robustness={robustness} currency={view.currency} zone={view.zone} />}
      <TrialsPart view={view} />
      <HonestNumbers view={view} />
    </div>
  )
}

/** "The best: Fast average 20, Slow average 100". */
function bestWords(view: FoundView): string {
  const { best } = view.optimisation
  const values = variedParams(view).map((param) => `${shortLabel(param)} ${valueWords(best.params[param.name])}`)
  return `The best: ${[...values, ...variantWords(view, best)].join(", ")}`
}
