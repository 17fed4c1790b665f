/** What a run under way does: it fetches and compiles, or it works on candles. */
export type RunPhase = "preparing" | "candles"

/** A run under way; `lateIn`: nothing was heard of it for a while, and what it was doing then. */
export type Running = { state: "running"; share?: number; lateIn?: RunPhase }

/** A run that is silent for this long is late: within a second the person reads what it is at. */
const LATE_MS = 800
/** A run that is soon over shows no progress: a flicker only makes the page jump. */
const SOON_OVER_MS = 300

/** Turns what is heard of a run into what the screen shows of it. Progress has a channel of its own, and may arrive late. */
export function watchRun(report: (running: Running) => void): {
  heard: (share: number) => void
  /** Nothing more is reported; says what the run was at. */
  end: () => RunPhase
} {
  let phase: RunPhase = "preparing"
  let candlesFromMs: number | undefined
  let share: number | undefined
  let isLate = false
  let isOver = false
  const show = () => report({ state: "running", share, lateIn: isLate ? phase : undefined })
  const listen = () =>
    setTimeout(() => {
      isLate = true
      show()
    }, LATE_MS)
  let silence = listen()
  return {
    heard(now) {
      if (isOver) return
      clearTimeout(silence)
      silence = listen()
      // Code that is late at its candles stays so: a way to stop it that comes and goes could not be pressed.
      isLate &&= phase === "candles"
      phase = "candles"
      candlesFromMs ??= performance.now()
      if (performance.now() - candlesFromMs > SOON_OVER_MS) share = now
      if (share !== undefined || !isLate) show()
    },
    end() {
      isOver = true
      clearTimeout(silence)
      return phase
    },
  }
}
