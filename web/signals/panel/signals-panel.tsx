import { listModels } from "../../db/kept-model.ts"
import { useKept } from "../../db/use-kept.ts"
import { MadeUpChip } from "../../figure/index.ts"
import { useMarketChoices } from "../../market/index.ts"
import { madeUpOf } from "../../run/made-up.ts"
import { Notice } from "../../ui/notice.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { Select } from "../../ui/select.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { useRemembered } from "../../ui/use-remembered.ts"
import { useWatchlist } from "../../watch/index.ts"
import { MarketSignals } from "./market-signals.tsx"
import { ModelsLink } from "./models-link.tsx"
import { type PanelMarket, panelMarkets, timeframeFor } from "./panel-market.ts"

/** The address of the screen: "binance:BTC/USDT" or a market's id, and "1h". */
export type SignalsSearch = { market?: string; timeframe?: string }

type SignalsPanelProps = { search: SignalsSearch; onChange: (search: SignalsSearch) => void }

/** What models, rules and indicators say of a market, and how often each of them was right. */
export function SignalsPanel({ search, onChange }: SignalsPanelProps) {
  const { ready, list } = useMarketChoices()
  const watchlist = useWatchlist()
  const models = useKept(listModels)
  const [market, rememberMarket] = useRemembered<string>("signals.market", "")
  const [timeframe, rememberTimeframe] = useRemembered<string>("signals.timeframe", "1h")
  const isReady = ready && watchlist.state !== "loading" && models.state !== "loading"
  const markets = isReady ? panelMarkets(list, watchlist.state === "ready" ? watchlist.value.markets : []) : []
  const wanted = search.market ?? market
  const shown = markets.find(({ key }) => key === wanted) ?? markets[0]
  const change = (next: SignalsSearch) => {
    if (next.market !== undefined) rememberMarket(next.market)
    if (next.timeframe !== undefined) rememberTimeframe(next.timeframe)
    onChange({ ...search, ...next })
  }
  return (
    <>
      <PageHeader title="Signals" action={<ModelsLink>Models</ModelsLink>}>
        What models, rules and indicators say of a market at its last closed candle, and how often each was right. A
        signal trades nothing: only rules do, with their stops and limits.
      </PageHeader>
      {shown === undefined ? (
        <div aria-busy>
          <Skeleton className="h-120 w-full" />
        </div>
      ) : (
        <>
          {search.market !== undefined && shown.key !== search.market && (
            <Notice kind="warn">
              The market of this link is neither kept nor watched in this browser, so {shown.name} is shown.
            </Notice>
          )}
          <Chosen markets={markets} shown={shown} timeframe={search.timeframe ?? timeframe} onChange={change} />
          <MarketSignals
            key={`${shown.key} ${timeframeFor(shown, search.timeframe ?? timeframe)}`}
            market={shown}
            timeframe={timeframeFor(shown, search.timeframe ?? timeframe)}
            models={models.state === "ready" ? models.value : []}
            unkept={models.state === "unavailable" ? models.because : undefined}
          />
        </>
      )}
    </>
  )
}

type ChosenProps = {
  markets: PanelMarket[]
  shown: PanelMarket
  timeframe: string
  onChange: SignalsPanelProps["onChange"]
}

function Chosen({ markets, shown, timeframe, onChange }: ChosenProps) {
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 grow basis-56 sm:max-w-80">
        <Select
          label="Market"
          value={shown.key}
          choices={markets.map(({ key, name, place }) => ({ value: key, label: name, hint: place }))}
          onChange={(market) => onChange({ market })}
        />
      </div>
      <Select
        label="Candles of"
        value={timeframeFor(shown, timeframe)}
        choices={shown.timeframes.map((name) => ({ value: name, label: name }))}
        onChange={(name) => onChange({ timeframe: name })}
      />
      <div className="flex min-h-8 items-center">
        <MadeUpChip of={madeUpOf([{ id: shown.key, isMadeUp: shown.isMadeUp }])} />
      </div>
    </div>
  )
}
