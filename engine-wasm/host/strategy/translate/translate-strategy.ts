import { translateFreqtrade } from "./freqtrade-class.ts"
import { translatePine } from "./pine-script.ts"
import { SCRIPT_LIMITS } from "./script-limits.ts"
import type { Translation } from "./translation.ts"

/** A strategy of TradingView (Pine) or freqtrade (Python) as a document, with every line left out of it. */
export function translateStrategy(text: string): Translation {
  const nothing = { ok: false as const, notUnderstood: [], leftOut: [] }
  if (text.length > SCRIPT_LIMITS.characters || text.split("\n").length > SCRIPT_LIMITS.lines) {
    return {
      ...nothing,
      because: `A script has at most ${SCRIPT_LIMITS.lines} lines here; this one is longer.`,
    }
  }
  return isPython(text) ? translateFreqtrade(text) : translatePine(text)
}

/** A class or an import means Python; everything else counts as Pine. */
function isPython(text: string): boolean {
  return (
    /^[ \t]*class[ \t]+\w+[ \t]*\(.*\)[ \t]*:/m.test(text) ||
    /^[ \t]*(from[ \t]+\S+[ \t]+import|import[ \t]+[\w.]+[ \t]*(as|$))/m.test(text)
  )
}
