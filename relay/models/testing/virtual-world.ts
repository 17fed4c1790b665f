import type { ModelWorld } from "../world.ts"

/** A world whose time moves only when a test says so. */
export class VirtualWorld implements ModelWorld {
  #nowMs: number
  #timers: { atMs: number; act: () => void }[] = []

  constructor(startMs = Date.UTC(2027, 0, 5, 12)) {
    this.#nowMs = startMs
  }

  nowMs = () => this.#nowMs
  random = () => 0.5

  after = (ms: number, act: () => void) => {
    const timer = { atMs: this.#nowMs + ms, act }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }

  /** Lets time pass; timers act in their order. */
  pass(ms: number): void {
    const endMs = this.#nowMs + ms
    for (let next = this.#next(endMs); next !== undefined; next = this.#next(endMs)) {
      this.#timers = this.#timers.filter((each) => each !== next)
      this.#nowMs = next.atMs
      next.act()
    }
    this.#nowMs = endMs
  }

  /** How long until the next timer acts; undefined where none waits. */
  get nextInMs(): number | undefined {
    const next = this.#next(Infinity)
    return next && next.atMs - this.#nowMs
  }

  /** How many wait. */
  get waiting(): number {
    return this.#timers.length
  }

  #next(endMs: number) {
    return this.#timers.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0]
  }
}
