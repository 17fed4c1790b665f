import type { Trade } from "#engine/result"
import { useCallback, useEffect, useRef, useState } from "react"
import type { RunReport } from "../run/run-report.ts"
import { candleOfBar, decidingCandle } from "../run/strategy-candle.ts"
import { useShortcut } from "../ui/use-shortcut.ts"

type Asked = { candleMs: number; isByKey: boolean }

/**
 * Which candle of a run somebody asks about: the one pressed, or by `w` the one pointed at, or else the one that decided
 * the lit trade. `isElsewhere`: the key is not for here.
 */
export function useAskedCandle(report: RunReport, lit: Trade | undefined, isElsewhere: boolean) {
  const [asked, setAsked] = useState<Asked>()
  const pointedMs = useRef<number>(undefined)
  const lastMs = report.equity.openTimeMs.at(-1)
  useEffect(() => {
    // A trade lit since the pointer came to rest is what is asked about.
    if (lit) pointedMs.current = undefined
  }, [lit])
  const ask = (candleMs: number | undefined, isByKey: boolean) => {
    if (candleMs !== undefined) setAsked({ candleMs, isByKey })
  }
  const candleInMind = () => {
    if (pointedMs.current !== undefined) return candleOfBar(report, pointedMs.current)
    return (lit && decidingCandle(report, lit)) ?? lastMs
  }
  const close = useCallback(() => setAsked(undefined), [])
  const toggle = () => (asked ? close() : ask(candleInMind(), true))
  useShortcut("w", () => {
    if (!isElsewhere) toggle()
  })
  return {
    /** The candle in question is always within the run. */
    candleMs: asked && within(report, asked.candleMs),
    isByKey: asked?.isByKey ?? false,
    ask: (barMs: number) => ask(candleOfBar(report, barMs), false),
    walk: (candleMs: number) => setAsked({ candleMs, isByKey: asked?.isByKey ?? false }),
    point: (barMs: number | undefined) => {
      pointedMs.current = barMs
    },
    toggle,
    close,
  }
}

function within({ equity: { openTimeMs } }: RunReport, candleMs: number): number | undefined {
  if (openTimeMs.length === 0) return undefined
  return Math.max(openTimeMs[0], Math.min(openTimeMs[openTimeMs.length - 1], candleMs))
}
