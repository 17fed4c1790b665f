import type { WrittenStrategy } from "../../strategy/document/strategy-document.ts"
import type { DocumentPath } from "../../strategy/edit/document-path.ts"
import { withValueAt } from "../../strategy/edit/document-path.ts"
import { usualStopPercent } from "../complete-draft.ts"
import { numberAt, withNumberAt } from "./set-number.ts"

/** A document and what was changed in it, the same in every language. */
export type Changed = { document: WrittenStrategy; notes: string[] }

type Step = (document: WrittenStrategy) => Changed

/** Half the size, a stop, a loss limit for the day and for the account. */
export function saferStrategy(document: WrittenStrategy): Changed {
  return inTurn(document, [
    sized(0.5),
    withStop,
    bounded("dailyLossPercent", "daily loss", 3),
    bounded("maxDrawdownPercent", "drawdown", 20),
    withoutGrowth,
  ])
}

/** Twice the size, within bounds. */
export function riskierStrategy(document: WrittenStrategy): Changed {
  return inTurn(document, [sized(2)])
}

/** A longer wait after each trade, or none: fewer or more trades with the same rules. */
export function withTradeCount(document: WrittenStrategy, isLess: boolean): Changed {
  const path = ["limits", "cooldownCandles"]
  const before = numberAt(document, path) ?? 0
  const after = isLess ? Math.max(12, before * 2) : Math.floor(before / 2)
  if (after === before) return { document, notes: [] }
  return { document: withNumberAt(document, path, after), notes: [`${before} → ${after}`] }
}

/** A stop, or trailing stop, further away or nearer, where its distance is a number. */
export function withStopTimes(document: WrittenStrategy, factor: number, isTrailing = false): Changed {
  const { stopLoss, trailing } = document.protect ?? {}
  const ofStop = stopLoss?.kind === "atr" ? "multiple" : "percent"
  const path = isTrailing && trailing ? ["protect", "trailing", "percent"] : ["protect", "stopLoss", ofStop]
  const before = numberAt(document, path)
  if (before === undefined) return { document, notes: [] }
  const after = Number(Math.min(90, before * factor).toPrecision(2))
  const unit = path.at(-1) === "multiple" ? "× ATR" : "%"
  return { document: withNumberAt(document, path, after), notes: [`stop ${before} → ${after} ${unit}`] }
}

function inTurn(document: WrittenStrategy, steps: readonly Step[]): Changed {
  return steps.reduce<Changed>(
    (changed, step) => {
      const next = step(changed.document)
      return { document: next.document, notes: [...changed.notes, ...next.notes] }
    },
    { document, notes: [] },
  )
}

/** The size times a factor, within bounds. `mostRisk`: of the account on a trade, where the factor was not said. */
export function sized(factor: number, mostRisk = 2): Step {
  return (document) => {
    const kind = document.size?.kind ?? "risk"
    const path: DocumentPath = ["size", kind === "quote" ? "amount" : "percent"]
    const before = numberAt(document, path) ?? 1
    const most = kind === "quote" ? Infinity : kind === "risk" ? Math.min(100, Math.max(before, mostRisk)) : 100
    const after = Number(Math.min(most, before * factor).toPrecision(3))
    if (after === before) return { document, notes: [] }
    const sizedDocument = document.size
      ? withNumberAt(document, path, after)
      : withValueAt(document, ["size"], { kind: "risk", percent: after })
    return {
      document: sizedDocument,
      notes: [`${kind === "risk" ? "risk" : "size"} ${before} → ${after}${kind === "quote" ? "" : " %"}`],
    }
  }
}

function withStop(document: WrittenStrategy): Changed {
  if (document.protect?.stopLoss?.kind !== "none") return { document, notes: [] }
  const percent = usualStopPercent(document.timeframe)
  return {
    document: withValueAt(document, ["protect", "stopLoss"], { kind: "percent", percent }),
    notes: [`stop ${percent} %`],
  }
}

function bounded(limit: "dailyLossPercent" | "maxDrawdownPercent", title: string, most: number): Step {
  return (document) => {
    const before = numberAt(document, ["limits", limit])
    if (before !== undefined && before <= most) return { document, notes: [] }
    return {
      document: withValueAt(document, ["limits", limit], most),
      notes: [`${title} ${before === undefined ? "" : `${before} → `}${most} %`],
    }
  }
}

/** Further purchases no larger than the first. */
function withoutGrowth(document: WrittenStrategy): Changed {
  const before = numberAt(document, ["add", "sizeMultiple"])
  if (before === undefined || before <= 1) return { document, notes: [] }
  return { document: withNumberAt(document, ["add", "sizeMultiple"], 1), notes: [`× ${before} → 1`] }
}
