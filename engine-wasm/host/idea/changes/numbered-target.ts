import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Amount } from "../reading/amount.ts"
import type { Chunk } from "../reading/chunk.ts"
import { chunksIn, type Clause, clausesOf } from "./clause.ts"
import { byDistance, type MovedNumber, nounOf } from "./moved-number.ts"
import { numberAt, withNumberAt } from "./set-number.ts"

/** Which of several targets; the last is counted from the end. */
const ordinals: [RegExp, number][] = [
  [/\bfirst\b|\b1st\b|\btp ?1\b|\berste[nrs]?\b|\bprimer[oa]?\b|\bpremiere?\b|\bprimeir[oa]\b|第一/, 0],
  [/\bsecond\b|\b2nd\b|\btp ?2\b|\bzweite[nrs]?\b|\bsegund[oa]\b|\bdeuxieme\b|\bseconde?\b|第二/, 1],
  [/\bthird\b|\b3rd\b|\btp ?3\b|\bdritte[nrs]?\b|\btercer[oa]?\b|\btroisieme\b|\bterceir[oa]\b|第三/, 2],
  [/\blast\b|\bletzte[nrs]?\b|\bultim[oa]\b|\bderniere?\b|最后/, -1],
]
const removes =
  /\b(?:remove|drop|delete|without|no|lose|cut|losch\w*|entfern\w*|ohne|streich\w*|quita\w*|elimina\w*|borra\w*|sin|enlev\w*|supprim\w*|retir\w*|sans|tir[ea]\w*|remov\w*|apag\w*|sem)\b|去掉|删|取消|不要/

/** "First target 3 %", "drop the second target": one of several targets, the others stay. */
export function takeNumberedTargets(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber[] {
  const targets = given.protect?.takeProfit ?? []
  if (targets.length < 2) return []
  const named = clausesOf(say).flatMap((clause) => {
    const ordinal = ordinals.find(([pattern]) => pattern.test(clause.text))?.[1]
    const isTarget = ordinal !== undefined && nounOf(clause.text) === "target"
    return isTarget ? [{ clause, at: ordinal < 0 ? targets.length - 1 : ordinal }] : []
  })
  if (named.some(({ at }) => at >= targets.length)) return []
  // The last one goes first: a place before it stays where it is.
  return named
    .toSorted((a, b) => b.at - a.at)
    .flatMap(({ clause, at }) => {
      const said = chunksIn(clause, chunks)
      const change = changeOf(given, { clause, said, at })
      if (change) draft.understand(said, "protect", clause.text)
      return change ? [change] : []
    })
}

type Named = { clause: Clause; said: readonly Chunk[]; at: number }

function changeOf(given: WrittenStrategy, { clause, said, at }: Named): MovedNumber | undefined {
  const amounts = said.filter(
    (chunk): chunk is Chunk & Amount => chunk.kind === "amount" && !/^[一二三]$/.test(chunk.text),
  )
  const [amount] = amounts
  if (!amount && removes.test(clause.text)) return { change: (document) => withoutTarget(document, at) }
  if (amounts.length !== 1 || (amount.unit !== "percent" && amount.unit !== "plain")) return undefined
  const path = ["protect", "takeProfit", at, "percent"]
  const before = numberAt(given, path)
  const by = byDistance(clause, amount)
  const after = by === undefined ? amount.value : (before ?? 0) + by
  if (before === undefined || !(after > 0)) return { ask: "exit" }
  return { change: (document) => withNumberAt(document, path, after) }
}

function withoutTarget(document: WrittenStrategy, at: number): WrittenStrategy {
  const kept = (document.protect?.takeProfit ?? []).filter((_, place) => place !== at)
  return withValueAt(document, ["protect", "takeProfit"], kept)
}
