import { type TimeZone, formatCandle, formatDuration } from "../ui/date-format.ts"
import { formatPrice, formatSignedMoney, formatSignedPercent } from "../ui/number-format.ts"
import type { DrawnMarker } from "./paint-trades.ts"
import type { TradeMark } from "./trade-marker.ts"

type TradeCardProps<T extends TradeMark> = {
  marker: DrawnMarker
  trades: readonly T[]
  reasonOf: (trade: T) => string
  priceDecimals: number
  currency: string | undefined
  timeframeMs: number
  zone: TimeZone
  /** Width of the chart, so that the card stays within it. */
  chartWidth: number
}

const WIDTH_PX = 216

/** The trades behind an arrow of the chart, beside the pointer. */
export function TradeCard<T extends TradeMark>(props: TradeCardProps<T>) {
  const { marker, trades, chartWidth } = props
  const left = Math.max(4, Math.min(chartWidth - WIDTH_PX - 4, marker.x - WIDTH_PX / 2))
  const beside = marker.isPurchase ? { bottom: `calc(100% - ${marker.y - 26}px)` } : { top: marker.y + 16 }
  const [first] = marker.trades
  return (
    <div
      role="tooltip"
      className="pointer-events-none absolute z-10 rounded-md border border-line bg-surface-1 p-2 text-xs shadow-floating"
      style={{ left, width: WIDTH_PX, ...(marker.y < 150 ? { top: marker.y + 16 } : beside) }}
    >
      {marker.trades.length === 1 && trades[first] ? (
        <OneTrade {...props} trade={trades[first]} />
      ) : (
        <ManyTrades marker={marker} trades={trades} currency={props.currency} />
      )}
    </div>
  )
}

function OneTrade<T extends TradeMark>({
  trade,
  reasonOf,
  priceDecimals,
  currency,
  timeframeMs,
  zone,
}: TradeCardProps<T> & { trade: T }) {
  const [entered, left] = trade.side === "long" ? ["Bought", "Sold"] : ["Sold short", "Bought back"]
  const price = (value: number) => formatPrice(value, priceDecimals)
  return (
    <>
      <p>
        {entered} {formatCandle(trade.entryTimeMs, timeframeMs, zone)} at {price(trade.entryPrice)}
      </p>
      {Number.isFinite(trade.exitTimeMs) && (
        <p>
          {left} {formatCandle(trade.exitTimeMs, timeframeMs, zone)} at {price(trade.exitPrice)}
        </p>
      )}
      <p className="pt-1 text-ink-strong">
        <span className={trade.profit >= 0 ? "text-gain" : "text-loss"}>
          {formatSignedMoney(trade.profit, currency)} ({formatSignedPercent(trade.profitPercent)})
        </span>{" "}
        {Number.isFinite(trade.exitTimeMs) ? `in ${formatDuration(trade.exitTimeMs - trade.entryTimeMs)}` : "so far"}
      </p>
      <p>{reasonOf(trade)}</p>
    </>
  )
}

function ManyTrades({
  marker,
  trades,
  currency,
}: {
  marker: DrawnMarker
  trades: readonly TradeMark[]
  currency: string | undefined
}) {
  const profit = marker.trades.reduce((sum, at) => sum + (trades[at]?.profit ?? 0), 0)
  return (
    <>
      <p className="text-ink-strong">
        {marker.trades.length} {marker.isPurchase ? "purchases" : "sales"} near each other
      </p>
      {!marker.isEntry && <p>Together {formatSignedMoney(profit, currency)}</p>}
      <p>Zoom in to tell them apart.</p>
    </>
  )
}
