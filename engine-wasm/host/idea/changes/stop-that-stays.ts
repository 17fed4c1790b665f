import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { Chunk } from "../reading/chunk.ts"
import { numberAt } from "./set-number.ts"

/** A size by a part of the account stays at or below this where its stop is taken away. Percent of the account. */
const MOST_WITHOUT_STOP = 10

/** Whether a change takes the stop away while something beside it was not read: what stands there may be another stop. */
export function losesStop(given: WrittenStrategy, changed: WrittenStrategy, chunks: readonly Chunk[]): boolean {
  const hasStop = (document: WrittenStrategy) => (document.protect?.stopLoss?.kind ?? "none") !== "none"
  const isUnread = ({ kind, isUsed }: Chunk) => !isUsed && (kind === "amount" || kind === "operand" || kind === "range")
  return hasStop(given) && !hasStop(changed) && chunks.some(isUnread)
}

/** A size by risk needs a stop: without one it is the part of the account that it was, and no larger. */
export function sizeWithoutStop(before: WrittenStrategy): WrittenStrategy["size"] {
  const risk = numberAt(before, ["size", "percent"]) ?? 1
  const most = numberAt(before, ["size", "maxPositionPercent"]) ?? 100
  const stop =
    before.protect?.stopLoss?.kind === "percent" ? numberAt(before, ["protect", "stopLoss", "percent"]) : undefined
  const worth = stop === undefined ? MOST_WITHOUT_STOP : (100 * risk) / stop
  return { kind: "equity", percent: Number(Math.min(MOST_WITHOUT_STOP, most, worth).toPrecision(3)) }
}
