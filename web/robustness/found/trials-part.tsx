import { FileDown } from "lucide-react"
import { useMemo, useState } from "react"
import type { Optimisation, TrialRow } from "#engine/run"
import { Scatter } from "../../figure/index.ts"
import { Button } from "../../ui/button.tsx"
import { type DataColumn, DataTable } from "../../ui/data-table.tsx"
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../ui/number-format.ts"
import { fileNameOf, saveFile } from "../../ui/save-file.ts"
import { WhatIsThis } from "../../what-is-this.tsx"
import { valueWords } from "../choices/vary-choice.ts"
import { objectiveName, scoreWords } from "../score-words.ts"
import { type FoundView, keepTrial, rowWords, shortLabel, variantWords, variedParams } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"
import { trialsCsv } from "./trials-csv.ts"

/** The best combinations as dots and as a table; one chosen in either is chosen in both. */
export function TrialsPart({ view }: { view: FoundView }) {
  const { evaluated, front = [] } = view.optimisation
  const trials = useMemo(() => trialsOf(view.optimisation), [view.optimisation])
  const [chosen, setChosen] = useState<TrialRow>()
  const columns = useMemo(() => trialColumns(view), [view])
  const kept = trials.length < evaluated ? `The best ${formatNumber(trials.length)} of ` : ""
  return (
    <FoundPart title="What was tried" about={<WhatIsThis term="trials" />}>
      <Scatter
        title="Return against the worst dip"
        about={front.length > 0 && <WhatIsThis term="front" />}
        summary={`${kept}${formatCount(evaluated, "combination")}: up is more return, left a smaller dip.${front.length > 0 ? " The squares are the best compromises." : ""}`}
        points={trials.map(({ figures }) => ({
          x: figures.maxDrawdownPercent ?? 0,
          y: figures.totalReturnPercent ?? 0,
        }))}
        across={{ name: "Worst dip", words: (percent) => formatPercent(percent, 0) }}
        up={{ name: "Return", words: (percent) => formatPercent(percent, 0) }}
        front={frontPlaces(trials, front)}
        lit={chosen && trials.indexOf(chosen)}
        onPress={(at) => setChosen(trials[at])}
      />
      <DataTable
        label="Combinations, best first"
        rows={trials}
        columns={columns}
        selected={chosen}
        onSelect={setChosen}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={!chosen} onClick={() => chosen && keepTrial(view, chosen, "a trial chosen by hand")}>
          Use the chosen values
        </Button>
        <Button icon={<FileDown aria-hidden className="size-4" />} onClick={() => save(view)}>
          Save as CSV
        </Button>
        <p role="status" className="min-w-0 text-sm text-ink-soft">
          {chosen ? rowWords(view, chosen) : "Choose a row or a dot to use its values."}
        </p>
      </div>
    </FoundPart>
  )
}

/** The best, and whatever else none beats in all objectives. */
function trialsOf({ trials, front = [] }: Optimisation): TrialRow[] {
  const known = new Set(trials.map(({ number }) => number))
  return [...trials, ...front.filter(({ number }) => !known.has(number))]
}

function trialColumns(view: FoundView): DataColumn<TrialRow>[] {
  const [objective] = view.optimisation.plan.objectives
  const rank = new Map(trialsOf(view.optimisation).map((row, at) => [row.number, at + 1]))
  const figure = (
    key: keyof TrialRow["figures"],
    header: string,
    words: (value: number | null) => string,
    from?: DataColumn<TrialRow>["from"],
  ): DataColumn<TrialRow> => ({
    key,
    header,
    cell: ({ figures }) => words(figures[key]),
    sortBy: ({ figures }) => figures[key] ?? -Infinity,
    align: "end",
    from,
  })
  return [
    { key: "rank", header: "#", cell: ({ number }) => rank.get(number), sortBy: ({ number }) => rank.get(number) ?? 0 },
    {
      key: "score",
      header: objectiveName(objective),
      cell: ({ score }) => scoreWords(objective, score),
      sortBy: ({ score }) => score ?? -Infinity,
      align: "end",
    },
    figure("totalReturnPercent", "Return", (value) => formatSignedPercent(value)),
    ...variedParams(view).map((param): DataColumn<TrialRow> => ({
      key: `param ${param.name}`,
      header: shortLabel(param),
      cell: ({ params }) => valueWords(params[param.name]),
      sortBy: ({ params }) => Number(params[param.name]),
      align: "end",
    })),
    ...(view.space.variants.length > 1
      ? [{ key: "rules", header: "Rules", cell: (row: TrialRow) => variantWords(view, row).join(", ") }]
      : []),
    figure("maxDrawdownPercent", "Worst dip", (value) => formatPercent(value)),
    figure("tradeCount", "Trades", (value) => formatNumber(value)),
    figure("winRatePercent", "Won", (value) => formatPercent(value, 0), "large"),
    figure("profitFactor", "Profit factor", (value) => formatNumber(value, 2), "wide"),
  ]
}

/** Where the front's combinations are among the trials, from the smallest dip on. */
function frontPlaces(trials: readonly TrialRow[], front: readonly TrialRow[]): number[] {
  const numbers = new Set(front.map(({ number }) => number))
  return trials
    .flatMap(({ number }, at) => (numbers.has(number) ? [at] : []))
    .toSorted((a, b) => (trials[a].figures.maxDrawdownPercent ?? 0) - (trials[b].figures.maxDrawdownPercent ?? 0))
}

function save(view: FoundView): void {
  const { plan } = view.optimisation
  const trials = trialsOf(view.optimisation)
  const [strategy] = view.space.variants
  const names = variedParams(view).map(({ name }) => name)
  const hasVariants = view.space.variants.length > 1
  const text = trialsCsv({ trials, names, hasVariants, objective: plan.objectives[0] })
  saveFile(`${fileNameOf(strategy.name)}-trials.csv`, text, "text/csv")
}
