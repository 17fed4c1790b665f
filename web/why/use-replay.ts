import { useCallback, useEffect, useState } from "react"

export const replaySpeeds = [1, 4, 16] as const
/** Candles a second. */
export type ReplaySpeed = (typeof replaySpeeds)[number]

/** One bar after the other, by hand or by itself, from the first to the last. */
export function useReplay(barCount: number, startBar: number) {
  const [bar, setBar] = useState(() => Math.max(0, Math.min(barCount - 1, startBar)))
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<ReplaySpeed>(4)
  const last = barCount - 1
  const step = useCallback((bars: number) => setBar((now) => Math.max(0, Math.min(last, now + bars))), [last])
  const isAtEnd = bar >= last
  useEffect(() => {
    if (!isPlaying || isAtEnd) return undefined
    const timer = setInterval(() => step(1), 1000 / speed)
    return () => clearInterval(timer)
  }, [isPlaying, isAtEnd, speed, step])
  return {
    bar,
    speed,
    setSpeed,
    /** At the end there is nothing left to play. */
    isPlaying: isPlaying && !isAtEnd,
    isAtEnd,
    togglePlay: () => setPlaying(!isPlaying),
    step: (bars: number) => {
      setPlaying(false)
      step(bars)
    },
  }
}
