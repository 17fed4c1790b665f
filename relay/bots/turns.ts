import { asSentence, Refusal } from "../door/refusal.ts"

type Turn<Worker> = { act: (worker: Worker) => Promise<void>; refuse: (because: unknown) => void }

/** What people ask of somebody who does one thing at a time: each is done when its turn comes. */
export class Turns<Worker> {
  readonly #waiting: Turn<Worker>[] = []

  /** Settles with what it came to; throws what it threw. */
  ask<Answer>(act: (worker: Worker) => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ act: async (worker) => resolve(await act(worker)), refuse: reject })
    })
  }

  /** Does all that waits. An honest no ends only its own; anything else is thrown here too. */
  async take(worker: Worker): Promise<void> {
    for (let turn = this.#waiting.shift(); turn; turn = this.#waiting.shift()) {
      try {
        await turn.act(worker)
      } catch (error) {
        turn.refuse(error)
        if (!(error instanceof Refusal)) throw error
      }
    }
  }

  /** Nothing that waits is done. */
  refuse(because: unknown): void {
    for (const { refuse } of this.#waiting.splice(0)) refuse(because)
  }
}

/** What a bot answers that cannot carry out anything now. */
export function notAtWork(because: string): Refusal {
  return new Refusal(
    409,
    "not-at-work",
    `The bot is not at work now: ${asSentence(because.slice(0, 200))} Nothing was changed; try again later.`,
  )
}
