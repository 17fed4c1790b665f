import { clockSentence } from "../guard/clock-words.ts"
import type { NewEvent } from "../ledger/bot-event.ts"

/** A clock that was wrong is right again from here on: one that wavers about the limit is no news each time. */
const RIGHT_AGAIN_MS = 500

/** Tells a bot's owner once when this machine's clock is too far from the exchange's, and once when it is right again. */
export class ClockWatch {
  #isWrong = false

  /** What there is to tell now. */
  look(errorMs: number | undefined, exchange: string): NewEvent | undefined {
    const words = clockSentence(errorMs, exchange)
    if (!this.#isWrong && words !== undefined) {
      this.#isWrong = true
      return { kind: "problem", words }
    }
    if (!this.#isWrong || Math.abs(errorMs ?? 0) > RIGHT_AGAIN_MS) return undefined
    this.#isWrong = false
    return { kind: "status", words: `This computer's clock is right by ${exchange}'s again: the bot buys again.` }
  }
}
