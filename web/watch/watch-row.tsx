import { Link } from "@tanstack/react-router"
import { ChevronDown, ChevronUp, X } from "lucide-react"
import type { Timeframe } from "#engine/candles"
import { venueOf } from "#venues"
import { Sparkline } from "../figure/index.ts"
import { IconButton } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { formatPrice, formatSignedPercent } from "../ui/number-format.ts"
import { silenceOf } from "./silence.ts"
import { useBoard, useSecond } from "./use-watch-board.ts"
import type { BoardPrice, WatchBoard } from "./watch-board.ts"
import { type WatchedMarket, watchKey } from "./watched-market.ts"

type Arrange = { onUp?: () => void; onDown?: () => void; onRemove: () => void }
type WatchRowProps = {
  market: WatchedMarket
  board: WatchBoard
  timeframe: Timeframe
  isSelected: boolean
  arrange: Arrange | undefined
}

/** One watched market: its price, the last day, and how fresh that is. Pressing it opens its chart. */
export function WatchRow({ market, board, timeframe, isSelected, arrange }: WatchRowProps) {
  const key = watchKey(market)
  const price = useBoard(board, (each) => each.price(key))
  const day = useBoard(board, (each) => each.day(key))
  const line = useBoard(board, (each) => each.line(market.venue))
  const { words, isStale } = silenceOf({ line, heardAtMs: price?.heardAtMs, nowMs: useSecond() })
  return (
    <li className="flex items-center border-t border-line">
      <Link
        to="/watch"
        search={(before) => ({ ...before, market: key, timeframe })}
        aria-current={isSelected || undefined}
        onClick={showChart}
        className={classNames(
          "flex min-h-16 min-w-0 grow items-center gap-3 rounded-md px-2 py-2 transition-colors hover:bg-surface-2",
          isSelected && "bg-surface-2",
        )}
      >
        <span className="flex min-w-0 grow flex-col">
          <span className="truncate font-semibold text-ink-strong">{market.symbol}</span>
          <span className="truncate text-xs text-ink-soft">{venueOf(market.venue).name}</span>
          <span className={classNames("text-xs", isStale ? "text-warn" : "text-ink-soft")}>{words}</span>
        </span>
        {!arrange && <DayLine closes={day} price={price} />}
        <span className="flex w-24 shrink-0 flex-col items-end">
          <span className={classNames("text-ink-strong tabular-nums", isStale && "text-ink-soft")}>
            {formatPrice(price?.price, price?.decimals)}
          </span>
          <DayChange percent={price?.dayChangePercent} />
        </span>
      </Link>
      {arrange && <ArrangeButtons symbol={market.symbol} {...arrange} />}
    </li>
  )
}

/** The last day as a line that ends at the price of now, in the colour of the day's change. */
function DayLine({ closes, price }: { closes: number[] | undefined; price: BoardPrice | undefined }) {
  const values = closes && [...closes, ...(price ? [price.price] : [])]
  return <Sparkline values={values} isLoss={(price?.dayChangePercent ?? 0) < 0} />
}

/** Where list and chart are stacked, the chart scrolls into view. */
function showChart() {
  if (matchMedia("(width < 1024px)").matches)
    requestAnimationFrame(() => document.getElementById("chart-title")?.scrollIntoView())
}

/** The change over 24 hours, with sign and colour. */
export function DayChange({ percent }: { percent: number | undefined }) {
  const isLoss = (percent ?? 0) < 0
  return (
    <span
      title="Change over the last 24 hours"
      className={classNames(
        "text-xs tabular-nums",
        percent === undefined ? "text-ink-soft" : isLoss ? "text-loss" : "text-gain",
      )}
    >
      {formatSignedPercent(percent, 2)}
    </span>
  )
}

function ArrangeButtons({ symbol, onUp, onDown, onRemove }: Arrange & { symbol: string }) {
  return (
    <span className="flex shrink-0">
      <IconButton label={`Move ${symbol} up`} disabled={!onUp} onClick={onUp} className="disabled:opacity-30">
        <ChevronUp aria-hidden className="size-4" />
      </IconButton>
      <IconButton label={`Move ${symbol} down`} disabled={!onDown} onClick={onDown} className="disabled:opacity-30">
        <ChevronDown aria-hidden className="size-4" />
      </IconButton>
      <IconButton label={`Stop watching ${symbol}`} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </span>
  )
}
