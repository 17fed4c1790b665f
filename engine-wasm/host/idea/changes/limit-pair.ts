import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { compare } from "../reading/condition.ts"
import { usualLimits } from "../reading/mirror.ts"
import { isSpokenLimit } from "../reading/spoken-limit.ts"
import type { Operand } from "../reading/operand.ts"

/** "Change RSI to 25 and 75": the lower limit is that of the purchase, the upper one that of the sale. */
export function readLimitPair(chunks: readonly Chunk[], draft: IdeaDraft, known: readonly Operand[]) {
  const at = chunks.findIndex(
    (chunk) => chunk.kind === "operand" && usualLimits[chunk.operands[0].name] !== undefined && !chunk.isUsed,
  )
  const named = chunks[at]
  const saysMore = chunks.some(
    (chunk) =>
      chunk.kind === "word" && ["buy", "sell", "short", "cover", "above", "below", "exit"].includes(chunk.concept),
  )
  if (named?.kind !== "operand" || saysMore) return
  const limits = chunks
    .slice(at + 1)
    .flatMap((chunk) => (chunk.kind === "amount" && chunk.unit === "plain" ? [chunk] : []))
  const own = isSpokenLimit(named.operands[0], true) ? named.operands[0].numbers : []
  const values =
    own.length === 1
      ? [own[0], ...limits.map(({ value }) => value)]
      : limits.length === 1
        ? (limits[0].list ?? [])
        : limits.map(({ value }) => value)
  if (values.length !== 2 || limits.some(({ isUsed }) => isUsed)) return
  const [low, high] = values.toSorted((a, b) => a - b)
  const operand = known.find(({ name }) => name === named.operands[0].name)
  if (!operand || low === high) return
  const [below, above] = [compare(operand, "<", low), compare(operand, ">", high)]
  draft.rules.push(
    { deed: "enter", side: "long", join: "and", condition: below },
    { deed: "exit", side: "long", join: "and", condition: above },
  )
  draft.understand([named, ...limits], "enter", `${low} / ${high}`)
}
