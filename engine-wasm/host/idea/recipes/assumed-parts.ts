import type { IdeaDraft } from "../idea-draft.ts"

/** The stop that was said, none where it was refused or nothing is ever sold, or a wide one. */
export function recipeStop(draft: IdeaDraft, usual: number, isHeld = false): number | undefined {
  const { stop } = draft
  if (stop && "kind" in stop && stop.kind === "percent") return Number(stop.percent)
  if (stop && "kind" in stop && stop.kind === "none") return undefined
  if (stop) return usual
  if (isHeld) return void draft.assume("stop", "–")
  draft.assume("stop", `${usual} %`)
  return usual
}

/** Bitcoin, where no market was named. */
export function assumeMarket(draft: IdeaDraft) {
  if (draft.markets.length > 0) return
  draft.markets = ["BTC/USDT"]
  draft.assume("market", "BTC/USDT")
}
