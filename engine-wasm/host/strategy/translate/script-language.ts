import { SCRIPT_LIMITS } from "./script-limits.ts"

export type ScriptLanguage = "TradingView" | "freqtrade"

/** Whose script a text is by the looks of it; undefined where it is none. */
export function scriptLanguage(text: string): ScriptLanguage | undefined {
  const head = text.slice(0, SCRIPT_LIMITS.characters)
  if (/^\s*class[ \t]+\w+[ \t]*\([^)\n]*IStrategy[^)\n]*\)|^[ \t]*(?:from|import)[ \t]+freqtrade\b/m.test(head))
    return "freqtrade"
  if (/^[ \t]*\/\/[ \t]*@version[ \t]*=|^[ \t]*(?:strategy|indicator|study)[ \t]*\(/m.test(head)) return "TradingView"
  return undefined
}
