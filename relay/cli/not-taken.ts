import { plainText } from "#engine/candles"
import type { NotTaken } from "#engine/result"
import { translationWords } from "#engine/strategy"
import { report } from "./answer.ts"

/** Says on stderr what a translation did not take over, line by line. */
export function reportNotTaken(translation: NotTaken): void {
  for (const { line, text, why } of translation.notUnderstood) report(`Line ${line}: ${why}: ${plainText(text, 200)}`)
  for (const { line, text, why } of translation.leftOut)
    report(`Line ${line}, left out or different: ${why}: ${plainText(text, 200)}`)
  report(translationWords(translation))
}
