import { Refusal } from "../door/refusal.ts"
import type { ExchangeUnreachable, Silence } from "../exchange/exchange.ts"

const USUAL_WAIT_S = 30

/** Why an exchange did not answer, for a person. */
export function awayInWords(because: Silence, name: string): string {
  return words[because](name)
}

/** When to ask it again. */
export function againInS({ retryAfterMs }: ExchangeUnreachable): number {
  return Math.ceil((retryAfterMs ?? USUAL_WAIT_S * 1000) / 1000)
}

/** A question that the exchange of an account left unanswered. */
export function exchangeAway(error: ExchangeUnreachable, name = "The exchange"): Refusal {
  const retryAfterS = againInS(error)
  const code = error.because === "key" ? "key-not-accepted" : "exchange-away"
  const sentence = `${awayInWords(error.because, name)} Nothing was changed. Try again in ${retryAfterS} seconds.`
  return new Refusal(503, code, sentence, { retryAfterS, cause: error })
}

const words: Record<Silence, (name: string) => string> = {
  banned: (name) => `${name} takes no requests from this internet address for a while: there were too many.`,
  busy: (name) => `${name} has too much to do, or was asked too often from this internet address.`,
  maintenance: (name) => `${name} is closed for maintenance.`,
  key: (name) => `${name} no longer accepts the key of this account: look at it there, or put in another one.`,
  clock: (name) => `${name} says that the time of this computer is wrong: let the system set its clock by itself.`,
  "no-answer": (name) =>
    `${name} did not answer: the connection, or the exchange, is down, or it does not serve this country.`,
}
