import type { StrategyDocument } from "../strategy/document/strategy-document.ts"
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
  void known
  return pastedScript(say) ?? notReadYet(say)
}

function notReadYet(say: string): Reply {
  const words = say.trim()
  const from = say.indexOf(words)
  return {
    kind: "question",
    topic: "idea",
    questions: 1,
    text: "What should it trade on? For example: buy BTC when RSI 14 falls below 30 on 1h, stop 3 %.",
    language: "en",
    assumptions: [],
    notPossible: [],
    understood: [],
    notUnderstood: words === "" ? [] : [{ from, to: from + words.length, words }],
  }
}
