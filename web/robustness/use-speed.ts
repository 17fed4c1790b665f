import { useEffect, useRef } from "react"
import type { OptimiseNews } from "#engine/run"
import { useRemembered } from "../ui/use-remembered.ts"
import { workOf } from "./choices/effort.ts"

/** Candles times combinations of one worker in a second, before this browser has searched once: a modest laptop. */
const USUAL_PER_WORKER = 60e6
/** So much of a search tells how quick the rest is. */
const TELLING_SHARE = 0.2

type Watched = { state: string; news?: OptimiseNews }

/** Candles times combinations this browser gets through in a second, as its last search showed. */
export function useSpeed({ state, news }: Watched, candles: number): number {
  const [perSecond, remember] = useRemembered("search-speed", USUAL_PER_WORKER * navigator.hardwareConcurrency)
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
    if (seconds > 0) remember((workOf({ trials: news.toEvaluate, candles }) * done) / seconds)
  }, [state, news, candles, remember])
  return perSecond
}
