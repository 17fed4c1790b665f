import type { FreqtradeMetric } from "#engine/result"
import { useEffect, useState } from "react"
import type { RunReport } from "./run-report.ts"
import { freqtradeIn } from "./use-run.ts"

/** The figures of a run as freqtrade defines them, by key, when they are wanted and have come. */
export function useFreqtrade(report: RunReport, isWanted: boolean): ReadonlyMap<string, FreqtradeMetric> | undefined {
  const [known, setKnown] = useState<{ of: RunReport; figures: ReadonlyMap<string, FreqtradeMetric> }>()
  useEffect(() => {
    if (!isWanted) return undefined
    let isAwaited = true
    void freqtradeIn(report).then((answer) => {
      if (isAwaited) setKnown({ of: report, figures: new Map(answer.map((figure) => [figure.key, figure])) })
    })
    return () => {
      isAwaited = false
    }
  }, [report, isWanted])
  return isWanted && known?.of === report ? known.figures : undefined
}
