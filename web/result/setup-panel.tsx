import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { plainText, type Timeframe } from "#engine/candles"
import { sampleMarket } from "../db/sample-market.ts"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { usePreferences } from "../settings/index.ts"
import type { WrittenStrategy } from "#engine/strategy"
import {
  goesShort,
  type OpenedStrategy,
  ParamsPanel,
  StrategyFacts,
  StrategyLimits,
  templateOf,
  templates,
} from "../strategy/index.ts"
import { dayAfter, type Days, daysOf } from "../ui/date-format.ts"
import { NumberField } from "../ui/number-field.tsx"
import { Select } from "../ui/select.tsx"
import { TextField } from "../ui/text-field.tsx"
import { WhatIsThis } from "../what-is-this.tsx"
import { rememberedSettings } from "../run/remembered-settings.ts"
import { emptyTemplate } from "../run/template-of.ts"
import type { RunMarket } from "../run/run-report.ts"
import { type RunSetup, setupBounds } from "../run/run-setup.ts"
import type { KnownFacts } from "../run/use-facts.ts"
import { usualCash } from "../run/usual-cash.ts"
import { possibleTimeframes, timeframeFor } from "../run/setup-job.ts"
import { marketsWords } from "./markets-words.ts"
import { MarketsChoice } from "./markets-choice.tsx"
import { PeriodChoice } from "./period-choice.tsx"
import { RunSettings } from "./run-settings.tsx"

export type MarketChoice = Pick<SavedMarket, "id" | "name" | "timeframeMs"> &
  Partial<Pick<SavedMarket, "quote" | "origin" | "venue" | "fromMs" | "toMs" | "extraNames">>

type SetupPanelProps = {
  setup: RunSetup
  /** The strategy of the library that is tested; without one it is a template. */
  opened: OpenedStrategy | undefined
  /** The strategy as it is now, which may be an edited template. */
  strategy: WrittenStrategy | undefined
  params: RunSetup["params"]
  /** What it did, as soon as that is known. */
  facts: KnownFacts
  markets: MarketChoice[]
  reach: RunMarket | undefined
  onChange: (change: Partial<RunSetup>) => void
  onParams: (params: RunSetup["params"]) => void
  /** Where its rules can be changed. */
  rules: ReactNode
}

/** Everything a test depends on. Each change runs it again. */
export function SetupPanel(props: SetupPanelProps) {
  const { setup, opened, strategy, params, facts, markets, reach, onChange, onParams, rules } = props
  const market = markets.find(({ id }) => id === setup.market) ?? markets[0]
  const template = templateOf(setup.strategy)
  const together = [market, ...markets.filter(({ id }) => setup.also.includes(id))]
  const timeframesMs = together.map((each) => each.timeframeMs)
  const timeframe = timeframeFor(setup.timeframe ?? strategy?.timeframe ?? "1h", timeframesMs)
  // The range of the sample is known once it has been read.
  const { fromMs, toMs } = reach?.id === market.id ? reach : market
  const { timeZone } = usePreferences()
  const days = daysOf({ timeframeMs: market.timeframeMs, fromMs }, timeZone)
  return (
    <section aria-label="What is tested" className="flex flex-col gap-4">
      <MarketsChoice {...{ setup, timeframe, market, markets, onChange }} />
      <Select
        label="Strategy"
        value={template?.id ?? opened?.id ?? ""}
        choices={[
          ...(template || opened ? [] : [{ value: "", label: "Choose one" }]),
          ...(opened ? [{ value: opened.id, label: plainText(opened.draft.document.name), hint: "yours" }] : []),
          ...templates.map(({ id, document }) => ({ value: id, label: document.name })),
          { value: emptyTemplate.id, label: "Empty: rules of your own" },
        ]}
        onChange={(strategy) =>
          onChange({ strategy, params: {}, timeframe: undefined, ...rememberedSettings(strategy) })
        }
      />
      {(template ?? opened) && (
        <>
          {template && <p className="text-sm text-ink-soft">{template.document.description}</p>}
          {strategy && <ParamsPanel strategy={strategy} values={params} onChange={onParams} />}
          {rules}
          {template && <StrategyLimits template={template} />}
          <StrategyFacts {...facts} on={marketsWords(together.map(({ name }) => name))} />
          <Link
            to="/templates"
            search={{ market: market.id === sampleMarket.id ? undefined : market.id }}
            className="inline-flex min-h-6 items-center self-start text-sm underline underline-offset-4 hover:text-ink-strong"
          >
            All templates on {market.name}
          </Link>
        </>
      )}
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
        goesShort={strategy !== undefined && goesShort(strategy)}
        hasFunding={together.every(({ extraNames = [] }) => extraNames.includes("funding"))}
        onChange={onChange}
      />
    </section>
  )
}

/** Empty until the range of the candles is known. */
function dayText(days: Days, timeMs: number | undefined): string {
  return timeMs === undefined ? "" : days.dayOf(timeMs)
}
