import { useEffect, useEffectEvent, useLayoutEffect, useState } from "react"
import { classNames } from "../ui/class-names.ts"
import type { TimeZone } from "../ui/date-format.ts"
import type { DrawnMarker } from "./paint-trades.ts"
import { type LogAxes, type Pane, RunPlot } from "./run-plot.ts"
import type { RunScene } from "./run-scene.ts"
import { TradeCard } from "./trade-card.tsx"
import type { TradeMark } from "./trade-marker.ts"
import { usePlot } from "./use-plot.ts"

export type RunCanvasProps<T extends TradeMark> = {
  scene: RunScene & { trades: readonly T[] }
  panes: Pane[]
  log: LogAxes
  priceDecimals: number
  currency: string | undefined
  zone: TimeZone
  reasonOf: (trade: T) => string
  onPlot: (plot: RunPlot | undefined) => void
  /** Place of the trade to keep in view. */
  chosen: number | undefined
  timeframeMs: number
  onPoint: (bar: number | undefined, trade: number | undefined) => void
  onPress: (bar: number, trade: number | undefined) => void
  onPlainWheel: () => void
  /** A second plot, for which a phone has no room. */
  isBeside?: boolean
  /** Above the plot, where there are two. */
  heading?: string
}

/** One plot of a run with its hover card. */
export function RunCanvas<T extends TradeMark>(props: RunCanvasProps<T>) {
  const { scene, panes, log, priceDecimals, zone, onPlot } = props
  const [marker, setMarker] = useState<DrawnMarker>()
  const onPoint = useEffectEvent((bar: number | undefined, under: DrawnMarker | undefined) => {
    setMarker(under)
    props.onPoint(bar, under?.trades.length === 1 ? under.trades[0] : undefined)
  })
  const onPress = useEffectEvent((bar: number, under: DrawnMarker | undefined) => props.onPress(bar, under?.trades[0]))
  const onPlainWheel = useEffectEvent(() => props.onPlainWheel())
  const { element, plot } = usePlot(
    (within) =>
      new RunPlot(within, scene, {
        panes,
        priceDecimals,
        zone,
        onPoint: (bar, under) => onPoint(bar, under),
        onPress: (bar, under) => onPress(bar, under),
        onPlainWheel: () => onPlainWheel(),
      }),
    {
      structure: [...panes, ...scene.ownPanes].join("|"),
      look: { zone, priceDecimals },
      lookKey: `${zone} ${priceDecimals}`,
    },
  )
  const passPlot = useEffectEvent(() => onPlot(plot))
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- whoever holds the plot hears of another one
  useEffect(() => passPlot(), [plot])
  useEffect(() => plot?.setLog(log), [plot, log])
  // With the words beside it, in one frame.
  useLayoutEffect(() => plot?.draw(scene), [plot, scene])
  useEffect(() => {
    if (props.chosen !== undefined) plot?.bringIntoView(props.chosen)
  }, [plot, props.chosen])
  return (
    <div className={classNames("flex min-w-0 grow flex-col", props.isBeside && "max-lg:hidden print:hidden")}>
      {props.heading && <p className="pb-1 text-xs font-medium text-ink max-lg:hidden print:hidden">{props.heading}</p>}
      <div className="relative min-h-0 grow">
        <div ref={element} className="absolute inset-0" />
        {marker && (
          <TradeCard
            {...props}
            trades={scene.trades}
            marker={marker}
            chartWidth={plot?.view.element.clientWidth ?? 0}
          />
        )}
      </div>
    </div>
  )
}
