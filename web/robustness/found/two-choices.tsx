import type { Plateau } from "#engine/run"
import { Button } from "../../ui/button.tsx"
import { formatPercent, formatSignedPercent } from "../../ui/number-format.ts"
import { WhatIsThis } from "../../what-is-this.tsx"
import { valueWords } from "../choices/vary-choice.ts"
import { objectiveName, scoreWords } from "../score-words.ts"
import { type FoundView, keepTrial, shortLabel, variantWords, variedParams } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"

/** The middle of a good area beside the very best: the same where they are one. */
export function TwoChoices({ view }: { view: FoundView }) {
  const { best, chosen, isSpike } = view.optimisation.plateau
  const isOne = best.row.number === chosen.row.number
  return (
    <FoundPart title="Which values?" about={<WhatIsThis term="plateau" />}>
      <div className="grid gap-6 md:grid-cols-2">
        <ChoiceCard view={view} name={isOne ? "The maximum, and a plateau" : "The plateau"} plateau={chosen} isPlateau>
          {isOne ? "The best values have good neighbours: one choice is enough." : "Safer: near values do well too."}
        </ChoiceCard>
        {!isOne && (
          <ChoiceCard view={view} name="The maximum" plateau={best}>
            {isSpike
              ? "A spike: one step beside it less than half is left."
              : "The best score, with weaker neighbours than the plateau."}
          </ChoiceCard>
        )}
      </div>
    </FoundPart>
  )
}

type ChoiceCardProps = { view: FoundView; name: string; plateau: Plateau; isPlateau?: boolean; children: string }

function ChoiceCard({ view, name, plateau, isPlateau = false, children }: ChoiceCardProps) {
  const { row, neighboursMedian } = plateau
  const [objective] = view.optimisation.plan.objectives
  const { totalReturnPercent, maxDrawdownPercent, tradeCount } = row.figures
  const lines: [string, string][] = [
    ...variedParams(view).map((param): [string, string] => [shortLabel(param), valueWords(row.params[param.name])]),
    ...variantWords(view, row).map((words): [string, string] => ["Rules", words]),
    [objectiveName(objective), scoreWords(objective, row.score)],
    ["Middle of its neighbours", scoreWords(objective, neighboursMedian)],
    ["Return", formatSignedPercent(totalReturnPercent)],
    ["Worst dip", formatPercent(maxDrawdownPercent)],
    ["Trades", String(tradeCount ?? 0)],
  ]
  return (
    <section aria-label={name} className="flex flex-col gap-3 rounded-md border border-line p-4">
      <div>
        <h3 className="font-semibold">{name}</h3>
        <p className="text-sm text-ink-soft">{children}</p>
      </div>
      <dl className="grow tabular-nums">
        {lines.map(([term, words]) => (
          <div key={term} className="flex justify-between gap-4 border-t border-line py-1.5">
            <dt className="text-ink-soft">{term}</dt>
            <dd className="text-ink-strong">{words}</dd>
          </div>
        ))}
      </dl>
      <Button className="self-start" onClick={() => keepTrial(view, row, isPlateau ? "the plateau" : "the maximum")}>
        Use these values
      </Button>
    </section>
  )
}
