import { useEffect, useState } from "react"
import type { RunReport } from "./run-report.ts"
import type { ReportedNever, ReportedWhy } from "./why-job.ts"
import { neverIn, whyIn } from "./use-run.ts"

/** The newest answer stays in view while the next one is computed; `isStale` says so. */
export type AskedWhy = { reported?: ReportedWhy; isStale: boolean }

/** Why a run did, or did not, trade at a candle; computed anew for each candle and each run. */
export function useWhy(report: RunReport, openTimeMs: number): AskedWhy {
  const [known, setKnown] = useState<{ of: RunReport; openTimeMs: number; reported: ReportedWhy }>()
  useEffect(() => {
    let isWanted = true
    const show = (reported: ReportedWhy | undefined) =>
      isWanted && reported && setKnown({ of: report, openTimeMs, reported })
    whyIn(report, openTimeMs).then(show, (error: Error) => show({ ok: false, because: error.message }))
    return () => {
      isWanted = false
    }
  }, [report, openTimeMs])
  return { reported: known?.reported, isStale: known?.of !== report || known.openTimeMs !== openTimeMs }
}

/** Why a run without trades never traded; undefined for code, which has no conditions to count. */
export function useNever(report: RunReport): ReportedNever | undefined {
  const [known, setKnown] = useState<{ of: RunReport; reported: ReportedNever | undefined }>()
  useEffect(() => {
    let isWanted = true
    // A question that has no answer would only end the one that has.
    if (report.job.strategy.code) return
    void neverIn(report).then((reported) => isWanted && setKnown({ of: report, reported }))
    return () => {
      isWanted = false
    }
  }, [report])
  return known?.of === report ? known.reported : undefined
}
