import { isWord } from "./chunk-places.ts"
import type { Chunk } from "./chunk.ts"

/** "Kaufe bei RSI 50 zurück", "verkaufe BTC leer": a German verb whose second half comes later says another deed. */
export function separableVerbs(chunks: readonly Chunk[]): Chunk[] {
  const changed = chunks.map((chunk) => ({ ...chunk }))
  changed.forEach((chunk, at) => {
    const [half, deed] = isGerman(chunk, "buy", /^kauf/)
      ? [/^zuruck$/, "cover" as const]
      : isGerman(chunk, "sell", /^verkauf/)
        ? [/^leer$/, "short" as const]
        : []
    const place = half ? halfAfter(changed, at, half) : -1
    if (place < 0) return
    changed[at] = { ...chunk, kind: "word", concept: deed! }
    changed[place] = { ...changed[place], kind: "word", concept: "filler" }
  })
  return changed
}

function isGerman(chunk: Chunk, concept: "buy" | "sell", verb: RegExp): boolean {
  return isWord(chunk, concept) && verb.test(chunk.text)
}

/** Within its clause: before a mark, a further deed, and what only joins. */
function halfAfter(chunks: readonly Chunk[], at: number, half: RegExp): number {
  for (let place = at + 1; place < chunks.length; place++) {
    if (half.test(chunks[place].text)) return place
    if (chunks[place].kind === "mark" || isWord(chunks[place], "buy", "sell", "short", "exit", "when", "and")) return -1
  }
  return -1
}
