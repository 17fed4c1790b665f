import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import type { Chunk } from "../reading/chunk.ts"
import { chunksIn, clausesOf } from "./clause.ts"
import { nounOf } from "./moved-number.ts"

const rejects =
  /\b(?:don'?t|do not|dont|not|no|never ?mind|forget|ignore|remove|drop|too|zu|nicht|kein\w*|vergiss|muy|demasiado|olvida\w*|quita\w*|trop|oublie\w*|pas|muito|demais|esquec\w*|nao)\b|太|不要|不用|别|忘/
const linking = ["filler", "change", "it", "to", "on", "at", "instead", "next", "for", "of", "length"]

/**
 * "Stop 3 % is too tight, make it 5", "don't use the stop I said, use 2 ATR": the number that follows is that part's,
 * and the part stays.
 */
export function takeNamedBefore(say: string, chunks: readonly Chunk[], draft: IdeaDraft) {
  const clauses = clausesOf(say)
  clauses.slice(1).forEach((clause, at) => {
    const rejected = clauses[at]
    // "O stop é muito apertado, …": the clauses part at the "é".
    const before = nounOf(rejected.text) || at === 0 ? rejected : { ...rejected, ...clauses[at - 1], to: rejected.to }
    const noun = rejects.test(rejected.text) ? nounOf(before.text) : undefined
    if (noun !== "stop" && noun !== "target" && noun !== "risk") return
    const said = chunksIn(clause, chunks)
    const distance = bareDistance(said)
    if (!distance) return
    if (!setPart(draft, noun, distance)) return
    const words = [...chunksIn(before, chunks), ...said]
    draft.understand(words, noun === "risk" ? "size" : "protect", `${noun} ${distance.text}`)
  })
}

type Distance = { value: number; isRange: boolean; text: string }

/** A number and nothing beside it but small words: "use 2 ATR", "make it 5". */
function bareDistance(said: readonly Chunk[]): Distance | undefined {
  const others = said.filter((chunk) => !isSmall(chunk))
  const [amount, range, ...more] = others.toSorted((a, b) => Number(b.kind === "amount") - Number(a.kind === "amount"))
  if (more.length > 0 || amount?.kind !== "amount" || !isDistance(amount)) return undefined
  const isRange = range?.kind === "operand" && range.operands.every(({ name }) => name === "atr")
  if ((range && !isRange) || !(amount.value > 0) || (!isRange && (amount.unit === "times" || amount.value >= 100)))
    return undefined
  return { value: amount.value, isRange, text: isRange ? `${amount.value} × ATR(14)` : `${amount.value} %` }
}

function isDistance({ unit, list }: Amount): boolean {
  return !list && (unit === "percent" || unit === "plain" || unit === "times")
}

function isSmall(chunk: Chunk): boolean {
  const isWordOfChange = /^(?:ponlo|ponla|ponga|mets|mettez|coloque|bota|nimm|usa|make|use)$/.test(chunk.text)
  return chunk.kind === "mark" || isWordOfChange || (chunk.kind === "word" && linking.includes(chunk.concept))
}

function setPart(draft: IdeaDraft, part: "stop" | "target" | "risk", { value, isRange }: Distance): boolean {
  if (part === "risk") {
    if (!isRange) draft.size = { kind: "risk", percent: value }
    return !isRange
  }
  if (part === "target") draft.targets.push(isRange ? { atr: { multiple: value, length: 14 } } : { percent: value })
  else draft.stop = isRange ? { kind: "atr", length: 14, multiple: value } : { kind: "percent", percent: value }
  return true
}
