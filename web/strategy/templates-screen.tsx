import { Link } from "@tanstack/react-router"
import type { StrategyTemplate } from "#engine/strategy"
import { useState } from "react"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { sampleMarket } from "../db/sample-market.ts"
import { MadeUpChip } from "../figure/index.ts"
import { timeframeName, useMarkets } from "../market/index.ts"
import { isMadeUp, madeUpOfMarkets } from "../run/made-up.ts"
import { rememberedSettings } from "../run/remembered-settings.ts"
import { defaultSetup, type RunSetup, searchFromSetup } from "../run/run-setup.ts"
import { type JobMarket, jobOf } from "../run/setup-job.ts"
import { templates } from "../run/template-of.ts"
import { useFacts } from "../run/use-facts.ts"
import { usePreferences } from "../settings/index.ts"
import { Button, buttonClass } from "../ui/button.tsx"
import { formatCandleDay } from "../ui/date-format.ts"
import { formatPercent, formatSignedPercent } from "../ui/number-format.ts"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { Select } from "../ui/select.tsx"
import { DangerFlags } from "./danger-flags.tsx"
import { draftAside } from "./draft-aside.ts"
import { StrategyFacts } from "./strategy-facts.tsx"
import { StrategyLimits } from "./strategy-limits.tsx"

export type TemplatesSearch = { market?: string }

type TemplatesScreenProps = { search: TemplatesSearch; onChange: (search: TemplatesSearch) => void }

type Market = JobMarket & Pick<SavedMarket, "id" | "name"> & Partial<Pick<SavedMarket, "origin">>

/** Every template on one market of the person's: the idea of each, and what it really did there. */
export function TemplatesScreen({ search, onChange }: TemplatesScreenProps) {
  const kept = useMarkets()
  const markets: Market[] = [sampleMarket, ...(kept.state === "ready" ? kept.value : [])]
  const wanted = typeof search.market === "string" ? search.market : sampleMarket.id
  const market = markets.find(({ id }) => id === wanted)
  return (
    <>
      <PageHeader title="Strategies to begin with">
        {`The idea of each, and what it did on ${whereWords(market)}: run now, in this browser, and counted. Nothing here is written by hand but the ideas.`}
      </PageHeader>
      <div className="flex flex-wrap items-end gap-3">
        <div className="w-72 max-w-full">
          <Select
            label="On the market"
            value={market?.id ?? ""}
            choices={[
              ...(market ? [] : [{ value: "", label: "Choose one" }]),
              ...markets.map(({ id, name, timeframeMs }) => ({
                value: id,
                label: name,
                hint: timeframeName(timeframeMs),
              })),
            ]}
            onChange={(id) => onChange({ market: id === sampleMarket.id ? undefined : id })}
          />
        </div>
        <MadeUpChip of={madeUpOfMarkets(market ? [market] : [])} />
      </div>
      {market ? (
        <ul className="border-b border-line">
          {templates.map((template) => (
            <TemplateRow key={`${template.id} ${market.id}`} template={template} market={market} />
          ))}
        </ul>
      ) : (
        kept.state !== "loading" && (
          <Notice kind="warn">
            The market of this link is not in this browser. Choose another, or import its candles under Data.
          </Notice>
        )
      )}
    </>
  )
}

function whereWords(market: Market | undefined): string {
  if (!market) return "a market"
  const { id, name } = market
  if (id === sampleMarket.id) return `${name}, a sample whose prices we made up`
  return `${name}, ${isMadeUp(market) ? "whose prices are made up" : "a market of yours"}`
}

function TemplateRow({ template, market }: { template: StrategyTemplate; market: Market }) {
  const { id, document } = template
  const { timeZone } = usePreferences()
  // Code is compiled first, by a compiler that is fetched only when somebody wants it.
  const [isAsked, setAsked] = useState(document.code === undefined)
  const aside = draftAside(id)
  const setup: RunSetup = { ...defaultSetup, ...rememberedSettings(id, market.quote), market: market.id, strategy: id }
  const { facts, isStale } = useFacts(isAsked ? jobOf(setup, document, [market], timeZone) : undefined)
  const day = (timeMs: number) => formatCandleDay(timeMs, market.timeframeMs, timeZone)
  return (
    <li aria-label={document.name} className="grid gap-x-8 gap-y-4 border-t border-line py-5 lg:grid-cols-3">
      <div className="flex flex-col items-start gap-3">
        <h2 className="text-base font-semibold">{document.name}</h2>
        <p className="text-ink-soft">{document.description}</p>
        <DangerFlags document={document} leverage={setup.leverage} params={setup.params} isShort />
        {/* Its room is kept until it is known. */}
        <p className="min-h-12 tabular-nums md:min-h-10">
          {facts && (
            <>
              <strong className="font-semibold">{formatSignedPercent(facts.returnPercent)}</strong>
              {`, holding ${formatSignedPercent(facts.holdingPercent)}; the worst dip was ${formatPercent(facts.maxDrawdownPercent)}.`}
            </>
          )}
        </p>
        {aside && (
          <p data-testid="unkept" className="text-sm text-warn">
            You have changes here, not kept yet. “Test it” opens them; the figures are the template’s own.
          </p>
        )}
        <Link to="/backtest" search={searchFromSetup(setup)} className={buttonClass("quiet")}>
          Test it
        </Link>
      </div>
      <StrategyLimits template={template} />
      {isAsked ? (
        <StrategyFacts
          facts={facts}
          isStale={isStale}
          madeUp={madeUpOfMarkets([market])}
          on={facts ? `${market.name}, ${day(facts.fromMs)} to ${day(facts.toMs)}` : market.name}
        />
      ) : (
        <div className="flex min-h-92 flex-col items-start gap-2 text-sm text-ink-soft">
          <p>This one is code. The compiler for it is fetched once, about a megabyte.</p>
          <Button onClick={() => setAsked(true)}>Compile and count</Button>
        </div>
      )}
    </li>
  )
}
