import type { KeyVerdict } from "../accounts/key-check.ts"
import type { ExchangeUnreachable } from "../exchange/exchange.ts"
import { againInS, awayInWords } from "./exchange-away.ts"
import type { KeyWords } from "./key-words.ts"

const CLOCK_WAIT_S = 10

/** What it means for a key that its exchange did not answer what was asked with it. */
export function silenceVerdict(error: ExchangeUnreachable, name: string, { where }: KeyWords): KeyVerdict {
  const { because, message } = error
  if (because === "key")
    return {
      ok: false,
      code: "key-not-accepted",
      because: `${mistakeIn(message, name)} Compare it with the one at ${where}. Nothing was kept.`,
    }
  if (because === "clock")
    return {
      ok: false,
      code: "clock-differs",
      because: `${name} says that the time of this computer is wrong. Nothing was kept. Let the system set its clock by itself, and try again.`,
      retryAfterS: CLOCK_WAIT_S,
    }
  const retryAfterS = againInS(error)
  return {
    ok: false,
    code: "exchange-away",
    because: `${awayInWords(because, name)} Nothing was kept, and nothing is wrong with the key. Try again in ${retryAfterS} seconds.`,
    retryAfterS,
  }
}

/** The exchange's code says which part of a key is wrong. */
function mistakeIn(message: string, name: string): string {
  if (/\(code (-1022|10004)\)/.test(message)) return `${name} knows this API key, but the secret does not belong to it.`
  if (/\(code -2014\)/.test(message)) return `${name} says that this is no API key of its own.`
  if (/\(code 10010\)/.test(message))
    return `${name} allows this key from other internet addresses only, not from the one of this computer.`
  return `${name} does not accept this key: it was deleted, is one of its other network (test or live), lacks the right to read, or may be used from other internet addresses only.`
}
