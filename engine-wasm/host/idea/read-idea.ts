import type { StrategyDocument } from "../strategy/document/strategy-document.ts"
import { readStrategy } from "./read-strategy.ts"
import { pastedScript } from "./pasted-script.ts"
import type { Reply } from "./reply.ts"

/** What is known beside the sentence. */
export type KnownBeside = {
  /** The strategy the person is looking at: the sentence may change it. */
  given?: StrategyDocument
  /** What the account holds, as a decimal text. */
  balanceQuote?: string
  /** Markets the person can trade, such as `BTC/USDT`. */
  markets?: readonly string[]
}

/** Reads an idea in a person's own words; always answers, and never guesses in silence. */
export function readIdea(say: string, known: KnownBeside = {}): Reply {
  return pastedScript(say) ?? readStrategy(say, known)
}
