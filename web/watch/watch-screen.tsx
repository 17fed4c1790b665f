import { useState } from "react"
import { quoted } from "#engine/candles"
import type { VenueId, VenueMarket } from "#venues"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { toastWithUndo } from "../ui/toast.tsx"
import { classNames } from "../ui/class-names.ts"
import { useUndoKey } from "../ui/use-undo-key.ts"
import { AddMarket } from "./add-market.tsx"
import { BesidePanel } from "./beside-panel.tsx"
import { type Beside, besideFrom, besideOf, besideText } from "./beside.ts"
import { LivePanel } from "./live-panel.tsx"
import { useBoard, useWatchBoard } from "./use-watch-board.ts"
import { firstWatchlist, keepWatchlist, timeframeFrom, useWatchlist, type Watchlist } from "./use-watchlist.ts"
import { MarketList } from "./market-list.tsx"
import { RelayOpinions } from "./relay-opinions.tsx"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

/** The address of the screen: "practice:BTC/USDT", "1m", and a second chart as "practice:ETH/USDT@5m". */
export type WatchSearch = { market?: string; timeframe?: string; beside?: string }

/** Live prices of several exchanges, and one market's chart. */
export function WatchScreen({ search, onChange }: { search: WatchSearch; onChange: (search: WatchSearch) => void }) {
  useUndoKey()
  const kept = useWatchlist()
  const [unkept, setUnkept] = useState<Watchlist>(firstWatchlist)
  const list = kept.state === "ready" ? kept.value : kept.state === "unavailable" ? unkept : undefined
  const board = useWatchBoard(list?.markets)
  const failure = useBoard(board, ({ failure: because }) => because)
  const change = (next: Watchlist) => (kept.state === "ready" ? void keepWatchlist(next) : setUnkept(next))
  const selected = list?.markets.find((market) => watchKey(market) === search.market) ?? list?.markets[0]
  const timeframe = timeframeFrom(search.timeframe)
  const beside = besideFrom(search.beside, list?.markets ?? [])
  const showBeside = (next: Beside | undefined) => onChange({ ...search, beside: next && besideText(next) })
  return (
    <>
      <PageHeader title="Watch">
        Prices as they happen, from several exchanges at once. Nothing is bought or sold here.
      </PageHeader>
      {failure && <Notice kind="error">{failure}</Notice>}
      {kept.state === "unavailable" && (
        <Notice kind="warn">{kept.because} Your watchlist lasts as long as this tab.</Notice>
      )}
      {list && search.market !== undefined && !list.markets.some((market) => watchKey(market) === search.market) && (
        <Notice kind="warn">
          The market of this link, {quoted(search.market)}, is not on your list, so the first of the list is shown. Add
          it to watch it.
        </Notice>
      )}
      {!list && <Skeleton className="h-80 w-full" />}
      {list && (
        <div className="grid grid-cols-1 gap-6 lg:grid-cols-[minmax(14rem,20rem)_minmax(0,3fr)]">
          <section aria-labelledby="watchlist-title" className="flex min-w-0 flex-col gap-3">
            <h2 id="watchlist-title" className="sr-only">
              Watchlist
            </h2>
            <AddMarket
              onAdd={(venue, market) =>
                addMarket(list, { venue, market }, change, (next) => onChange({ ...search, ...next }))
              }
            />
            <MarketList
              list={list}
              board={board}
              selected={selected}
              timeframe={timeframe}
              onOrder={(markets) => change({ ...list, markets })}
              onRemove={(market) => removeMarket(list, market, change)}
            />
          </section>
          {selected ? (
            <div className={classNames("grid min-w-0 grid-cols-1 items-start gap-6", beside && "xl:grid-cols-2")}>
              <LivePanel
                key={`${watchKey(selected)} ${timeframe}`}
                board={board}
                market={selected}
                timeframe={timeframe}
                indicators={list.indicators}
                onTimeframe={(name) => onChange({ ...search, market: watchKey(selected), timeframe: name })}
                onIndicators={(indicators) => change({ ...list, indicators })}
                onBeside={beside ? undefined : () => showBeside(besideOf(selected, timeframe))}
              />
              {beside && (
                <BesidePanel
                  key={besideText(beside)}
                  board={board}
                  markets={list.markets}
                  beside={beside}
                  indicators={list.indicators}
                  onChange={showBeside}
                />
              )}
            </div>
          ) : (
            <EmptyState title="Nothing to watch yet">
              Add a market, and its price and chart appear here as trades happen.
            </EmptyState>
          )}
        </div>
      )}
      {list && <RelayOpinions markets={list.markets} />}
    </>
  )
}

function addMarket(
  list: Watchlist,
  { venue, market }: { venue: VenueId; market: VenueMarket },
  change: (list: Watchlist) => void,
  show: (search: WatchSearch) => void,
) {
  const added: WatchedMarket = { venue, symbol: market.symbol, marketId: market.id }
  if (!list.markets.some((each) => watchKey(each) === watchKey(added)))
    change({ ...list, markets: [...list.markets, added] })
  show({ market: watchKey(added) })
}

function removeMarket(list: Watchlist, market: WatchedMarket, change: (list: Watchlist) => void) {
  change({ ...list, markets: list.markets.filter((each) => each !== market) })
  void toastWithUndo({ text: `${market.symbol} is no longer watched.`, onUndo: () => change(list), onExpire: () => {} })
}
