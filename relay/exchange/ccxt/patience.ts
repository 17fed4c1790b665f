import type { Surroundings } from "../../surroundings.ts"
import type { AskOverHttp } from "./ccxt-client.ts"

type Ask<Answer> = (url: string, init?: Record<string, unknown>) => Promise<Answer>

/** How long an answer may take. */
export const TIMEOUT_MS = 10_000
/**
 * How long the answer to an order or a cancel may take: the exchange takes none that was signed longer ago, so that
 * what became of it is asked for then.
 */
export const ORDER_TIMEOUT_MS = 5_000
/** A question without an answer is asked again beside the first after so long, and once more after the same time. */
export const ASK_AGAIN_MS = 3_000
const MOST_ASKED_AGAIN = 2

/**
 * Asks a hanging question again beside the first: the first answer counts. Only what changes nothing (GET) is a
 * question; an order leaves once.
 */
export function askingAgain<Answer>(ask: Ask<Answer>, { after }: Pick<Surroundings, "after">): Ask<Answer> {
  return (url, init) => {
    if (!isQuestion(init)) return ask(url, init)
    return new Promise((resolve, reject) => {
      const askOnce = () => void ask(url, init).then(resolve, reject).finally(end)
      const timers = Array.from({ length: MOST_ASKED_AGAIN }, (_, n) => after(ASK_AGAIN_MS * (n + 1), askOnce))
      const end = () => timers.forEach((cancel) => cancel())
      askOnce()
    })
  }
}

/** ccxt gives up by real time; here it gives up by our clock. */
export function inTime(ask: AskOverHttp, { after }: Pick<Surroundings, "after">): AskOverHttp {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const mostMs = isQuestion(init) ? TIMEOUT_MS : ORDER_TIMEOUT_MS
      const giveUp = () => reject(new DOMException("no answer in time", "TimeoutError"))
      const cancel = after(mostMs, giveUp)
      ask(url, init).then(resolve, reject).finally(cancel)
    })
}

function isQuestion(init: { method?: unknown } | undefined): boolean {
  return (init?.method ?? "GET") === "GET"
}
