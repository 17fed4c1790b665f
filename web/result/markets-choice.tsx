import { isTimeframe, timeframesMs } from "#engine/candles"
import { X } from "lucide-react"
import { type MarketChoice, timeframeName } from "../market/index.ts"
import { MOST_MARKETS, type RunSetup } from "../run/run-setup.ts"
import { possibleTimeframes } from "../run/setup-job.ts"
import { usePreferences } from "../settings/index.ts"
import { formatDate, type TimeZone } from "../ui/date-format.ts"
import { IconButton } from "../ui/button.tsx"
import { Select } from "../ui/select.tsx"
import { WhatIsThis } from "../what-is-this.tsx"
import { marketsByLength } from "./tested-words.ts"

type MarketsChoiceProps = {
  setup: RunSetup
  /** The timeframe the strategy is tested on. */
  timeframe: string
  market: MarketChoice
  markets: MarketChoice[]
  onChange: (change: Partial<RunSetup>) => void
}

/** What a strategy is tested on: a market, others with the same account, and the candles for its fills. */
export function MarketsChoice({ setup, timeframe, market, markets, onChange }: MarketsChoiceProps) {
  const others = setup.also.flatMap((id) => markets.find((each) => each.id === id) ?? [])
  const addable = markets.filter((each) => fitsTogether(each, [market, ...others]))
  const choose = (id: string) => {
    // An amount in one currency means nothing in another.
    const isSameMoney = markets.find((each) => each.id === id)?.quote === market.quote
    const also = setup.also.filter((each) => each !== id)
    onChange({
      market: id,
      also: isSameMoney ? also : [],
      shown: undefined,
      fromMs: undefined,
      toMs: undefined,
      cash: isSameMoney ? setup.cash : undefined,
    })
  }
  return (
    <div className="flex flex-col gap-3">
      <Select label="Market" value={market.id} choices={markets.map(marketChoice)} onChange={choose} />
      {others.length > 0 && (
        <ul aria-label="Tested together with" className="border-t border-line">
          {others.map((other) => (
            <li key={other.id} className="flex min-h-10 items-center justify-between border-b border-line text-sm">
              {other.name} · {timeframeName(other.timeframeMs)}
              <IconButton
                label={`Leave ${other.name} out`}
                onClick={() => onChange({ also: setup.also.filter((id) => id !== other.id), shown: undefined })}
              >
                <X aria-hidden className="size-4" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {addable.length > 0 && setup.also.length < MOST_MARKETS - 1 && (
        <Select
          label="Together with"
          about={<WhatIsThis term="portfolio" />}
          value=""
          choices={[
            { value: "", label: others.length > 0 ? "Add another market" : "Add a market" },
            ...addable.map(marketChoice),
          ]}
          onChange={(id) => id && onChange({ also: [...setup.also, id] })}
        />
      )}
      {new Set([market, ...others].map(({ timeframeMs }) => timeframeMs)).size > 1 && (
        <p className="text-sm text-ink-soft">
          {`Fills are seen in what each market has: ${marketsByLength([market, ...others])}. All decide every ${timeframe}.`}
        </p>
      )}
      <FillCandles {...{ setup, timeframe, market, markets, onChange }} />
    </div>
  )
}

/** Offers finer candles of the same market, where there are some: they show what came first within a candle. */
function FillCandles({ setup, timeframe, market, markets, onChange }: MarketsChoiceProps) {
  const { timeZone } = usePreferences()
  const strategyMs = isTimeframe(timeframe) ? timeframesMs[timeframe] : market.timeframeMs
  const same = markets
    .filter((each) => each.name === market.name && each.quote === market.quote && each.venue === market.venue)
    .filter(({ timeframeMs }) => strategyMs % timeframeMs === 0)
    .toSorted((one, other) => other.timeframeMs - one.timeframeMs)
  if (same.length < 2) return null
  const finest = same[same.length - 1]
  return (
    <div className="flex flex-col gap-2">
      <Select
        label="Fills seen in candles of"
        about={<WhatIsThis term="finer" />}
        value={setup.market}
        choices={same.map((each) => ({
          value: each.id,
          label: timeframeName(each.timeframeMs),
          hint: isShorter(each, market) ? reachWords(each, timeZone) : undefined,
        }))}
        onChange={(id) => isTimeframe(timeframe) && onChange({ market: id, timeframe, shown: undefined })}
      />
      {finest.id !== setup.market && (
        <p className="text-sm text-ink-soft">
          Candles of {timeframeName(finest.timeframeMs)} are here too. The strategy still decides every {timeframe};
          they show what came first in between.
          {isShorter(finest, market) &&
            ` They reach from ${reachWords(finest, timeZone)} only: with them the test covers that stretch and no more.`}
        </p>
      )}
    </div>
  )
}

/** Whether these candles leave out some of the others' time. */
function isShorter(finer: MarketChoice, { fromMs, toMs, timeframeMs }: MarketChoice): boolean {
  if (finer.fromMs === undefined || finer.toMs === undefined || fromMs === undefined || toMs === undefined) return false
  return finer.fromMs > fromMs + timeframeMs || finer.toMs < toMs - timeframeMs
}

function reachWords({ fromMs, toMs }: MarketChoice, zone: TimeZone): string {
  return fromMs === undefined || toMs === undefined ? "" : `${formatDate(fromMs, zone)} to ${formatDate(toMs, zone)}`
}

/** One account holds one currency, each market is in it once, and some timeframe has to suit them all. */
function fitsTogether(candidate: MarketChoice, chosen: MarketChoice[]): boolean {
  return (
    chosen.every(({ name, quote }) => candidate.name !== name && candidate.quote === quote) &&
    possibleTimeframes([candidate, ...chosen].map(({ timeframeMs }) => timeframeMs)).length > 0
  )
}

function marketChoice({ id, name, timeframeMs }: MarketChoice) {
  return { value: id, label: name, hint: timeframeName(timeframeMs) }
}
