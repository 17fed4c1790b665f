import { MINUTE_MS } from "#engine/candles"
import type { Cancel, Surroundings } from "../../surroundings.ts"
import { hasOwnPace } from "./venue-pace.ts"

/** Of so many questions the one with the shortest way there and back says the most. */
const QUESTIONS = 3
const MEASURE_EVERY_MS = 10 * MINUTE_MS
const LOOK_EVERY_MS = 5_000
/** A look this late, or clocks this far from where they were: the machine slept, or somebody set its clock. */
const SLEPT_MS = 2_000

/** The exchange's time that we reckon with is measured anew where an answer is further from it. */
const DOUBTFUL_MS = 1_000

/**
 * Whose pace an exchange's clock keeps: ours, its own (it then takes our times, and we do not measure it), or, at a
 * stand-in, one of the two: then we find out.
 */
export type Pace = "ours" | "its-own" | "either"

/**
 * The exchange's time. It runs on a clock that never jumps, from the exchange's own answers: measured at the start,
 * every ten minutes, after a sleep, and whenever the exchange says that it is wrong.
 */
export class VenueClock {
  /** The exchange's time minus the clock that never jumps. */
  private aheadMs: number
  private measuredAtMs: number | undefined
  private measuring: Promise<void> | undefined
  private looked: { steadyMs: number; apartMs: number }
  private stopLooking: Cancel | undefined
  private takesOurTime: boolean

  constructor(
    private readonly clock: Surroundings,
    private readonly ask: () => Promise<number>,
    private readonly pace: Pace = "ours",
  ) {
    this.takesOurTime = pace === "its-own"
    this.aheadMs = this.ownAheadMs()
    this.looked = this.look()
  }

  readonly nowMs = (): number => Math.floor(this.clock.steadyMs() + this.aheadMs)

  /**
   * How far this machine's clock is ahead of the exchange's; undefined before the first
   * measurement, and where clocks cannot be compared.
   */
  errorMs(): number | undefined {
    return this.measuredAtMs === undefined || this.takesOurTime ? undefined : this.clock.nowMs() - this.nowMs()
  }

  /** Measures once, then watches for reasons to measure again. */
  async start(): Promise<void> {
    if (this.pace === "its-own") return
    this.stopLooking ??= this.clock.every(LOOK_EVERY_MS, () => this.lookAgain())
    await this.measure()
  }

  stop(): void {
    this.stopLooking?.()
    this.stopLooking = undefined
  }

  /** Asks for the exchange's time; what was known stays when nobody answers. */
  measure(): Promise<void> {
    if (this.pace === "its-own") return Promise.resolve()
    this.measuring ??= this.findOut().finally(() => (this.measuring = undefined))
    return this.measuring
  }

  /** The exchange has just said what time it is: far from what is known, its clock was set. */
  async heard(serverMs: number): Promise<void> {
    const isFar = !this.takesOurTime && Math.abs(serverMs - this.nowMs()) > DOUBTFUL_MS
    if (isFar) await this.measure()
  }

  private async findOut(): Promise<void> {
    if (this.pace === "either") this.takesOurTime = (await hasOwnPace(this.clock, this.ask)) ?? this.takesOurTime
    if (!this.takesOurTime) return this.askBest()
    this.aheadMs = this.ownAheadMs()
    this.measuredAtMs = this.clock.steadyMs()
  }

  private ownAheadMs(): number {
    return this.clock.nowMs() - this.clock.steadyMs()
  }

  private async askBest(): Promise<void> {
    let least = Infinity
    for (let question = 0; question < QUESTIONS; question++) {
      const answer = await this.askOnce().catch(() => undefined)
      if (answer === undefined) return
      if (answer.roundTripMs < least) this.aheadMs = answer.aheadMs
      least = Math.min(least, answer.roundTripMs)
      this.measuredAtMs = this.clock.steadyMs()
    }
  }

  private async askOnce(): Promise<{ roundTripMs: number; aheadMs: number }> {
    const sentMs = this.clock.steadyMs()
    const serverMs = await this.ask()
    if (!Number.isFinite(serverMs)) throw new Error("no time in the answer")
    const receivedMs = this.clock.steadyMs()
    return { roundTripMs: receivedMs - sentMs, aheadMs: serverMs - (sentMs + receivedMs) / 2 }
  }

  private lookAgain(): void {
    const { steadyMs, apartMs } = this.look()
    const isLate = steadyMs - this.looked.steadyMs > LOOK_EVERY_MS + SLEPT_MS
    const isSet = Math.abs(apartMs - this.looked.apartMs) > SLEPT_MS
    const isOld = steadyMs - (this.measuredAtMs ?? -Infinity) >= MEASURE_EVERY_MS
    this.looked = { steadyMs, apartMs }
    if (isLate || isSet || isOld) void this.measure()
  }

  private look(): VenueClock["looked"] {
    const steadyMs = this.clock.steadyMs()
    return { steadyMs, apartMs: this.clock.nowMs() - steadyMs }
  }
}
