import type { StartDates } from "#engine/run"
import { Bars } from "../../../figure/index.ts"
import { formatDate, type TimeZone } from "../../../ui/date-format.ts"
import { formatPercent, formatSignedPercent } from "../../../ui/number-format.ts"
import { WhatIsThis } from "../../../what-is-this.tsx"
import { FoundPart } from "../found-part.tsx"

/** Whether it matters on which day one begins. */
export function StartsPart({ startDates, zone }: { startDates: StartDates; zone: TimeZone }) {
  const { runs, madeMoneyPercent, perYear } = startDates
  const spread = perYear
    ? ` A year brought from ${formatSignedPercent(perYear.worst)} to ${formatSignedPercent(perYear.best)}.`
    : ""
  return (
    <FoundPart title="If you had begun on another day" about={<WhatIsThis term="startDates" />}>
      <Bars
        title="Return up to the end, by the day it begins"
        summary={`${formatPercent(madeMoneyPercent, 0)} of the starts made money.${spread}`}
        bars={runs.map(({ fromMs, returnPercent }) => ({ name: formatDate(fromMs, zone), amount: returnPercent }))}
        measured="Return"
        words={(amount) => formatSignedPercent(amount)}
      />
    </FoundPart>
  )
}
