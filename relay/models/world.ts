/** What this room needs of the world: a clock, timers and chance, passed in, so that tests have their own. */
export type ModelWorld = {
  nowMs: () => number
  /** From 0 up to, but without, 1. */
  random: () => number
  /** Calls once after `ms`; the answer stops it. */
  after: (ms: number, act: () => void) => () => void
}

/** Waits; throws the signal's reason where it is aborted meanwhile. */
export function wait({ after }: Pick<ModelWorld, "after">, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = after(ms, () => {
      signal.removeEventListener("abort", stop)
      resolve()
    })
    if (signal.aborted) stop()
    else signal.addEventListener("abort", stop, { once: true })
  })
}
