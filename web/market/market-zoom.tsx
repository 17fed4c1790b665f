import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from "lucide-react"
import type { KeyboardEvent, ReactNode } from "react"
import { DAY_MS } from "#engine/candles"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { Button, IconButton } from "../ui/button.tsx"
import { type TimeZone, formatCandle, formatCandleDay } from "../ui/date-format.ts"
import type { Inspection } from "./mend/mend-worker.ts"
import { type Mark, type View, wholeView, zoomed } from "./market-strip-band.ts"
import { MarketStrip, StripLegend } from "./market-strip.tsx"

type MarketZoomProps = {
  market: SavedMarket
  inspection: Inspection
  view: View
  zone: TimeZone
  onView: (view: View) => void
  onPick: (mark: Mark) => void
}

/** A market's strip with a zoom: in, out, along. Arrows, + and − and 0 do it too. */
export function MarketZoom({ market, inspection, view, zone, onView, onPick }: MarketZoomProps) {
  const step = (factor: number) => onView(zoomed(market, view, { factor }))
  const move = (share: number) =>
    onView(zoomed(market, view, { aroundMs: (view.fromMs + view.toMs) / 2 + share * (view.toMs - view.fromMs) }))
  const whole = wholeView(market)
  const isWhole = view.fromMs <= whole.fromMs && view.toMs >= whole.toMs
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowLeft: () => move(-0.5),
      ArrowRight: () => move(0.5),
      "+": () => step(0.5),
      "=": () => step(0.5),
      "-": () => step(2),
      "0": () => onView(whole),
    }
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  }
  const isNear = view.toMs - view.fromMs < 4 * DAY_MS
  const moment = (timeMs: number) => (isNear ? formatCandle : formatCandleDay)(timeMs, market.timeframeMs, zone)
  return (
    <div className="flex flex-col gap-2" onKeyDown={onKeyDown}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <StripLegend market={market} inspection={inspection} />
        <div role="group" aria-label="Zoom the strip" className="flex items-center">
          <Lens
            label="Earlier"
            disabled={isWhole}
            onClick={() => move(-0.5)}
            icon={<ChevronLeft aria-hidden className="size-4" />}
          />
          <Lens label="Nearer" onClick={() => step(0.5)} icon={<ZoomIn aria-hidden className="size-4" />} />
          <Lens
            label="Farther"
            disabled={isWhole}
            onClick={() => step(2)}
            icon={<ZoomOut aria-hidden className="size-4" />}
          />
          <Lens
            label="Later"
            disabled={isWhole}
            onClick={() => move(0.5)}
            icon={<ChevronRight aria-hidden className="size-4" />}
          />
          <Button look="plain" disabled={isWhole} onClick={() => onView(whole)}>
            All
          </Button>
        </div>
      </div>
      <MarketStrip market={market} inspection={inspection} view={view} className="h-12" onPick={onPick} />
      <div className="flex justify-between text-xs text-ink-soft" aria-live="polite">
        <span>{moment(view.fromMs)}</span>
        <span>{moment(view.toMs)}</span>
      </div>
    </div>
  )
}

function Lens({
  label,
  icon,
  disabled,
  onClick,
}: {
  label: string
  icon: ReactNode
  disabled?: boolean
  onClick: () => void
}) {
  return (
    <IconButton label={label} disabled={disabled} onClick={onClick} className="disabled:opacity-40">
      {icon}
    </IconButton>
  )
}
