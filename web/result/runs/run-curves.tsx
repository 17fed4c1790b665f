import type { SavedRun } from "../../db/saved-run.ts"
import { Curves, type NamedCurve } from "../../figure/index.ts"
import { usePreferences } from "../../settings/index.ts"
import { formatDate } from "../../ui/date-format.ts"
import { formatSignedPercent } from "../../ui/number-format.ts"

/** The money of one to four runs in one picture, in percent of what each began with; for a single run, holding too. */
export function RunCurves({ runs }: { runs: SavedRun[] }) {
  const { timeZone } = usePreferences()
  const curves = runs.flatMap((run, at) =>
    curvesOf(run, runs.length === 1 ? run.strategy : letterOf(at), runs.length === 1),
  )
  const ends = curves.map(({ name, values }) => `${name} ${formatSignedPercent(values.at(-1))}`).join(", ")
  return (
    <Curves
      title="Money over time"
      summary={`In percent of the start. At the end: ${ends}.`}
      curves={curves}
      amountWords={(percent) => formatSignedPercent(percent, 0)}
      exactWords={(percent) => formatSignedPercent(percent)}
      timeWords={(timeMs) => formatDate(timeMs, timeZone)}
    />
  )
}

/** Runs compared are called A, B, C, D: their names are often the same. */
export function letterOf(at: number): string {
  return "ABCD"[at]
}

function curvesOf({ detail }: SavedRun, name: string, isWithHolding: boolean): NamedCurve[] {
  if (!detail) return []
  const { openTimeMs, equity, holding } = detail.curve
  const percent = (amounts: number[]) => amounts.map((amount) => (amount / detail.cash - 1) * 100)
  const own = { name, timesMs: openTimeMs, values: percent(equity) }
  return isWithHolding
    ? [own, { name: "holding", timesMs: openTimeMs, values: percent(holding), isFaint: true }]
    : [own]
}
