import { useCallback, useRef, useState } from "react"
import type { RunReport } from "../run/run-report.ts"
import { candleOfBar } from "../run/strategy-candle.ts"
import { useShortcut } from "../ui/use-shortcut.ts"

type Asked = { candleMs: number; isByKey: boolean }

/** Which candle of a run somebody asks about: the one pressed, or by `w` the one pointed at. `isElsewhere`: the key is not for here. */
export function useAskedCandle(report: RunReport, isElsewhere: boolean) {
  const [asked, setAsked] = useState<Asked>()
  const pointedMs = useRef<number>(undefined)
  const lastMs = report.equity.openTimeMs.at(-1)
  const askBar = (barMs: number | undefined, isByKey: boolean) => {
    const candleMs = barMs === undefined ? lastMs : candleOfBar(report, barMs)
    if (candleMs !== undefined) setAsked({ candleMs, isByKey })
  }
  const close = useCallback(() => setAsked(undefined), [])
  const toggle = () => (asked ? close() : askBar(pointedMs.current, true))
  useShortcut("w", () => {
    if (!isElsewhere) toggle()
  })
  return {
    /** The candle in question is always within the run. */
    candleMs: asked && within(report, asked.candleMs),
    isByKey: asked?.isByKey ?? false,
    ask: (barMs: number) => askBar(barMs, false),
    walk: (candleMs: number) => setAsked({ candleMs, isByKey: asked?.isByKey ?? false }),
    point: (barMs: number | undefined) => {
      if (barMs !== undefined) pointedMs.current = barMs
    },
    toggle,
    close,
  }
}

function within({ equity: { openTimeMs } }: RunReport, candleMs: number): number | undefined {
  if (openTimeMs.length === 0) return undefined
  return Math.max(openTimeMs[0], Math.min(openTimeMs[openTimeMs.length - 1], candleMs))
}
