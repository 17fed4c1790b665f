import { quoted } from "#engine/candles"

const forms = ["plain", "json", "google"] as const

/** How a relay logs: sentences for a person, lines of JSON, or those with the names that Google's Cloud Logging reads. */
export type LogForm = (typeof forms)[number]

type Environment = Partial<Record<"CANDLEWRIGHT_LOG", string>>

/**
 * The form that the environment asks for. Unasked, a terminal gets sentences, and whatever else reads stderr gets JSON.
 * Throws a sentence for a form that there is not.
 */
export function logFormFrom({ CANDLEWRIGHT_LOG: text }: Environment, isTerminal: boolean): LogForm {
  if (text === undefined || text === "") return isTerminal ? "plain" : "json"
  const form = forms.find((each) => each === text)
  if (form !== undefined) return form
  throw new Error(`CANDLEWRIGHT_LOG is ${quoted(text)}. It is one of ${forms.join(", ")}.`)
}
