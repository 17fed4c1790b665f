import type { OwnDeed } from "../own-deeds.ts"
import type { DeclineReason, QuestionTopic } from "../reply.ts"
import type { Concept } from "../words/concept.ts"

/**
 * How one language says things. Phrases are separated by commas; a star ends the beginning of a word: "buy*" is
 * buy, buys and buying.
 */
export type Language = {
  code: string
  /** Words frequent enough to know the language by. */
  marks: string
  /** Whether "2,5" is two and a half. */
  decimalComma?: boolean
  words: Partial<Record<Concept, string>>
  /** Number words: "two 2, hundred *100"; a star multiplies what stands before it. */
  numbers?: string
  says: Says
}

/** What can stand in the rules without having been said. */
export type Assumed =
  | "market"
  | "timeframe"
  | "stop"
  | "exit"
  | "size"
  | "length"
  | "limit"
  | "sign"
  | "session"
  | "balance"
  | "plus"
  | "target"
  | "trailing"
  | "trades"
  | "steps"
  | "daily"
  | "side"
  | "change"
  | "order"

/** Sentences of the interpreter. `{…}` is replaced. */
export type Says = {
  rules: string
  changed: string
  left: string
  /** "You did not say {what}: it is {value}." */
  assumed: string
  what: Record<Assumed, string>
  /** Words in the value of an assumption, where they are not the English ones. */
  terms?: Record<string, string>
  opposite: string
  twiceTheStop: string
  long: string
  ask: Record<QuestionTopic, string>
  decline: Record<DeclineReason, string>
  /** What only the person does, and on which screen; the general refusal where a language has no words of its own. */
  own?: Record<OwnDeed, string>
  /** What no rule can do: "{what}" is named by the person's own words. */
  cannot: string
  /** To "what do you think of ETH?" and "how did it do?". */
  opinion: string
  result: string
  /** What a change of a strategy is asked to name. */
  askChange: string
}
