import type { Timeframe } from "#engine/candles"
import { timeframesMs } from "#engine/candles"
import { ChevronLeft, ChevronRight, X } from "lucide-react"
import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react"
import type { RunReport } from "../run/run-report.ts"
import { candleFurther } from "../run/strategy-candle.ts"
import { useWhy } from "../run/use-why.ts"
import { IconButton } from "../ui/button.tsx"
import { classNames } from "../ui/class-names.ts"
import { formatCandle, type TimeZone } from "../ui/date-format.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { useFocusReturn } from "../ui/use-focus-return.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import { ReportedCandleView } from "./reported-candle.tsx"

type WhyPanelProps = {
  report: RunReport
  /** Open time of the strategy's candle in question. */
  candleMs: number
  onCandle: (openTimeMs: number) => void
  onClose?: () => void
  /** Has the focus afterwards, where nothing had it before. */
  opener?: RefObject<HTMLElement | null>
  zone: TimeZone
  /** What the region is called; two may be on the page. */
  name?: string
  /** Takes the focus when it appears: a key opened it. */
  isFocused?: boolean
  /** Candles pass by themselves: they are not read out one by one. */
  isQuiet?: boolean
}

/** Why the strategy did, or did not, trade at a candle. Arrows walk from candle to candle. */
export function WhyPanel({
  report,
  candleMs,
  onCandle,
  onClose,
  opener,
  zone,
  name = "Why?",
  isFocused = false,
  isQuiet = false,
}: WhyPanelProps) {
  const { reported, isStale } = useWhy(report, candleMs)
  const { part, onFocus } = useFocusReturn<HTMLElement>(opener)
  useLayoutEffect(() => {
    if (isFocused) part.current?.focus({ preventScroll: true })
  }, [isFocused, part])
  const lengthMs = timeframesMs[report.timeframe as Timeframe]
  const walk = (steps: number) => onCandle(candleFurther(report, candleMs, steps))
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key]
    if (steps !== undefined) walk(steps)
    else if (event.key === "Escape" && onClose) onClose()
    else return
    event.preventDefault()
  }
  return (
    <section
      aria-label={name}
      tabIndex={-1}
      ref={part}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      className="flex min-w-0 flex-col gap-3 border-y border-line py-3 outline-offset-4"
    >
      <header className="flex items-center gap-1">
        <h2 className="flex min-w-0 grow items-center gap-1 text-base font-semibold">
          Why? <WhatIsThis term="why" />
        </h2>
        <IconButton label="Candle before" onClick={() => walk(-1)}>
          <ChevronLeft aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Next candle" onClick={() => walk(1)}>
          <ChevronRight aria-hidden className="size-4" />
        </IconButton>
        {onClose && (
          <IconButton label="Close the answer" onClick={onClose}>
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </header>
      <div
        aria-live={isQuiet ? "off" : "polite"}
        aria-busy={isStale && !isQuiet}
        className="flex min-h-60 flex-col gap-3"
      >
        <p data-testid="why-candle" className="text-sm text-ink-soft">
          Candle of {formatCandle(candleMs, lengthMs, zone)}, {report.timeframe}
        </p>
        {reported ? (
          <div className={classNames("flex flex-col gap-4", isStale && !isQuiet && "opacity-60")}>
            {reported.ok ? (
              <ReportedCandleView reported={reported} report={report} zone={zone} />
            ) : (
              <p>This candle cannot be explained: {reported.because}</p>
            )}
          </div>
        ) : (
          <Skeleton className="h-40 w-full" />
        )}
      </div>
    </section>
  )
}
