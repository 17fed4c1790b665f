import { useState } from "react"
import { type Timeframe, timeframesMs } from "#engine/candles"
import { type VenueId, type VenueMarket, venueOf, venues } from "#venues"
import { unavailableBecause } from "../../db/unavailable.ts"
import { usePreferences } from "../../settings/index.ts"
import { Button } from "../../ui/button.tsx"
import { type Days, daysOf } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { TextField } from "../../ui/text-field.tsx"
import { MarketPicker, StandInNote } from "../../venue/index.ts"
import { downloadAdvice } from "./download-advice.ts"
import { firstPeriod, type PeriodChoice, periods, rangeOf } from "./download-period.ts"
import { startDownload } from "./download-start.ts"
import { useVenueMarkets } from "../use-venue-markets.ts"

/** Which candles a person wants: exchange, market, timeframe, stretch. Explains the choice before the download. */
export function DownloadForm() {
  // The present moment is fixed while the form is filled in, so that nothing flickers.
  const [nowMs] = useState(() => Date.now())
  const [venueId, setVenue] = useState<VenueId>("practice")
  const [market, setMarket] = useState<VenueMarket>()
  const [timeframe, setTimeframe] = useState<Timeframe>("1h")
  const days = daysOf({ timeframeMs: timeframesMs[timeframe] }, usePreferences().timeZone)
  const [choice, setChoice] = useState(() => firstPeriod(nowMs, days))
  const [problem, setProblem] = useState<string>()
  const venue = venueOf(venueId)
  const { markets, load, retry } = useVenueMarkets(venueId)
  const range = rangeOf(choice, nowMs, days)
  const start = async () => {
    if (!market || !range.ok) return
    try {
      await startDownload({ venue, market, timeframe, wanted: rangeNow(choice, days) })
      setMarket(undefined)
      setProblem(undefined)
    } catch (error) {
      setProblem(unavailableBecause(error))
    }
  }
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => (event.preventDefault(), void start())}>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Select
          label="Exchange"
          value={venueId}
          choices={venues.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => (
            setVenue(id as VenueId),
            setMarket(undefined),
            setTimeframe(sameOr1h(id as VenueId, timeframe))
          )}
        />
        <MarketPicker
          label="Market"
          markets={markets}
          picked={market}
          onPick={setMarket}
          onOpen={load}
          onRetry={retry}
        />
        <Select
          label="Candles of"
          value={timeframe}
          choices={venue.timeframes.map(timeframeChoice)}
          onChange={(name) => setTimeframe(name as Timeframe)}
        />
        <Select
          label="Period"
          value={choice.period}
          choices={periods}
          onChange={(period) => setChoice({ ...choice, period })}
        />
        {choice.period === "own" && (
          <TextField
            type="date"
            label="First day"
            value={choice.fromDay}
            onChange={(fromDay) => setChoice({ ...choice, fromDay })}
          />
        )}
        {choice.period === "own" && (
          <TextField
            type="date"
            label="Last day"
            value={choice.toDay}
            onChange={(toDay) => setChoice({ ...choice, toDay })}
            problem={range.ok ? undefined : range.because}
          />
        )}
      </div>
      <StandInNote venue={venueId} />
      <div className="flex flex-col items-start gap-3 sm:flex-row sm:items-center sm:justify-between">
        <p className="max-w-[72ch] text-sm text-ink-soft">
          {venue.isPractice &&
            "The Practice exchange runs on this computer and makes its prices up: good for trying things out, no evidence of anything. "}
          {range.ok && downloadAdvice(timeframe, range.range)}
        </p>
        <Button type="submit" look="primary" disabled={!market || !range.ok} className="shrink-0">
          Download
        </Button>
      </div>
      {problem && <Notice kind="error">{problem}</Notice>}
    </form>
  )
}

/** A form may be open for hours; its period ends when it is sent. */
function rangeNow(choice: PeriodChoice, days: Days) {
  const now = rangeOf(choice, Date.now(), days)
  return now.ok ? now.range : { fromMs: 0, toMs: 0 }
}

function sameOr1h(venue: VenueId, timeframe: Timeframe): Timeframe {
  return venueOf(venue).timeframes.includes(timeframe) ? timeframe : "1h"
}

function timeframeChoice(name: Timeframe) {
  return { value: name, label: name, hint: name === "1m" ? "finest" : undefined }
}
