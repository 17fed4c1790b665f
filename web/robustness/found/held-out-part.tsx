import { DAY_MS } from "#engine/candles"
import { metricDefinitions, type Metrics } from "#engine/result"
import { Curves, type NamedCurve } from "../../figure/index.ts"
import { metricText } from "../../result/index.ts"
import { formatDate } from "../../ui/date-format.ts"
import { Explained } from "../../ui/explained.tsx"
import { formatPercent, formatSignedPercent } from "../../ui/number-format.ts"
import { WhatIsThis } from "../../what-is-this.tsx"
import type { FoundView } from "./found-view.ts"
import { FoundPart } from "./found-part.tsx"

/** The best values on the part that was searched, and on the part that nobody had looked at. */
export function HeldOutPart({ view }: { view: FoundView }) {
  const { best, heldOut } = view.optimisation
  if (!heldOut) return null
  const searched = curveOf("Searched part", best.days)
  const locked = curveOf("Locked away", heldOut.days)
  return (
    <FoundPart title="Where it was searched, and where it was not" about={<WhatIsThis term="heldOut" />}>
      <Curves
        title="Money over time, each part from its start"
        summary={`${endWords(searched)} on the part that was searched, ${endWords(locked)} on the part locked away from ${formatDate(heldOut.fromMs, "utc")} on; holding made ${formatSignedPercent(heldOut.holdingReturnPercent)} there.`}
        curves={[searched, locked]}
        amountWords={(percent) => formatPercent(percent, 0)}
        exactWords={(percent) => formatSignedPercent(percent)}
        timeWords={(timeMs) => formatDate(timeMs, "utc")}
      />
      <Compared view={view} searched={best.metrics} locked={heldOut.metrics} />
    </FoundPart>
  )
}

/** Equity that starts from 1, in percent of its start. */
export function curveOf(name: string, { firstDay, equity }: { firstDay: number; equity: Float64Array }): NamedCurve {
  return {
    name,
    timesMs: Array.from(equity, (_, at) => (firstDay + at) * DAY_MS),
    values: Array.from(equity, (value) => (value - 1) * 100),
  }
}

function endWords({ values }: NamedCurve): string {
  return formatSignedPercent(values.at(-1) ?? 0)
}

const compared = ["totalReturnPercent", "cagrPercent", "maxDrawdownPercent", "sharpe", "tradeCount", "winRatePercent"]
const definitions = compared.flatMap((key) => metricDefinitions.find((definition) => definition.key === key) ?? [])

function Compared({ view, searched, locked }: { view: FoundView; searched: Metrics; locked: Metrics }) {
  const surroundings = { currency: view.currency, timeframeMs: DAY_MS, zone: view.zone }
  return (
    <table className="w-full max-w-160 text-right tabular-nums">
      <thead>
        <tr className="text-sm text-ink-soft">
          <th scope="col" className="text-left font-medium">
            <span className="sr-only">Figure</span>
          </th>
          <th scope="col" className="py-1 font-medium">
            Searched
          </th>
          <th scope="col" className="py-1 font-medium">
            Locked away
          </th>
        </tr>
      </thead>
      <tbody>
        {definitions.map((definition) => (
          <tr key={definition.key} className="border-t border-line">
            <th scope="row" className="py-1 text-left font-normal text-ink-soft">
              <Explained term={definition.label}>{definition.short}</Explained>
            </th>
            {[searched, locked].map((metrics, at) => (
              <td key={at} className="py-1 pl-3 text-ink-strong">
                {metricText(definition, metrics[definition.key], surroundings)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
