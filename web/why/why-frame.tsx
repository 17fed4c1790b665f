import { type Timeframe, timeframesMs } from "#engine/candles"
import { ChevronLeft, ChevronRight, X } from "lucide-react"
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect } from "react"
import { IconButton } from "../ui/button.tsx"
import { formatCandle, type TimeZone } from "../ui/date-format.ts"
import { OfBefore } from "../ui/of-before.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { useFocusReturn } from "../ui/use-focus-return.ts"
import { WhatIsThis } from "../what-is-this.tsx"
import type { ReportedWhy } from "../run/why-job.ts"
import type { ReportedCandle } from "./why-words.ts"

export type WhyFrameProps = {
  /** Open time of the strategy's candle in question. */
  candleMs: number
  timeframe: Timeframe
  zone: TimeZone
  /** Of that candle; of the one before while `isStale`. */
  reported: ReportedWhy | undefined
  isStale: boolean
  children: (reported: ReportedCandle) => ReactNode
  onWalk: (steps: number) => void
  onClose?: () => void
  /** Has the focus afterwards, where nothing had it before. */
  opener?: RefObject<HTMLElement | null>
  /** What the region is called; two may be on the page. */
  name?: string
  /** Takes the focus when it appears: a key opened it. */
  isFocused?: boolean
  /** Candles pass by themselves: they are not read out one by one. */
  isQuiet?: boolean
}

/** The place of an answer about one candle. Arrows walk from candle to candle. */
export function WhyFrame({ name = "Why?", isFocused = false, isQuiet = false, ...props }: WhyFrameProps) {
  const { candleMs, timeframe, zone, reported, isStale, children, onWalk, onClose, opener } = props
  const { part, onFocus } = useFocusReturn<HTMLElement>(opener)
  useLayoutEffect(() => {
    if (isFocused) part.current?.focus({ preventScroll: true })
  }, [isFocused, part])
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key]
    if (steps !== undefined) onWalk(steps)
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
        <IconButton label="Candle before" onClick={() => onWalk(-1)}>
          <ChevronLeft aria-hidden className="size-4" />
        </IconButton>
        <IconButton label="Next candle" onClick={() => onWalk(1)}>
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
          Candle of {formatCandle(candleMs, timeframesMs[timeframe], zone)}, {timeframe}
        </p>
        {reported ? (
          <OfBefore isStale={isStale && !isQuiet} className="flex flex-col gap-4">
            {reported.ok ? children(reported) : <p>This candle cannot be explained: {reported.because}</p>}
          </OfBefore>
        ) : (
          <Skeleton className="h-40 w-full" />
        )}
      </div>
    </section>
  )
}
