import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import { writtenFormulas } from "../../strategy/edit/document-formulas.ts"
import type { SideName } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { FormulaMirror } from "./mirrored-formula.ts"

const sideWords: Record<string, SideName> = {
  long: "long",
  buy: "long",
  noShort: "long",
  short: "short",
  shortOnly: "short",
  cover: "short",
}
const linking = [
  "filler",
  "instead",
  "only",
  "change",
  "not",
  "and",
  "or",
  "next",
  "to",
  "of",
  "it",
  "on",
  "trade",
  "position",
  "remove",
  "add",
  "also",
]

/** Which side a strategy is to trade, where a sentence says nothing but that. */
export type SideChange = { to: SideName | "both"; chunks: Chunk[] }

/** "Short instead of long", "go short", "statt long short", "trade both sides". */
export function sideChangeIn(chunks: readonly Chunk[]): SideChange | undefined {
  const words = chunks.filter(
    (chunk) => chunk.kind === "word" && (sideWords[chunk.concept] || chunk.concept === "bothSides"),
  )
  const others = chunks.filter((chunk) => !words.includes(chunk) && chunk.kind !== "mark" && !isLinking(chunk))
  if (words.length === 0 || others.length > 0) return undefined
  const sides = words.map((chunk) => (chunk.kind === "word" ? (sideWords[chunk.concept] ?? "both") : "both"))
  const isBeside = chunks.some(
    (chunk) => chunk.kind === "word" && (chunk.concept === "add" || chunk.concept === "also"),
  )
  if (sides.includes("both") || isBeside) return { to: "both", chunks: words }
  const isAfter = isOldFirst(chunks, words[0])
  return { to: isAfter ? sides.at(-1)! : sides[0], chunks: words }
}

function isLinking(chunk: Chunk): boolean {
  return chunk.kind === "word" && linking.includes(chunk.concept)
}

/** "Instead of long, short", "not long but short": what is no longer wanted comes first. */
function isOldFirst(chunks: readonly Chunk[], first: Chunk): boolean {
  const at = chunks.indexOf(first)
  return chunks
    .slice(0, at)
    .some((chunk) => chunk.kind === "word" && ["instead", "not", "remove"].includes(chunk.concept))
}

/** The strategy on the other side, or on both: what was above is below there. */
export function withSide(document: WrittenStrategy, to: SideName | "both"): WrittenStrategy | undefined {
  const { long, short } = document
  if (document.code) return undefined
  if (long && short) return to === "both" ? undefined : { ...document, [to === "long" ? "short" : "long"]: null }
  const from = long ? "long" : "short"
  if (to === from) return undefined
  return to === "both" ? withBoth(document, from) : onOtherSide(document, from)
}

function onOtherSide(document: WrittenStrategy, from: SideName): WrittenStrategy {
  const mirror = new FormulaMirror(document)
  const mirrored = writtenFormulas(document).reduce(
    (changed, { path, text }) => withValueAt(changed, path, mirror.text(text)),
    document,
  )
  return { ...mirrored, long: null, short: null, [from === "long" ? "short" : "long"]: mirrored[from] }
}

/** The series stay as they are: the other side has them written out. */
function withBoth(document: WrittenStrategy, from: SideName): WrittenStrategy | undefined {
  if (Object.keys(document.series ?? {}).length > 0) return undefined
  const other = from === "long" ? "short" : "long"
  return { ...document, [other]: onOtherSide(document, from)[other] }
}
