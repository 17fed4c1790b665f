import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import { isWord } from "../reading/chunk-places.ts"
import type { Chunk } from "../reading/chunk.ts"
import { usualLimits } from "../reading/mirror.ts"
import { chunksIn, clausesOf } from "./clause.ts"
import type { MovedNumber } from "./moved-number.ts"
import { levelsOf, withLevel } from "./rule-level.ts"

/** Nobody averages an oscillator over more candles: a larger number beside its name is one of its levels. */
const LONGEST_USUAL = 50

/** "RSI 85" of a strategy that sells above 80: the level, for no RSI is that long. */
export function takeBareLevels(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber[] {
  if (given.code || chunks.some((chunk) => isWord(chunk, "length"))) return []
  return clausesOf(say).flatMap((clause): MovedNumber[] => {
    const said = chunksIn(clause, chunks)
    const [named, ...more] = said.filter(({ kind }) => kind !== "word" && kind !== "mark")
    if (named?.kind !== "operand" || more.length > 0 || said.some(saysWhere)) return []
    const [{ name, numbers, hasLength }] = named.operands
    const [value] = numbers
    const isLevel = hasLength && numbers.length === 1 && value > LONGEST_USUAL && value < 100
    if (named.operands.length > 1 || !isLevel || usualLimits[name] === undefined) return []
    const own = levelsOf(given).filter((level) => level.name === name)
    const upper = own.filter((level) => level.value > LONGEST_USUAL)
    const meant = upper.length > 0 ? upper : own
    if (meant.length === 0) return []
    draft.understand(said, "enter", `${name} ${value}`)
    if (meant.length > 1) return [{ ask: "length", choices: meant.map((level) => `${name} ${level.value} → ${value}`) }]
    return [{ change: (document) => withLevel(document, meant[0], value) }]
  })
}

function saysWhere(chunk: Chunk): boolean {
  return isWord(chunk, "above", "below", "cross", "crossUp", "crossDown", "buy", "sell", "short", "cover", "exit")
}
