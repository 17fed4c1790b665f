import { useEffect, useState } from "react"
import type { RunReport } from "./run-report.ts"
import type { ToldNever, ToldWhy } from "./why-job.ts"
import { neverIn, whyIn } from "./use-run.ts"

/** The newest answer stays in view while the next one is worked out; `isStale` says so. */
export type AskedWhy = { told?: ToldWhy; isStale: boolean }

/** Why a run did, or did not, trade at a candle; asked anew for each candle and each run. */
export function useWhy(report: RunReport, openTimeMs: number): AskedWhy {
  const [known, setKnown] = useState<{ of: RunReport; openTimeMs: number; told: ToldWhy }>()
  useEffect(() => {
    let isWanted = true
    const tell = (told: ToldWhy | undefined) => isWanted && told && setKnown({ of: report, openTimeMs, told })
    whyIn(report, openTimeMs).then(tell, (error: Error) => tell({ ok: false, because: error.message }))
    return () => {
      isWanted = false
    }
  }, [report, openTimeMs])
  return { told: known?.told, isStale: known?.of !== report || known.openTimeMs !== openTimeMs }
}

/** Why a run without trades never traded. */
export function useNever(report: RunReport): ToldNever | undefined {
  const [known, setKnown] = useState<{ of: RunReport; told: ToldNever | undefined }>()
  useEffect(() => {
    let isWanted = true
    void neverIn(report).then((told) => isWanted && setKnown({ of: report, told }))
    return () => {
      isWanted = false
    }
  }, [report])
  return known?.of === report ? known.told : undefined
}
