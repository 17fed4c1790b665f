import type { Exchange } from "../exchange/exchange.ts"
import { ExchangeUnreachable } from "../guard/exchange.ts"
import type { Surroundings } from "../surroundings.ts"

type Silence = ExchangeUnreachable["because"]

/** Since when an exchange does not answer, by this machine's clock, and why, as far as it says. */
export type Away = { sinceMs: number; because: Silence }

const LOOK_EVERY_MS = 10_000
/** A wrong key or clock has words of its own: the exchange is there. */
const there = new Set<Silence>(["key", "clock"])

/** Knows whether an exchange answers, though no bot may have anything to ask it now. */
export class ExchangeSilence {
  #silent: (Away & { looks: number }) | undefined
  #lookedMs = -Infinity

  constructor(
    private readonly exchange: Pick<Exchange, "serverTimeMs">,
    private readonly surroundings: Pick<Surroundings, "nowMs" | "steadyMs">,
  ) {}

  /** Undefined while it answers; one question that stays unanswered says nothing yet, unless it says that it is closed. */
  get away(): Away | undefined {
    const { looks = 0, ...away } = this.#silent ?? {}
    return this.#silent && (looks > 1 || this.#silent.because === "maintenance") ? (away as Away) : undefined
  }

  /** Asks it from time to time what time it is; nobody waits for the answer. */
  look(): void {
    const nowMs = this.surroundings.steadyMs()
    if (nowMs - this.#lookedMs < LOOK_EVERY_MS) return
    this.#lookedMs = nowMs
    void this.#ask()
  }

  async #ask(): Promise<void> {
    try {
      await this.exchange.serverTimeMs()
      this.#silent = undefined
    } catch (error) {
      this.#heard(error instanceof ExchangeUnreachable ? error.because : "no-answer")
    }
  }

  #heard(because: Silence): void {
    if (there.has(because)) return void (this.#silent = undefined)
    const { sinceMs = this.surroundings.nowMs(), looks = 0, because: before } = this.#silent ?? {}
    this.#silent = { sinceMs, because: before === "maintenance" ? before : because, looks: looks + 1 }
  }
}
