import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react"
import { classNames } from "../ui/class-names.ts"
import { MadeUpChip } from "../figure/index.ts"
import type { MadeUp } from "../run/made-up.ts"
import { ChartTools } from "./chart-tools.tsx"
import { useScreenCommands } from "../ui/screen-commands.ts"
import { useStable } from "../ui/use-stable.ts"
import type { ChartView } from "./chart-view.ts"
import type { Measurable } from "./measure-layer.tsx"

// Wanted by few, and never at once.
const MeasureLayer = lazy(async () => ({ default: (await import("./measure-layer.tsx")).MeasureLayer }))

type ChartFrameProps = {
  /** Names the chart for those who do not see it, and the PNG file. */
  title: string
  /** What the picture shows, in a sentence or two. */
  summary: string
  plot: (Measurable & { view: ChartView }) | undefined
  /** Height of the plot while it is not the whole screen. */
  className: string
  /** What must be said of its prices where nothing around it does: on the whole screen. */
  madeUp?: MadeUp
  /** How many panes the strategy's own series have. */
  paneCount?: number
  readout: ReactNode
  tools: ReactNode
  /** The numbers of the candle under the crosshair, and what the lines are. */
  legend: ReactNode
  /** Where the plot draws, and its overlays. */
  children: ReactNode
  overview: ReactNode
  /** The way from trade to trade, where there are trades to choose. */
  walk?: ReactNode
  caption: ReactNode
  onKeyDown: (event: KeyboardEvent) => void
  /** The wheel was turned over the chart without Ctrl; another number for each time. */
  plainWheel: number
}

/**
 * What every chart over time has around its plot: numbers above, tools, the overview below, a table for screen
 * readers.
 */
export function ChartFrame(props: ChartFrameProps) {
  const {
    title,
    summary,
    plot,
    className,
    readout,
    tools,
    legend,
    children,
    overview,
    walk,
    caption,
    plainWheel,
    madeUp,
    paneCount = 0,
  } = props
  const [isFull, setFull] = useState(false)
  const [isMeasuring, setMeasuring] = useState(false)
  const figure = useFullScreen(isFull, setFull)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && (isMeasuring || isFull)) {
      if (isMeasuring) setMeasuring(false)
      else setFull(false)
      event.preventDefault()
    } else if (event.key === "m" && !event.ctrlKey && !event.metaKey && !isMeasuring) {
      setMeasuring(true)
      event.preventDefault()
    } else props.onKeyDown(event)
  }
  const fit = useStable(() => plot?.view.fit())
  const measure = useStable(() => setMeasuring(!isMeasuring))
  useScreenCommands([{ name: "Measure on the chart", keys: "M", run: measure }])
  const fill = useStable(() => setFull(!isFull))
  const save = useStable(() => {
    const link = document.createElement("a")
    link.href = plot?.view.png() ?? ""
    link.download = `${title}.png`
    link.click()
  })
  return (
    <figure
      ref={figure}
      className={classNames(
        "@container flex min-w-0 flex-col gap-2",
        // What is painted apart is not painted again when something else moves.
        isFull ? "fixed inset-0 z-40 w-screen overflow-auto bg-surface-0 p-3" : "isolate",
      )}
    >
      <div className="flex flex-wrap-reverse items-end justify-between gap-x-4 @4xl:flex-nowrap">
        <div className="min-w-0 grow basis-full @4xl:basis-0">
          {isFull && <MadeUpChip of={madeUp} />}
          {readout}
        </div>
        <ChartTools
          isFull={isFull}
          isMeasuring={isMeasuring}
          onFit={fit}
          onMeasure={measure}
          onFull={fill}
          onSave={save}
        >
          {tools}
        </ChartTools>
      </div>
      {legend}
      <div
        tabIndex={0}
        role="application"
        aria-roledescription="chart"
        aria-label={`${title}. ${summary}`}
        onKeyDown={onKeyDown}
        className={classNames("relative flex min-w-0 scroll-mt-4", isFull ? "min-h-80 grow" : className)}
        // What is more than usual takes no room from the prices.
        style={paneCount > 2 && !isFull ? { minHeight: `${24 + 4 * (paneCount - 2)}rem` } : undefined}
      >
        {children}
        {isMeasuring && plot && (
          <Suspense>
            <MeasureLayer plot={plot} onEnd={() => setMeasuring(false)} />
          </Suspense>
        )}
        <WheelHint key={plainWheel} isShown={plainWheel > 0} />
      </div>
      {overview}
      {walk}
      <figcaption className="text-sm text-ink-soft">
        <span className="sr-only">{summary}</span>
        {caption}
      </figcaption>
    </figure>
  )
}

/** The browser's full screen where it exists; the figure covers the page in any case. */
function useFullScreen(isFull: boolean, setFull: (isFull: boolean) => void) {
  const figure = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isFull) return
    const element = figure.current!
    const onChange = () => {
      if (document.fullscreenElement === null) setFull(false)
    }
    element.requestFullscreen?.().then(
      () => document.addEventListener("fullscreenchange", onChange),
      () => {}, // refused: the figure covers the page, and Escape leaves it
    )
    return () => {
      document.removeEventListener("fullscreenchange", onChange)
      if (document.fullscreenElement === element) void document.exitFullscreen()
    }
  }, [isFull, setFull])
  return figure
}

function WheelHint({ isShown }: { isShown: boolean }) {
  if (!isShown) return null
  return (
    <p
      aria-hidden
      className="pointer-events-none absolute inset-x-0 top-2 z-10 mx-auto w-fit animate-hint rounded-md bg-surface-3 px-3 py-1 text-xs text-ink-strong opacity-0"
    >
      Ctrl and the wheel zoom
    </p>
  )
}
