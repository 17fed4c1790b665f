import { useState } from "react"
import type { HeatMap as FoundMap, TrialRow } from "#engine/run"
import { type CellMark, HeatMap } from "../../figure/index.ts"
import type { ShownParam } from "../../run/template-of.ts"
import { formatCount } from "../../ui/number-format.ts"
import { Select } from "../../ui/select.tsx"
import { WhatIsThis } from "../../what-is-this.tsx"
import { valueWords } from "../choices/vary-choice.ts"
import { objectiveName, scoreWords } from "../score-words.ts"
import { type FoundView, shortLabel, variedParams } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"

type Shown = "best" | "mean"

/** Two params against each other: a plateau or a spike. The person chooses which two, and the best or the middle of each cell. */
export function HeatMapPart({ view }: { view: FoundView }) {
  const { heatMaps } = view.optimisation
  const [chosen, setChosen] = useState(0)
  const [shown, setShown] = useState<Shown>("best")
  const map = heatMaps.at(chosen) ?? heatMaps.at(0)
  if (!map) return null
  const labels = labelsOf(view)
  return (
    <FoundPart title="Plateau or spike?" about={<WhatIsThis term="heatMap" />}>
      <div className="grid gap-4 sm:max-w-120 sm:grid-cols-2">
        {heatMaps.length > 1 && (
          <Select
            label="Across and down"
            value={String(heatMaps.indexOf(map))}
            choices={heatMaps.map(({ x, y }, at) => ({ value: String(at), label: `${labels(x)} · ${labels(y)}` }))}
            onChange={(at) => setChosen(Number(at))}
          />
        )}
        <Select
          label="Each cell shows"
          value={shown}
          choices={[
            { value: "best", label: "The best in it" },
            { value: "mean", label: "The mean of it" },
          ]}
          onChange={(next) => setShown(next as Shown)}
        />
      </div>
      <PairMap view={view} map={map} shown={shown} />
    </FoundPart>
  )
}

function PairMap({ view, map, shown }: { view: FoundView; map: FoundMap; shown: Shown }) {
  const { plan, plateau } = view.optimisation
  const [objective] = plan.objectives
  const labels = labelsOf(view)
  const columns = map.xValues.map(valueWords)
  const rows = map.yValues.map(valueWords)
  const at = (row: string, column: string) => rows.indexOf(row) * columns.length + columns.indexOf(column)
  const valueAt = (row: string, column: string) => {
    const value = map[shown][at(row, column)]
    return Number.isFinite(value) ? value : undefined
  }
  const tell = (row: string, column: string) => {
    const value = valueAt(row, column)
    const place = `${labels(map.x)} ${column}, ${labels(map.y)} ${row}`
    const tried = formatCount(map.count[at(row, column)], "combination")
    return value === undefined
      ? `${place}: nothing to judge.`
      : `${place}: ${objectiveName(objective)} ${scoreWords(objective, value)} (${tried}).`
  }
  return (
    <HeatMap
      title={`${labels(map.x)} across, ${labels(map.y)} down`}
      summary={`${objectiveName(objective)} of each pair of values, the darker the better. The round mark is the plateau, the dashed diamond the maximum.`}
      rowName={labels(map.y)}
      rows={rows}
      columns={columns}
      valueAt={valueAt}
      words={(value) => scoreWords(objective, value)}
      ground="range"
      marks={[
        markOf(map, plateau.chosen.row, { name: "plateau", shape: "ring" }),
        markOf(map, plateau.best.row, { name: "maximum", shape: "diamond" }),
      ]}
      tell={tell}
    />
  )
}

function markOf(map: FoundMap, { params }: TrialRow, mark: Pick<CellMark, "name" | "shape">): CellMark {
  return { ...mark, row: valueWords(params[map.y]), column: valueWords(params[map.x]) }
}

function labelsOf(view: FoundView): (name: string) => string {
  const params = new Map(variedParams(view).map((param: ShownParam) => [param.name, shortLabel(param)]))
  return (name) => params.get(name) ?? name
}
