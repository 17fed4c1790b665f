import { useEffect, useRef } from "react"
import type { OptimiseNews } from "#engine/run"
import { useRemembered } from "../ui/use-remembered.ts"
import { type Effort, workOf } from "./choices/effort.ts"

/** Candles times combinations of one worker in a second, before this browser has searched once: a modest laptop. */
const USUAL_PER_WORKER = 60e6
const USUAL_ALONE_PER_WORKER = 5e6
/** So much of a search tells how quick the rest is. */
const TELLING_SHARE = 0.2

type Watched = { state: string; news?: OptimiseNews }

/** Candles times combinations this browser gets through in a second, as its last search showed. */
export function useSpeed({ state, news }: Watched, { candles, isAlone }: Pick<Effort, "candles" | "isAlone">): number {
  const usual = isAlone ? USUAL_ALONE_PER_WORKER : USUAL_PER_WORKER
  const [perSecond, remember] = useRemembered(
    isAlone ? "search-speed-alone" : "search-speed",
    usual * navigator.hardwareConcurrency,
  )
  const begun = useRef<{ atMs: number; share: number }>(undefined)
  useEffect(() => {
    if (state !== "running" || !news) {
      begun.current = undefined
      return
    }
    const atMs = performance.now()
    begun.current ??= { atMs, share: news.share }
    const done = news.share - begun.current.share
    if (done < TELLING_SHARE) return
    const seconds = (atMs - begun.current.atMs) / 1_000
    begun.current = { atMs, share: news.share }
    if (seconds > 0) remember((workOf({ trials: news.toEvaluate, candles, isAlone }) * done) / seconds)
  }, [state, news, candles, isAlone, remember])
  return perSecond
}
