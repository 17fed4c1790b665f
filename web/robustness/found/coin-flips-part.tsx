import type { CoinFlipSearch } from "#engine/run"
import { Histogram } from "../../figure/index.ts"
import { formatNumber } from "../../ui/number-format.ts"
import { WhatIsThis } from "../../what-is-this.tsx"
import { objectiveInSentence, scoreWords } from "../score-words.ts"
import type { FoundView } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"
import { binsOf } from "./score-bins.ts"

/** What the same search finds where there is nothing to find, with what it found here among it. */
export function CoinFlipsPart({ view }: { view: FoundView }) {
  const { coinFlips, plan } = view.optimisation
  if (!coinFlips) return null
  const [objective] = plan.objectives
  const words = (score: number) => scoreWords(objective, score)
  return (
    <FoundPart title="Could it be luck?" about={<WhatIsThis term="coinFlips" />}>
      <Histogram
        title={`Best ${objectiveInSentence(objective)} on markets with nothing to find`}
        summary={coinFlipWords(coinFlips, words) + smallerWords(coinFlips, view.optimisation.evaluated)}
        bins={binsOf([...coinFlips.scores], coinFlips.score)}
        counted="coin-flip market"
        words={words}
        mark={{ value: coinFlips.score, name: `Yours: ${words(coinFlips.score)}` }}
      />
    </FoundPart>
  )
}

/** "Of 199 coin-flip markets 3 gave as much as 1.42: chance does as well in about 2.0 % of cases." */
function coinFlipWords({ score, tries, pValue }: CoinFlipSearch, words: (score: number) => string): string {
  // By place and not by score: one that breaks a constraint is not as good.
  const asGood = Math.round(pValue * (tries + 1)) - 1
  const found = asGood === 0 ? "none" : formatNumber(asGood)
  return `Of ${formatNumber(tries)} coin-flip markets ${found} gave as much as ${words(score)}: chance does as well in about ${formatNumber(pValue * 100, 1)}\u202f% of cases.`
}

/** Where the whole search would take too long on so many markets. */
function smallerWords({ trials }: CoinFlipSearch, evaluated: number): string {
  if (trials >= evaluated) return ""
  return ` A smaller search, of ${formatNumber(trials)} combinations by chance, stands for the whole one here and there.`
}
