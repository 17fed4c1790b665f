import { withPlace, type CodeDiagnostic } from "./code-diagnostic.ts"
import { withoutComments, withoutTexts } from "./code-entry.ts"

/**
 * A strategy is alone with its candles: it imports candlewright and nothing else, asks for neither clock nor chance, and does not reach
 * into memory. What does is refused where it stands. (The finished module is checked once more: wasm-meter.ts.)
 */
export function outsideProblems(source: string): CodeDiagnostic[] {
  const plain = withoutTexts(source)
  return [...importProblems(source, plain), ...refusals.flatMap(({ words, because }) => found(source, plain.matchAll(words), because))]
}

function importProblems(source: string, plain: string): CodeDiagnostic[] {
  const imports = [...withoutComments(source).matchAll(/\b(from|import)(\s*\(?\s*)(["'`])(.*?)\3/g)]
  const foreign = imports.filter((one) => plain.startsWith(one[1], one.index) && one[4] !== "candlewright")
  return foreign.map(({ index, 0: whole, 1: word, 2: space }) => withPlace(source, index + word.length + space.length, index + whole.length, onlyCandlewright))
}

const onlyCandlewright = 'A strategy may import from "candlewright" only.'

const inMemory = "This reaches into memory, which a strategy may not; use fields, arrays and the indicators."
const refusals = [
  { words: /@\s*external(?:\.js)?\b|\bdeclare\b/g, because: "A strategy is alone with its candles: nothing outside of it can be declared or called." },
  { words: /\bMath\s*\.\s*random\b/g, because: "There is no chance here: the same candles must give the same trades every time." },
  { words: /\bDate\s*\.\s*now\b|\bperformance\b/g, because: "There is no clock here; the time is the candle's: `candle.openTimeMs`." },
  { words: /\bconsole\b|\btrace\b/g, because: "Write with `this.log(\"…\")` instead." },
  { words: /\b(?:changetype|unchecked|unmanaged|call_indirect|memory|heap|atomic|v128|[if]\d+x\d+|__\w+)\b/g, because: inMemory },
  { words: /\b(?:[iuf](?:8|16|32|64)|[iu]size)\s*\.\s*(?:load|store)\w*/g, because: inMemory },
]

function found(source: string, places: Iterable<RegExpExecArray>, because: string): CodeDiagnostic[] {
  return Array.from(places, ({ index, 0: words }) => withPlace(source, index, index + words.length, because))
}
