import type { WrittenStrategy } from "#engine/strategy"
import { useEffect, useEffectEvent, useRef, useState } from "react"
import { focusPlace, type SoughtPlace, viewOfPlace } from "../strategy/index.ts"
import { useStable } from "../ui/use-stable.ts"

/** Leads to a place of a strategy. What shows rules and texts finds it there; the sliders beside them, in `numbers`. */
export function useSeeking(strategy: WrittenStrategy | undefined) {
  const numbers = useRef<HTMLDivElement>(null)
  const [sought, setSought] = useState<SoughtPlace>()
  const seek = useStable((path: string | undefined) => setSought(path === undefined ? undefined : { path }))
  const find = useEffectEvent(({ path }: SoughtPlace) => {
    if (!strategy || !numbers.current || viewOfPlace(strategy, path) !== "sliders") return
    focusPlace(numbers.current, path)
    seek(undefined)
  })
  useEffect(() => {
    if (sought) find(sought)
  }, [sought])
  return { numbers, sought, seek }
}
