import { randomBytes, randomUUID } from "node:crypto"
import { bugReporter } from "./bug-report.ts"

/** Stops a timer; after that, and after its time, it does nothing. */
export type Cancel = () => void

/**
 * The one clock and the one source of chance. All code takes time, waits and secrets from here, so that a simulation
 * can supply its own.
 */
export interface Surroundings {
  /** The wall clock's UTC milliseconds; it may jump. */
  nowMs: () => number
  /** Milliseconds that only go forward. Only differences mean anything. */
  steadyMs: () => number
  /** From 0 up to, but without, 1: for jitter, never for secrets. */
  random: () => number
  /** Calls once after `ms`. Errors are reported, never passed on: no timer ends the process. */
  after: (ms: number, act: () => void) => Cancel
  every: (ms: number, act: () => void) => Cancel
  /** Lets everything else have its turn before a long piece of work continues. */
  giveWay: () => Promise<void>
  /** A text nobody can guess. */
  secret: () => string
  /** Bytes nobody can guess, for keys and tokens. */
  secretBytes: (count: number) => Uint8Array
}

/** The longest wait of Node's timers; beyond it they fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Waits as a promise; an aborted signal ends the wait early, without an error. */
export function sleep({ after }: Pick<Surroundings, "after">, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel()
      signal?.removeEventListener("abort", end)
      resolve()
    }
    const cancel = after(ms, end)
    if (signal?.aborted) end()
    else signal?.addEventListener("abort", end, { once: true })
  })
}

/** The same surroundings until their end: after it no timer fires, and none keeps the process from leaving. */
export function endable(surroundings: Surroundings): { surroundings: Surroundings; end: () => void } {
  const running = new Set<Cancel>()
  let isEnded = false
  const counted = (cancel: Cancel): Cancel => {
    const stop = () => {
      running.delete(stop)
      cancel()
    }
    running.add(stop)
    if (isEnded) stop()
    return stop
  }
  const after: Surroundings["after"] = (ms, act) => {
    const stop = counted(
      surroundings.after(ms, () => {
        running.delete(stop)
        act()
      }),
    )
    return stop
  }
  const end = () => {
    isEnded = true
    for (const stop of running) stop()
  }
  return { surroundings: { ...surroundings, after, every: (ms, act) => counted(surroundings.every(ms, act)) }, end }
}

/** The machine's own time and chance. `onBug` receives what a timer's call throws. */
export function realSurroundings(onBug: (error: unknown) => void = bugReporter()): Surroundings {
  const guarded = (act: () => void) => () => {
    try {
      act()
    } catch (error) {
      onBug(error)
    }
  }
  return {
    nowMs: Date.now,
    steadyMs: () => performance.now(),
    random: Math.random,
    after: (ms, act) => {
      const timer = setTimeout(guarded(act), Math.min(ms, LONGEST_TIMER_MS))
      return () => clearTimeout(timer)
    },
    every: (ms, act) => {
      const timer = setInterval(guarded(act), Math.min(ms, LONGEST_TIMER_MS))
      return () => clearInterval(timer)
    },
    giveWay: () => new Promise((resolve) => setImmediate(resolve)),
    secret: randomUUID,
    secretBytes: randomBytes,
  }
}
