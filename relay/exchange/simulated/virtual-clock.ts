/** How fast exchange time runs: 1 is real time, 60 an hour a minute, "stepped" stays until advanced. */
export type Speed = number | "stepped"

/** The exchange's own time in UTC milliseconds. Nothing in the exchange uses any other clock. */
export type VirtualClock = {
  speed: Speed
  nowMs(): number
  /** Moves time forward by hand, at any speed. */
  advance(byMs: number): void
  /** Steps time forwards or backwards at once (a server clock that jumps, F20). Candles and orders do not move. */
  skew(byMs: number): void
  /** Changes the speed from now on without a jump. */
  setSpeed(speed: Speed): void
  /** What `skew` has added so far: reported time minus market time. */
  skewMs(): number
}

/** A clock that starts at `startMs` and follows `wallMs` (any monotonic milliseconds) at the given speed. */
export function createClock({
  startMs,
  speed,
  wallMs,
}: {
  startMs: number
  speed: Speed
  wallMs: () => number
}): VirtualClock {
  let anchorMs = startMs
  let wallAnchorMs = wallMs()
  let skewedMs = 0
  const rebase = () => {
    anchorMs = clock.nowMs()
    wallAnchorMs = wallMs()
  }
  const clock: VirtualClock = {
    speed,
    nowMs: () => anchorMs + (clock.speed === "stepped" ? 0 : Math.floor((wallMs() - wallAnchorMs) * clock.speed)),
    advance(byMs) {
      if (!(byMs >= 0)) throw new Error("time only moves forward")
      rebase()
      anchorMs += byMs
    },
    skew: (byMs) => void (skewedMs += byMs),
    setSpeed(next) {
      rebase()
      clock.speed = next
    },
    skewMs: () => skewedMs,
  }
  return clock
}

/**
 * The wall clock's milliseconds for an exchange in real time: they continue over a machine's sleep, which a monotonic
 * clock does not see, and never go back. When the wall clock is set back they keep their pace instead of stopping.
 */
export function steadyWall(now: () => number): () => number {
  let lastMs = now()
  let lostMs = 0
  return () => {
    const wallMs = now()
    if (wallMs < lastMs) lostMs += lastMs - wallMs
    lastMs = wallMs
    return wallMs + lostMs
  }
}
