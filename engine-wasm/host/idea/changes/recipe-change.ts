import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { isGrid, takeGridChange } from "./grid-change.ts"
import type { MovedNumber } from "./moved-number.ts"
import { isPurchases, takePurchaseChange } from "./purchase-change.ts"
import { numberAt, withParamAt } from "./set-number.ts"

/** What a sentence changes of a grid or of regular purchases: their numbers stand in their code's own sliders. */
export function takeRecipeChanges(
  say: string,
  chunks: readonly Chunk[],
  draft: IdeaDraft,
  given: WrittenStrategy,
): MovedNumber[] {
  return [...takePurchaseChange(say, chunks, draft, given), ...takeGridChange(chunks, draft, given)]
}

/**
 * What its code spends moves with the size that the document speaks of: the amount of each purchase, or the part of
 * the account that a grid invests at most. `isSaid`: the size itself was said, and not how it changes.
 */
export function withSameSize(document: WrittenStrategy, given: WrittenStrategy, isSaid: boolean): WrittenStrategy {
  const kind = document.size?.kind
  if (kind === "risk" || kind !== given.size?.kind) return document
  const path = ["size", kind === "quote" ? "amount" : "percent"]
  const [before, after] = [numberAt(given, path), numberAt(document, path)]
  if (before === undefined || after === undefined || before === after) return document
  if (isPurchases(document)) return kind === "quote" ? withParamAt(document, "amount", after) : document
  const most = isGrid(document) ? numberAt(document, ["params", "most", "value"])! : undefined
  if (most === undefined || kind !== "equity") return document
  return withParamAt(document, "most", Number((isSaid ? after : (most * after) / before).toPrecision(3)))
}
