import { useState } from "react"
import type { HeatMap as FoundMap, TrialRow } from "#engine/run"
import { type CellMark, HeatMap } from "../../figure/index.ts"
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
  return (
    <FoundPart title="Plateau or spike?" about={<WhatIsThis term="heatMap" />}>
      <div className="grid gap-4 sm:max-w-120 sm:grid-cols-2">
        {heatMaps.length > 1 && (
          <Select
            label="Across and down"
            value={String(heatMaps.indexOf(map))}
            choices={heatMaps.map(({ x, y }, at) => ({
              value: String(at),
              label: `${labelOf(view, x)} · ${labelOf(view, y)}`,
            }))}
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
  const [across, down] = [labelOf(view, map.x), labelOf(view, map.y)]
  const columns = map.xValues.map(wordsOf(view, map.x))
  const rows = map.yValues.map(wordsOf(view, map.y))
  const at = (row: string, column: string) => rows.indexOf(row) * columns.length + columns.indexOf(column)
  const valueAt = (row: string, column: string) => {
    const value = map[shown][at(row, column)]
    return Number.isFinite(value) ? value : undefined
  }
  const tell = (row: string, column: string) => {
    const value = valueAt(row, column)
    const place = `${across} ${column}, ${down} ${row}`
    const tried = formatCount(map.count[at(row, column)], "combination")
    return value === undefined
      ? `${place}: nothing to judge.`
      : `${place}: ${objectiveName(objective)} ${scoreWords(objective, value)} (${tried}).`
  }
  return (
    <HeatMap
      title={`${across} across, ${down} down`}
      summary={`${objectiveName(objective)} of each pair of values: the stronger the colour, the better. The round mark is the plateau, the dashed diamond the maximum.`}
      rowName={down}
      rows={rows}
      columns={columns}
      valueAt={valueAt}
      words={(value) => scoreWords(objective, value)}
      ground="range"
      marks={[
        markOf(view, map, plateau.chosen.row, { name: "plateau", shape: "ring" }),
        markOf(view, map, plateau.best.row, { name: "maximum", shape: "diamond" }),
      ]}
      tell={tell}
    />
  )
}

/** The cell a combination lies in: one of several values is named by its first. */
function markOf(view: FoundView, map: FoundMap, row: TrialRow, mark: Pick<CellMark, "name" | "shape">): CellMark {
  const cellOf = (side: string, values: FoundMap["xValues"]) => {
    const tried: readonly (number | boolean)[] =
      view.space.dimensions.find(({ name }) => name === side)?.values ?? view.space.variants.map((_, at) => at)
    const place = tried.indexOf(row.params[side] ?? row.variant)
    return wordsOf(view, side)(values.findLast((first) => tried.indexOf(first) <= place) ?? values[0])
  }
  return { ...mark, row: cellOf(map.y, map.yValues), column: cellOf(map.x, map.xValues) }
}

/** A side of the map: a param by its label, or the rules. */
function labelOf(view: FoundView, side: string): string {
  const param = variedParams(view).find(({ name }) => name === side)
  return param ? shortLabel(param) : "Rules"
}

/** A value of a side; rules are numbered, as their words would be too long. */
function wordsOf({ space }: FoundView, side: string): (value: number | boolean) => string {
  const isParam = space.dimensions.some(({ name }) => name === side)
  return (value) => (isParam ? valueWords(value) : String(Number(value) + 1))
}
