import { useEffect, useSyncExternalStore } from "react"
import { findTraining } from "../db/kept-training.ts"
import type { Training } from "./forecast-job.ts"
import { useKept } from "../db/use-kept.ts"
import { currentTraining, goOnTraining, isBeforeAnyTraining, onTraining, type TrainingView } from "./training.ts"

/** This window's training; one that a reload interrupted goes on by itself, and one that was paused waits. */
export function useTraining(): { view: TrainingView | undefined; waiting: Training | undefined } {
  const view = useSyncExternalStore(onTraining, currentTraining)
  const kept = useKept(async () => findTraining(), [])
  const open = kept.state === "ready" && isBeforeAnyTraining() ? kept.value : undefined
  useEffect(() => {
    if (open && !open.isPaused) void goOnTraining(open)
  }, [open])
  return { view, waiting: open?.isPaused ? open : undefined }
}
