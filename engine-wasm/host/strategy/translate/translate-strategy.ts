import { translateFreqtrade } from "./freqtrade-class.ts"
import { translatePine } from "./pine-script.ts"
import { SCRIPT_LIMITS, UnreadableScript } from "./script-token.ts"
import type { Translation } from "./translation.ts"

/** A strategy of TradingView (Pine) or freqtrade (Python) as a document, with every line that is not in it. */
export function translateStrategy(text: string): Translation {
  const nothing = { ok: false as const, notUnderstood: [], leftOut: [] }
  if (text.length > SCRIPT_LIMITS.characters || text.split("\n").length > SCRIPT_LIMITS.lines) {
    return { ...nothing, because: `A script has at most ${SCRIPT_LIMITS.lines} lines here; this one is longer.` }
  }
  try {
    return isPython(text) ? translateFreqtrade(text) : translatePine(text)
  } catch (error) {
    if (!(error instanceof UnreadableScript)) throw error
    const { line, character } = error
    const because = `Line ${line}: ${JSON.stringify(character)} belongs to no word of the language, so nothing was read.`
    return { ...nothing, because }
  }
}

/** A class or an import of Python tells; everything else is taken for Pine. */
function isPython(text: string): boolean {
  return /^\s*class\s+\w+\s*\(.*\)\s*:/m.test(text) || /^\s*(from\s+\S+\s+import|import\s+\S+)/m.test(text)
}
