import type { Trade } from "#engine/result"
import type { TradeLevels } from "#engine/run"
import { useEffect, useState } from "react"
import type { RunReport } from "./run-report.ts"
import { levelsIn } from "./use-run.ts"

/** Stop and targets of a trade of a run: they cost another run, so they load when the person has settled on one. */
export function useTradeLevels(report: RunReport, trade: Trade | undefined): TradeLevels | undefined {
  const [known, setKnown] = useState<{ of: RunReport; fromMs: number; levels: TradeLevels | undefined }>()
  const [fromMs, toMs] = [trade?.entryTimeMs, trade?.exitTimeMs]
  useEffect(() => {
    if (fromMs === undefined || toMs === undefined) return undefined
    let isWanted = true
    const timer = setTimeout(async () => {
      const levels = await levelsIn(report, { fromMs, toMs })
      if (isWanted) setKnown({ of: report, fromMs, levels })
    }, SETTLE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [report, fromMs, toMs])
  return known?.of === report && known.fromMs === fromMs ? known.levels : undefined
}

const SETTLE_MS = 150
