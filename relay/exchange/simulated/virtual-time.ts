import type { Cancel, Surroundings } from "../../surroundings.ts"
import { createRandom } from "./random.ts"

type Timer = { atMs: number; order: number; act: () => void }

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Lets every promise that can settle do so, however long its chain, before time moves. */
async function settled(): Promise<void> {
  do await turn()
  while (VirtualTime.isWorkUnderWay?.())
}

/**
 * Surroundings where time passes only step by step: a whole day runs as fast as the machine computes it, and the same
 * seed gives the same day again.
 */
export class VirtualTime implements Surroundings {
  /** Work in the real world, such as of a database server, for which time stands still; none unless a test says so. */
  static isWorkUnderWay: (() => boolean) | undefined

  readonly nowMs: () => number
  readonly steadyMs: () => number
  readonly random: () => number
  private timers: Timer[] = []
  private order = 0
  private atMs: number
  private secrets = 0

  constructor(private readonly options: { startMs: number; seed: string; onBug: (error: unknown) => void }) {
    this.atMs = options.startMs
    this.nowMs = () => this.atMs
    this.steadyMs = () => this.atMs - options.startMs
    const random = createRandom(`${options.seed}/surroundings`)
    this.random = () => random.next()
  }

  readonly after = (ms: number, act: () => void): Cancel => {
    const timer = { atMs: this.atMs + Math.max(0, ms), order: this.order++, act }
    // Timers due at the same moment fire in the order they were set.
    const place = this.timers.findIndex(({ atMs }) => atMs > timer.atMs)
    this.timers.splice(place === -1 ? this.timers.length : place, 0, timer)
    return () => {
      this.timers = this.timers.filter((one) => one !== timer)
    }
  }

  readonly every = (ms: number, act: () => void): Cancel => {
    let cancel: Cancel = () => {}
    const again = () => {
      cancel = this.after(Math.max(1, ms), again)
      act()
    }
    cancel = this.after(Math.max(1, ms), again)
    return () => cancel()
  }

  /** Nothing here has to wait for long work: no time passes meanwhile. */
  readonly giveWay = (): Promise<void> => Promise.resolve()

  readonly secret = (): string => `${this.options.seed}-${this.secrets++}`

  readonly secretBytes = (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => Math.floor(this.random() * 256))

  /** Runs this many milliseconds, timer by timer, each with all that follows from it. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.atMs + byMs
    await settled()
    while (this.timers.length > 0 && this.timers[0].atMs <= untilMs) await this.step()
    this.atMs = untilMs
  }

  /**
   * Runs until the promise settles; how long that takes is up to the timers. It must not wait for the real world,
   * such as a file: time would run on meanwhile.
   */
  async until<Value>(promise: Promise<Value>): Promise<Value> {
    let isKnown = false
    const known = () => (isKnown = true)
    promise.then(known, known)
    await settled()
    while (!isKnown && this.timers.length > 0) await this.step()
    if (!isKnown) throw new Error("nothing is left that could still happen, and what was waited for has not")
    return promise
  }

  private async step(): Promise<void> {
    const timer = this.timers.shift()!
    this.atMs = Math.max(this.atMs, timer.atMs)
    try {
      timer.act()
    } catch (error) {
      this.options.onBug(error)
    }
    await settled()
  }
}
