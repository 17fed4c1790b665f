import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

const ordinals: [RegExp, number][] = [
  [/^(first|1st|erste[nrs]?|primer[ao]?|premiere?|primeir[ao]|第 一)$/, 1],
  [/^(second|2nd|zweite[nrs]?|segund[ao]|deuxieme|第 二)$/, 2],
  [/^(third|3rd|dritte[nrs]?|tercer[ao]?|troisieme|terceir[ao]|第 三)$/, 3],
  [/^(fourth|4th|vierte[nrs]?|cuart[ao]|quatrieme|quart[ao]|第 四)$/, 4],
  [/^(fifth|5th|funfte[nrs]?|quint[ao]|cinquieme|第 五)$/, 5],
]

/** "The third green candle in a row": so many candles, no third of anything. */
export function ordinalCandles(chunks: readonly Chunk[]): Chunk[] {
  const found: Chunk[] = []
  for (let at = 0; at < chunks.length; at++) {
    const { end, count } = ordinalAt(chunks, at)
    const isOfCandles = chunks.slice(end, end + 3).some((each) => isWord(each, "candle", "green", "red"))
    // "1 second candles" are none of a count.
    const isMeasured = chunks[at - 1]?.kind === "amount"
    if (count === undefined || !isOfCandles || isMeasured) {
      found.push(chunks[at])
      continue
    }
    const text = chunks
      .slice(at, end)
      .map((each) => each.text)
      .join(" ")
    const { from } = chunks[at]
    found.push({ kind: "amount", unit: "candles", value: count, from, to: chunks[end - 1].to, text })
    at = end - 1
  }
  return found
}

/** One word, or a number and its ending: "3 rd", "第 三". */
function ordinalAt(chunks: readonly Chunk[], at: number): { end: number; count?: number } {
  for (const end of [at + 2, at + 1]) {
    const words = chunks.slice(at, end).map(({ text }) => text)
    const text = [words.join(" "), words.join("")]
    const count = ordinals.find(([pattern]) => text.some((each) => pattern.test(each)))?.[1]
    if (count !== undefined && end <= chunks.length) return { end, count }
  }
  return { end: at + 1 }
}
