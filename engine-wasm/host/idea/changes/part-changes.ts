import { MINUTE_MS, timeframesMs } from "../../candles/timeframe.ts"
import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import { makeFixed } from "../../strategy/edit/adjustable.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import { candlesOf, completeLimits, completeOrder } from "../complete-draft.ts"
import { IdeaDraft } from "../idea-draft.ts"
import { stopOf, targetsOf } from "../written-draft.ts"
import { withNumberAt } from "./set-number.ts"

/** The document with the parts that were said: candles, protection, size, limits, orders. */
export function withParts(document: WrittenStrategy, draft: IdeaDraft): WrittenStrategy {
  return [
    withTimeframe,
    withStop,
    withTargets,
    withTrailing,
    withBreakEven,
    withTime,
    withSize,
    withLimits,
    withOrder,
    withAdds,
  ].reduce((changed, step) => step(changed, draft), document)
}

type Step = (document: WrittenStrategy, draft: IdeaDraft) => WrittenStrategy

const withTimeframe: Step = (document, { timeframe }) => (timeframe ? { ...document, timeframe } : document)

const withStop: Step = (document, draft) => {
  const { stop } = draft
  if (!stop) return document
  const old = document.protect?.stopLoss
  if ("kind" in stop && stop.kind === "percent" && old?.kind === "percent")
    return withNumberAt(document, ["protect", "stopLoss", "percent"], Number(stop.percent))
  return withValueAt(document, ["protect", "stopLoss"], stopOf(draft))
}

const withTargets: Step = (document, draft) => {
  if (draft.targets.length === 0) return document
  const [only, ...more] = draft.targets
  const old = document.protect?.takeProfit ?? []
  if (more.length === 0 && only.percent !== undefined && old.length === 1 && "percent" in old[0])
    return withNumberAt(document, ["protect", "takeProfit", 0, "percent"], only.percent)
  return withValueAt(
    document,
    ["protect", "takeProfit"],
    targetsOf(Object.assign(new IdeaDraft(), draft, { stop: draft.stop ?? plainStop(document) })),
  )
}

/** The stop with its own numbers, where sliders stand for them. */
function plainStop(document: WrittenStrategy) {
  return Object.keys(document.params ?? {}).reduce(makeFixed, document).protect?.stopLoss
}

const withTrailing: Step = (document, { trailing }) => {
  if (!trailing) return document
  const old = document.protect?.trailing
  if (old && trailing.percent !== undefined && trailing.armAtPercent === undefined)
    return withNumberAt(document, ["protect", "trailing", "percent"], trailing.percent)
  const next = {
    percent: trailing.percent ?? old?.percent ?? 3,
    armAtPercent: trailing.armAtPercent ?? old?.armAtPercent ?? 0,
  }
  return withValueAt(document, ["protect", "trailing"], next)
}

const withBreakEven: Step = (document, { breakEven }) =>
  breakEven
    ? withValueAt(document, ["protect", "breakEven"], {
        atPercent: breakEven.atPercent ?? 2,
        plusPercent: breakEven.plusPercent ?? 0.2,
      })
    : document

const withTime: Step = (document, { timeStop, roi }) => {
  const minutes = timeframesMs[document.timeframe] / MINUTE_MS
  const timed = timeStop
    ? withValueAt(document, ["protect", "timeStop"], { candles: candlesOf(timeStop, minutes) })
    : document
  return roi.length > 0 ? withValueAt(timed, ["protect", "roi"], roi) : timed
}

const withSize: Step = (document, { size, mostOfAccountPercent }) => {
  const sized = size ? { ...document, size: keptBounds(document.size, size) } : document
  const isRisk = (sized.size?.kind ?? "risk") === "risk"
  return mostOfAccountPercent !== undefined && isRisk
    ? withValueAt(sized, ["size", "maxPositionPercent"], mostOfAccountPercent)
    : sized
}

/** Another risk keeps the bound on a position; without one it could take the whole account. */
function keptBounds(old: WrittenStrategy["size"], size: NonNullable<WrittenStrategy["size"]>): WrittenStrategy["size"] {
  if (size.kind !== "risk") return size
  return { ...size, maxPositionPercent: (old?.kind === "risk" ? old.maxPositionPercent : undefined) ?? 50 }
}

const withLimits: Step = (document, draft) => {
  completeLimits(Object.assign(draft, { timeframe: document.timeframe }))
  const { limits } = draft
  return Object.keys(limits).length > 0 ? { ...document, limits: { ...document.limits, ...limits } } : document
}

const withOrder: Step = (document, draft) => {
  const { order } = draft
  if (!order) return document
  completeOrder(Object.assign(draft, { timeframe: document.timeframe }))
  const minutes = timeframesMs[document.timeframe] / MINUTE_MS
  return withValueAt(document, ["orders", "entry"], {
    kind: "limit",
    offsetPercent: order.offsetPercent ?? 0,
    expireCandles: order.expire ? candlesOf(order.expire, minutes) : 1,
  })
}

const withAdds: Step = (document, { add }) =>
  add
    ? {
        ...document,
        add: {
          maxTimes: add.maxTimes ?? 3,
          everyDropPercent: add.everyDropPercent ?? 3,
          sizeMultiple: add.sizeMultiple ?? 1,
        },
      }
    : document
