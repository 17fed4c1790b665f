import { useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react"
import type { VenueMarket } from "#venues"
import { classNames } from "../ui/class-names.ts"
import { Field, inputClass } from "../ui/field.tsx"
import { matchingMarkets } from "./matching-markets.ts"

/** The markets to choose from: loading, ready, or unavailable and why. */
export type MarketsState =
  | { state: "loading" }
  | { state: "ready"; markets: VenueMarket[] }
  | { state: "failed"; because: string }

type PickerProps = {
  label: string
  markets: MarketsState
  picked: VenueMarket | undefined
  onPick: (market: VenueMarket) => void
  /** Called when the list is first opened: until then nobody needs it. */
  onOpen: () => void
  onRetry: () => void
}

const ROW_PX = 40
const SHOWN_ROWS = 7

/**
 * Finds one market among thousands by typing: a combobox with the exchange's markets, the busiest first, and their
 * daily turnover. Arrows move, Enter takes, Esc leaves.
 */
export function MarketPicker({ label, markets, picked, onPick, onOpen, onRetry }: PickerProps) {
  const [query, setQuery] = useState<string>()
  const [at, setAt] = useState(0)
  const listId = useId()
  const open = query !== undefined
  const found = markets.state === "ready" && open ? matchingMarkets(markets.markets, query) : []
  const look = (text: string) => {
    onOpen()
    setQuery(text)
    setAt(0)
  }
  const take = (market: VenueMarket | undefined) => {
    if (!market) return
    onPick(market)
    setQuery(undefined)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") setQuery(undefined)
    else if (event.key === "Enter" && open) take(found[at])
    else if (event.key === "ArrowDown" && !open) look("")
    else if (event.key === "ArrowDown") setAt(Math.max(0, Math.min(at + 1, found.length - 1)))
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0))
    else return
    event.preventDefault()
  }
  return (
    <Field label={label}>
      {(ids) => (
        <div
          className="relative"
          onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setQuery(undefined)}
        >
          <input
            {...ids}
            role="combobox"
            aria-expanded={open}
            aria-controls={listId}
            aria-activedescendant={open && found[at] ? `${listId}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder="Type a coin, such as BTC"
            className={inputClass}
            value={query ?? picked?.symbol ?? ""}
            onFocus={onOpen}
            onClick={() => !open && look("")}
            onChange={(event) => look(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {open && (
            <Drop>
              {markets.state === "ready" && found.length > 0 ? (
                <MarketList id={listId} markets={found} at={at} onTake={take} />
              ) : (
                <Instead id={listId} markets={markets} query={query} onRetry={onRetry} />
              )}
            </Drop>
          )}
        </div>
      )}
    </Field>
  )
}

function Drop({ children }: { children: ReactNode }) {
  return (
    <div className="absolute inset-x-0 top-full z-30 mt-1 overflow-hidden rounded-md border border-line bg-surface-1 shadow-floating">
      {children}
    </div>
  )
}

/** Only the rows in view exist: an exchange has thousands of markets. */
function MarketList({
  id,
  markets,
  at,
  onTake,
}: {
  id: string
  markets: VenueMarket[]
  at: number
  onTake: (market: VenueMarket) => void
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: markets.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  })
  useEffect(() => rows.scrollToIndex(at), [rows, at])
  return (
    <div ref={scroller} className="overflow-y-auto" style={{ height: Math.min(markets.length, SHOWN_ROWS) * ROW_PX }}>
      <div id={id} role="listbox" aria-label="Markets" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <MarketOption
            key={index}
            id={`${id}-${index}`}
            market={markets[index]}
            place={{ index, count: markets.length, start }}
            active={index === at}
            onTake={onTake}
          />
        ))}
      </div>
    </div>
  )
}

type OptionProps = {
  id: string
  market: VenueMarket
  place: { index: number; count: number; start: number }
  active: boolean
  onTake: (market: VenueMarket) => void
}

function MarketOption({ id, market, place, active, onTake }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-posinset={place.index + 1}
      aria-setsize={place.count}
      // The press must not take the focus from the field, or the list closes under it.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onTake(market)}
      className={classNames(
        "absolute inset-x-0 flex cursor-pointer items-center justify-between gap-3 px-3 text-sm",
        active ? "bg-surface-2 text-ink-strong" : "text-ink hover:bg-surface-2",
      )}
      style={{ height: ROW_PX, transform: `translateY(${place.start}px)` }}
    >
      <span className="truncate font-medium">{market.symbol}</span>
      <span className="shrink-0 text-ink-soft tabular-nums">{market.active ? volumeWords(market) : "closed"}</span>
    </div>
  )
}

function Instead({
  id,
  markets,
  query,
  onRetry,
}: {
  id: string
  markets: MarketsState
  query: string
  onRetry: () => void
}) {
  return (
    <div id={id} role="status" className="flex flex-col items-start gap-2 p-3 text-sm text-ink-soft">
      {markets.state === "loading" && "Asking the exchange for its markets …"}
      {markets.state === "ready" && `No market is called ${query}.`}
      {markets.state === "failed" && (
        <>
          <span className="text-ink">{markets.because}</span>
          <button type="button" onClick={onRetry} className="font-medium text-ink-strong underline underline-offset-4">
            Ask again
          </button>
        </>
      )}
    </div>
  )
}

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 })

/** "1.2B USDT a day" */
function volumeWords({ quoteVolume, quote }: VenueMarket): string {
  return quoteVolume === undefined ? "" : `${compact.format(quoteVolume)} ${quote} a day`
}
