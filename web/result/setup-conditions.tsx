import { memo } from "react"
import type { Timeframe } from "#engine/candles"
import type { MarketChoice } from "../market/index.ts"
import { usePreferences } from "../settings/index.ts"
import { dayAfter, type Days, daysOf } from "../ui/date-format.ts"
import { NumberField } from "../ui/number-field.tsx"
import { Select } from "../ui/select.tsx"
import { TextField } from "../ui/text-field.tsx"
import { WhatIsThis } from "../what-is-this.tsx"
import type { RunMarket } from "../run/run-report.ts"
import { type RunSetup, setupBounds } from "../run/run-setup.ts"
import { possibleTimeframes } from "../run/setup-job.ts"
import { usualCash } from "../run/usual-cash.ts"
import { PeriodChoice } from "./period-choice.tsx"
import { RunSettings } from "./run-settings.tsx"

type SetupConditionsProps = {
  setup: RunSetup
  /** The timeframe the strategy is tested on. */
  timeframe: Timeframe
  market: MarketChoice
  markets: MarketChoice[]
  reach: RunMarket | undefined
  /** Whether the strategy may sell what it does not own. */
  goesShort: boolean
  onChange: (change: Partial<RunSetup>) => void
}

/** Under what conditions a strategy is tested: period, candles, cash, fees and fills. */
export const SetupConditions = memo(function SetupConditions(props: SetupConditionsProps) {
  const { setup, timeframe, market, markets, reach, goesShort, onChange } = props
  const together = [market, ...markets.filter(({ id }) => setup.also.includes(id))]
  const timeframesMs = together.map((each) => each.timeframeMs)
  // The range of the sample is known once it has been read.
  const { fromMs, toMs } = reach?.id === market.id ? reach : market
  const { timeZone } = usePreferences()
  const days = daysOf({ timeframeMs: market.timeframeMs, fromMs }, timeZone)
  return (
    <>
      <PeriodChoice setup={setup} fromMs={fromMs} toMs={toMs} days={days} onChange={onChange} />
      <div className="grid grid-cols-2 gap-3">
        <Select
          label="Candles of"
          about={<WhatIsThis term="timeframe" />}
          value={timeframe}
          choices={possibleTimeframes(timeframesMs).map((name) => ({ value: name, label: name }))}
          onChange={(timeframe) => onChange({ timeframe: timeframe as Timeframe })}
        />
        <NumberField
          label="Cash"
          about={<WhatIsThis term="cash" />}
          unit={market.quote}
          value={setup.cash ?? usualCash(market.quote)}
          {...setupBounds.cash}
          onChange={(cash) => onChange({ cash })}
        />
        <TextField
          type="date"
          label="From"
          about={<WhatIsThis term="period" />}
          value={dayText(days, setup.fromMs ?? fromMs)}
          onChange={(day) => onChange({ fromMs: days.startOf(day) })}
        />
        <TextField
          type="date"
          label="To"
          about={<WhatIsThis term="period" />}
          value={dayText(days, setup.toMs === undefined ? toMs : setup.toMs - 1)}
          onChange={(day) => onChange({ toMs: days.startOf(dayAfter(day)) })}
        />
      </div>
      <RunSettings
        setup={setup}
        marketVenue={market.venue}
        goesShort={goesShort}
        hasFunding={together.every(({ extraNames = [] }) => extraNames.includes("funding"))}
        onChange={onChange}
      />
    </>
  )
})

/** Empty until the range of the candles is known. */
function dayText(days: Days, timeMs: number | undefined): string {
  return timeMs === undefined ? "" : days.dayOf(timeMs)
}
