import { MINUTE_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { candlesOf, completeFollowing, completeLimits, completeMoney } from "../complete-draft.ts"
import type { IdeaDraft } from "../idea-draft.ts"
import { stopOf, targetsOf } from "../written-draft.ts"

/** A recipe with the stop, the ways out and the limits that were said beside it. */
export function withSaidProtection(written: WrittenStrategy, draft: IdeaDraft): WrittenStrategy {
  draft.timeframe = written.timeframe
  completeMoney(draft)
  completeFollowing(draft)
  completeLimits(draft)
  if (!draft.stop) assumeStop(written, draft)
  draft.stop ??= written.protect?.stopLoss
  const { trailing, breakEven, timeStop, roi } = draft
  const minutes = timeframesMs[draft.timeframe!] / MINUTE_MS
  return {
    ...written,
    protect: {
      ...written.protect,
      ...(draft.stop && { stopLoss: stopOf(draft) }),
      ...(draft.targets.length > 0 && { takeProfit: targetsOf(draft) }),
      ...(trailing && { trailing: { percent: trailing.percent!, armAtPercent: trailing.armAtPercent ?? 0 } }),
      ...(breakEven && { breakEven: { atPercent: breakEven.atPercent!, plusPercent: breakEven.plusPercent! } }),
      ...(roi.length > 0 && { roi }),
      ...(timeStop && { timeStop: { candles: candlesOf(timeStop, minutes) } }),
    },
    limits: { ...written.limits, ...draft.limits },
  }
}

/** The recipe's own stop, where nobody said one. */
function assumeStop({ protect }: WrittenStrategy, draft: IdeaDraft) {
  const stop = protect?.stopLoss
  const isSaid = draft.assumptions.some(({ about }) => about === "stop")
  if (stop?.kind === "percent" && !isSaid) draft.assume("stop", `${stop.percent} %`)
}
