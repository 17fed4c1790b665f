import { withPlace, type CodeDiagnostic } from "./code-diagnostic.ts"
import { withoutTexts } from "./code-entry.ts"

/** A strategy knows the candlewright package and nothing else: every other import is refused where it stands. */
export function importProblems(source: string): CodeDiagnostic[] {
  const plain = withoutTexts(source)
  const foreign = [...plain.matchAll(/\b(?:from|import)\b[\s(]*/g)].flatMap(({ index, 0: words }) => {
    const start = index + words.length
    const path = /^(["'`])(.*?)\1/.exec(source.slice(start))
    return path && path[2] !== "candlewright" ? [withPlace(source, start, start + path[0].length, onlyCandlewright)] : []
  })
  const declared = [...plain.matchAll(/@\s*external|\bdeclare\b/g)].map(({ index, 0: words }) => withPlace(source, index, index + words.length, nothingOutside))
  return [...foreign, ...declared]
}

const onlyCandlewright = 'A strategy may import from "candlewright" only.'
const nothingOutside = "A strategy is alone with its candles: nothing outside of it can be declared or called."
