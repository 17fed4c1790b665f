import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { buyAndHold } from "../../strategy/templates/buy-and-hold.ts"
import { momentumRotation } from "../../strategy/templates/momentum-rotation.ts"
import { rebalance } from "../../strategy/templates/rebalance.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import type { Chunk } from "../reading/chunk.ts"
import { assumeMarket, recipeStop } from "./assumed-parts.ts"
import { gridSaid } from "./grid-said.ts"
import { periodIn } from "./purchase-period.ts"
import { purchasesSaid } from "./purchases.ts"
import { withSaidProtection } from "./said-protection.ts"
import { says, understandName } from "./said-words.ts"

/** A strategy that is no rule but a known recipe: a grid, regular purchases, rebalancing, rotation, or holding. */
export function recipeIn(chunks: readonly Chunk[], draft: IdeaDraft): WrittenStrategy | undefined {
  const recipe = plainRecipe(chunks, draft)
  return recipe && withSaidProtection(recipe, draft)
}

function plainRecipe(chunks: readonly Chunk[], draft: IdeaDraft): WrittenStrategy | undefined {
  if (says(chunks, "grid")) return gridSaid(chunks, draft)
  const purchases = purchasesSaid(chunks, draft)
  if (purchases) return purchases
  if (says(chunks, "rebalance")) return rebalanceOf(draft, chunks)
  if (says(chunks, "rotation"))
    return { ...momentumRotation.document, markets: several(draft, momentumRotation.document.markets!) }
  return says(chunks, "buyAndHold") && draft.rules.length === 0 ? heldFor(draft, chunks) : undefined
}

/** "Rebalance when one drifts 5 %": the only percentage that was said. */
function driftIn(chunks: readonly Chunk[], draft: IdeaDraft): number | undefined {
  const percents = chunks.filter((chunk) => chunk.kind === "amount" && chunk.unit === "percent" && !chunk.isUsed)
  const [only] = percents
  if (percents.length !== 1 || only.kind !== "amount" || only.value < 1 || only.value > 20) return undefined
  draft.understand([only], "enter", `drift ${only.value} %`)
  return only.value
}

function rebalanceOf(draft: IdeaDraft, chunks: readonly Chunk[]): WrittenStrategy {
  const { document } = rebalance
  understandName(chunks, draft, "rebalance")
  const drift = driftIn(chunks, draft)
  const period = periodIn(chunks)
  if (period) draft.notPossible.push(period.chunks.map(({ text }) => text).join(" "))
  const markets = several(draft, document.markets!)
  const part = Math.max(5, Math.floor(95 / markets.length / 5) * 5)
  const stopPercent = recipeStop(draft, 50)
  return {
    ...document,
    markets,
    params: {
      ...document.params,
      part: valued(document.params!.part, part),
      ...(drift !== undefined && { drift: valued(document.params!.drift, drift) }),
    },
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
  }
}

type Param = NonNullable<WrittenStrategy["params"]>[string]

function valued(param: Param, value: number): Param {
  return { ...param, value } as Param
}

/** These recipes need more than one market. */
function several(draft: IdeaDraft, usual: readonly string[]): string[] {
  if (draft.markets.length > 1) return draft.markets
  const markets = [...new Set([...draft.markets, ...usual])]
  draft.assume("market", markets.join(", "))
  return markets
}

/** Holding for ever is asked for without a stop, which is said. */
function heldFor(draft: IdeaDraft, chunks: readonly Chunk[]): WrittenStrategy {
  assumeMarket(draft)
  understandName(chunks, draft, "buyAndHold")
  draft.timeframe ??= "1d"
  const stopPercent =
    draft.stop && "kind" in draft.stop && draft.stop.kind === "percent" ? Number(draft.stop.percent) : undefined
  if (!draft.stop) draft.assume("stop", "–")
  return {
    ...buyAndHold.document,
    markets: draft.markets,
    timeframe: draft.timeframe,
    protect: { stopLoss: stopPercent === undefined ? { kind: "none" } : { kind: "percent", percent: stopPercent } },
    ...(draft.size && { size: draft.size }),
  }
}
