import type { StrategyDocument } from "../strategy/document/strategy-document.ts"
import { MOST_LETTERS } from "./heard.ts"
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
  return pastedScript(say) ?? afterAnother(say, known) ?? readStrategy(say, known)
}

const before = /^\s*\([^()]*(?:\([^()]*\)[^()]*)*\)/

/** "(after an RSI strategy with a 4 % stop) make it safer": what stands in brackets is the strategy to change. */
function afterAnother(say: string, known: KnownBeside): Reply | undefined {
  const brackets = before.exec(say.slice(0, MOST_LETTERS))?.[0]
  if (brackets === undefined || say.slice(brackets.length).trim() === "") return undefined
  const change = " ".repeat(brackets.length) + say.slice(brackets.length)
  const given = known.given ?? describedIn(brackets, known)
  if (!given) return undefined
  const reply = readStrategy(change, { ...known, given }, say)
  const context = { from: 0, to: brackets.length, words: brackets, meaning: given.name, part: "enter" as const }
  return { ...reply, understood: [context, ...reply.understood] }
}

function describedIn(brackets: string, known: KnownBeside): StrategyDocument | undefined {
  const described = readStrategy(brackets.replace(/^\s*\(/, "").replace(/\)$/, ""), known)
  return described.kind === "strategy" ? described.document : undefined
}
