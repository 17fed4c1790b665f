import { strategyFromJson } from "../strategy/document/strategy-document-from-json.ts"
import { dangersOf } from "../strategy/document/strategy-dangers.ts"
import { scriptLanguage } from "../strategy/translate/script-language.ts"
import { translateStrategy } from "../strategy/translate/translate-strategy.ts"
import { translationWords } from "../strategy/translate/translation-words.ts"
import type { Said, StrategyReply } from "./reply.ts"

/** A TradingView or freqtrade strategy in a message, by the translator; undefined where the message holds none. */
export function pastedScript(say: string): StrategyReply | undefined {
  if (!scriptLanguage(say)) return undefined
  const translation = translateStrategy(say)
  if (!translation.ok) return undefined
  const checked = strategyFromJson(translation.document)
  if (!checked.ok) return undefined
  const { strategy } = checked
  return {
    ...nothingSaid,
    kind: "strategy",
    text: `These are the script's rules. ${translationWords(translation)}`,
    document: strategy,
    flags: dangersOf(strategy).map(({ kind }) => kind),
    notPossible: translation.notUnderstood.map(({ line, why }) => `Line ${line}: ${why}.`),
  }
}

const nothingSaid: Omit<Said, "text"> = {
  language: "en",
  assumptions: [],
  notPossible: [],
  understood: [],
  notUnderstood: [],
}
