import { plainText } from "#engine/candles"
import type { NotTaken } from "#engine/result"
import { translationWords } from "#engine/strategy"
import { report } from "./answer.ts"

/** Says on stderr what a translation did not take over, line by line, and what that means. */
export function reportNotTaken(translation: NotTaken): void {
  reportLinesNotTaken(translation)
  report(translationWords(translation))
}

/** Says on stderr each line that a translation did not take over. */
export function reportLinesNotTaken(translation: NotTaken): void {
  for (const { line, text, why } of translation.notUnderstood) report(`Line ${line}: ${why}: ${plainText(text, 200)}`)
  for (const { line, text, why } of translation.leftOut)
    report(`Line ${line}, left out or different: ${why}: ${plainText(text, 200)}`)
}
