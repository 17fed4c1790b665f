import { useEffect, useRef } from "react"
import { isStorageFull } from "../db/unavailable.ts"
import type { RunReport } from "../run/run-report.ts"
import type { RunSetup } from "../run/run-setup.ts"

/** Not at once: of the many runs while a slider is dragged only the one it rests on is remembered. */
const SAVE_AFTER_MS = 800

/** Remembers the run that is shown when it has rested, or when the person leaves the screen. */
export function useRunMemory(setup: RunSetup, report: RunReport | undefined, kept: boolean) {
  const key = JSON.stringify(setup)
  const waiting = useRef<() => void>(undefined)
  useEffect(() => {
    if (!report) return
    const keep = () => {
      waiting.current = undefined
      // Where nothing can be kept the address still holds the run, so a failure costs only the list. The person hears of a full disk:
      // they can do something about it.
      void remember(JSON.parse(key) as RunSetup, report, kept).catch((error: unknown) => {
        if (isStorageFull(error)) throw error
      })
    }
    waiting.current = keep
    const timer = setTimeout(keep, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [key, report, kept])
  useEffect(() => () => waiting.current?.(), [])
}

async function remember(setup: RunSetup, report: RunReport, kept: boolean) {
  const { rememberRun } = await import("../run/run-memory.ts")
  await rememberRun(setup, report, { kept })
}
