import type { ReactNode } from "react"
import { plainText } from "#engine/candles"
import type { ChartColumns } from "../run/chart-columns.ts"
import type { ChartLine } from "../run/chart-lines.ts"
import { type TimeZone, formatCandle } from "../ui/date-format.ts"
import { formatMoney, formatNumber, formatPercent, formatPrice } from "../ui/number-format.ts"
import { LineSwatch } from "./line-swatch.tsx"
import { ownGroups } from "./own-panes.ts"
import type { Pane } from "./run-plot.ts"
import type { OwnPanes } from "./use-own-panes.ts"

type ReadoutProps = {
  columns: ChartColumns
  bar: number | undefined
  panes: Pane[]
  currency: string | undefined
  zone: TimeZone
}

/**
 * The crosshair's time, or the end of what is in view while nothing is pointed at, and the money then. Its height stays
 * constant.
 */
export function Readout({ columns, bar, panes, currency, zone }: ReadoutProps) {
  const at = placeOf(columns, bar)
  return (
    <div
      aria-live={bar === undefined ? "off" : "polite"}
      className="flex h-12 min-w-0 flex-wrap content-center items-center gap-x-4 overflow-hidden text-xs text-ink-soft @xl:h-8"
    >
      <span className="font-medium text-ink">{formatCandle(columns.openTimeMs[at], columns.barMs, zone)}</span>
      {panes.includes("equity") && (
        <>
          <Named swatch={<span className="inline-block h-0.5 w-4 bg-accent align-middle" />}>
            Your money {formatMoney(columns.equity[at], currency)}
          </Named>
          <Named swatch={<span className="inline-block w-4 border-t border-dashed border-ink-faint align-middle" />}>
            Just holding {formatMoney(columns.holding[at], currency)}
          </Named>
        </>
      )}
      {panes.includes("underwater") && <span>Below the peak {formatPercent(columns.underwaterPercent[at])}</span>}
    </div>
  )
}

type PriceLegendProps = {
  columns: ChartColumns
  lines: readonly ChartLine[]
  own: OwnPanes
  bar: number | undefined
  priceDecimals: number
}

/** Above the prices: the candle under the crosshair, and the names of the strategy's lines. */
export function PriceLegend({ columns, lines, own, bar, priceDecimals }: PriceLegendProps) {
  const at = placeOf(columns, bar)
  const price = (column: Float64Array) => formatPrice(column[at], priceDecimals)
  const groups = ownGroups(lines)
  const told = (line: ChartLine) => (
    <Named key={line.name} swatch={<LineSwatch at={lines.indexOf(line)} />}>
      {plainText(line.name)} {line.pane === "price" ? price(line.values) : formatNumber(line.values[at], 2)}
    </Named>
  )
  return (
    <Legend>
      <span className="@max-md:hidden">
        Open {price(columns.open)} · High {price(columns.high)} · Low {price(columns.low)} · Close{" "}
        {price(columns.close)}
      </span>
      <span className="@md:hidden">Close {price(columns.close)}</span>
      {lines.filter(({ pane }) => pane === "price").map(told)}
      {groups.map((group) => (
        <PaneButton key={group} group={group} own={own}>
          {lines.filter((line) => line.pane === "own" && line.group === group).map(told)}
        </PaneButton>
      ))}
      {own.isFull && own.shown.length < groups.length && <span>Hide one to show another.</span>}
    </Legend>
  )
}

type PaneButtonProps = { group: string; own: OwnPanes; children: ReactNode }

/** The lines of a pane below the price; pressing them shows or hides it. */
function PaneButton({ group, own: { shown, isFull, turn }, children }: PaneButtonProps) {
  const isShown = shown.includes(group)
  return (
    <button
      type="button"
      aria-pressed={isShown}
      aria-disabled={!isShown && isFull}
      title={isShown ? "Hide its pane" : isFull ? "Hide another first" : "Show it in a pane of its own"}
      onClick={() => turn(group)}
      className="-mx-1 inline-flex min-h-6 max-w-full flex-wrap items-center gap-x-2 rounded-sm px-1 text-left hover:bg-surface-2 hover:text-ink-strong aria-disabled:cursor-not-allowed"
    >
      {children}
      {!isShown && <span>hidden</span>}
    </button>
  )
}

/** Text above a chart, with room of its own: over the prices it would hide candles. */
export function Legend({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-4 flex-wrap items-center gap-x-4 text-xs text-ink-soft tabular-nums">{children}</div>
  )
}

function Named({ swatch, children }: { swatch: ReactNode; children: ReactNode }) {
  return (
    <span className="whitespace-nowrap">
      <span aria-hidden className="mr-1">
        {swatch}
      </span>
      {children}
    </span>
  )
}

function placeOf({ close }: ChartColumns, bar: number | undefined): number {
  return Math.min(bar ?? Infinity, close.length - 1)
}
