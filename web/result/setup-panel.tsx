import type { MarketChoice } from "../market/index.ts"
import { Link } from "@tanstack/react-router"
import { memo, type ReactNode } from "react"
import { plainText, type Timeframe } from "#engine/candles"
import { sampleMarket } from "../db/sample-market.ts"
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
import { Select } from "../ui/select.tsx"
import { useSame } from "../ui/use-same.ts"
import { changeToStrategy } from "../run/remembered-settings.ts"
import { codeBeginning, emptyTemplate } from "../run/template-of.ts"
import type { RunMarket } from "../run/run-report.ts"
import type { RunSetup } from "../run/run-setup.ts"
import type { KnownFacts } from "../run/use-facts.ts"
import { timeframeFor } from "../run/setup-job.ts"
import { madeUpOfMarkets } from "../run/made-up.ts"
import { marketsWords } from "../run/markets-words.ts"
import { MarketsChoice } from "./markets-choice.tsx"
import { SetupConditions } from "./setup-conditions.tsx"

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
  const { opened, strategy, params, facts, markets, reach, onChange, onParams, rules } = props
  // A moving slider changes the params alone: what is around it need not be drawn again.
  const setup = useSame({ ...props.setup, params: none })
  const market = markets.find(({ id }) => id === setup.market) ?? markets[0]
  const template = templateOf(setup.strategy)
  const together = [market, ...markets.filter(({ id }) => setup.also.includes(id))]
  const timeframesMs = together.map((each) => each.timeframeMs)
  const timeframe = timeframeFor(setup.timeframe ?? strategy?.timeframe ?? "1h", timeframesMs)
  return (
    <section aria-label="What is tested" className="flex flex-col gap-4">
      <WhatIsTested
        {...{ setup, timeframe, market, markets, onChange }}
        openedId={opened?.id}
        openedName={opened && plainText(opened.draft.document.name)}
      />
      {(template ?? opened) && (
        <>
          {template && <p className="text-sm text-ink-soft">{template.document.description}</p>}
          {strategy && <ParamsPanel strategy={strategy} values={params} onChange={onParams} />}
          {rules}
          {template && <StrategyLimits template={template} />}
          <StrategyFacts
            {...facts}
            on={marketsWords(together.map(({ name }) => name))}
            madeUp={madeUpOfMarkets(together)}
          />
          <Link
            to="/templates"
            search={{ market: market.id === sampleMarket.id ? undefined : market.id }}
            className="inline-flex min-h-6 items-center self-start text-sm underline underline-offset-4 hover:text-ink-strong"
          >
            All templates on {market.name}
          </Link>
        </>
      )}
      <SetupConditions
        {...{ setup, timeframe, market, markets, reach, onChange }}
        goesShort={strategy !== undefined && goesShort(strategy, params)}
      />
    </section>
  )
}

const none: RunSetup["params"] = {}

type WhatIsTestedProps = Pick<SetupPanelProps, "setup" | "markets" | "onChange"> & {
  timeframe: Timeframe
  market: MarketChoice
  openedId: string | undefined
  openedName: string | undefined
}

/** Markets and strategy. */
const WhatIsTested = memo(function WhatIsTested(props: WhatIsTestedProps) {
  const { setup, timeframe, market, markets, openedId, openedName, onChange } = props
  const template = templateOf(setup.strategy)
  return (
    <>
      <MarketsChoice {...{ setup, timeframe, market, markets, onChange }} />
      <Select
        label="Strategy"
        value={template?.id ?? openedId ?? ""}
        choices={[
          ...(template || openedId !== undefined ? [] : [{ value: "", label: "Choose one" }]),
          ...(openedId !== undefined && openedName !== undefined
            ? [{ value: openedId, label: openedName, hint: "yours" }]
            : []),
          ...templates.map(({ id, document }) => ({ value: id, label: document.name })),
          { value: emptyTemplate.id, label: "Empty: rules of your own" },
          { value: codeBeginning.id, label: "Code of your own" },
        ]}
        onChange={(strategy) => onChange(changeToStrategy(strategy, market.quote))}
      />
    </>
  )
})
