import type { RunRecord } from "../result/run-record.ts"
import {
  breakEvenPercent,
  smallAccount,
  type PositionSize,
  type SizeLimit,
  type SmallAccount,
  smallestPositionOf,
} from "../result/small-account.ts"
import { smallestCash } from "../result/smallest-order.ts"
import { chosenParams, resolvedStrategy, type ResolvedStrategy } from "../strategy/document/strategy-document-params.ts"
import type { RunPlan } from "./engine/engine-run.ts"

/** What an account can do on its exchange, and how that is known. */
export type AccountCheck = {
  breakEvenPercent: number
  smallestPosition: number
  /** With so much cash no order of the run would have been too small; null without trades, or for a fixed amount. */
  smallestCash: number | null
  /** Absent where nothing tells how large a position is: no rule beforehand, and no trade. */
  size?: Omit<SmallAccount, "breakEvenPercent" | "smallestPosition" | "decidedBy"> & {
    decidedBy: SizeLimit | "code"
    known: HowKnown
  }
}

/** From the strategy's rule alone, or counted from a run's own trades with their usual stop, where they had one. */
export type HowKnown = { from: "rule" } | { from: "trades"; tradeCount: number; stopPercent: number | null }

/** What a run's money can do on its exchange. Undefined for params that are not the strategy's. */
export function accountCheckOf(plan: RunPlan, record: RunRecord, minOrder: number): AccountCheck | undefined {
  const { strategy, params, account } = plan
  const chosen = chosenParams(strategy, params)
  if (!chosen.ok) return undefined
  const resolved = resolvedStrategy(strategy, chosen.values)
  const isKnown = isKnownBefore(resolved)
  const stopPercent = isKnown ? stopPercentOf(resolved) : usual(stopPercentsOf(record))
  const size = isKnown || !resolved.code ? resolved.size : usualSize(record)
  const needs = size?.kind === "quote" && !resolved.code ? null : smallestCash(record, minOrder)
  const known = { breakEvenPercent: breakEvenPercent(account), smallestCash: needs }
  if (!size || (!isKnown && record.trades.count === 0))
    return { ...known, smallestPosition: smallestPositionOf(minOrder, stopPercent) }
  const check = smallAccount({
    ...account,
    minOrder,
    maxOpenPositions: resolved.limits.maxOpenPositions,
    size,
    stopPercent,
  })
  return {
    ...known,
    smallestPosition: check.smallestPosition,
    size: {
      ...check,
      ...(isKnown ? {} : { cashNeeded: needs }),
      decidedBy: resolved.code ? "code" : check.decidedBy,
      known: isKnown ? { from: "rule" } : { from: "trades", tradeCount: record.trades.count, stopPercent },
    },
  }
}

/** What code usually bought for. */
function usualSize({ trades }: RunRecord): PositionSize | undefined {
  const amount = usual(column(trades.count, (n) => trades.quantity[n] * trades.entryPrice[n]))
  return amount === null ? undefined : { kind: "quote", amount }
}

/** Code sizes every order by itself; a size that follows the risk needs the distance of the stop. */
function isKnownBefore({ code, size, protect: { stopLoss } }: ResolvedStrategy): boolean {
  return !code && (size.kind !== "risk" || stopLoss.kind === "percent")
}

function stopPercentOf({ protect: { stopLoss } }: ResolvedStrategy): number | null {
  return stopLoss.kind === "percent" ? stopLoss.percent : null
}

function stopPercentsOf({ trades }: RunRecord): number[] {
  return column(trades.count, (n) => (100 * trades.initialRisk[n]) / (trades.quantity[n] * trades.entryPrice[n]))
}

function column(count: number, valueAt: (n: number) => number): number[] {
  return Array.from({ length: count }, (_, n) => valueAt(n)).filter(Number.isFinite)
}

/** The one in the middle; null where there is none. */
function usual(values: number[]): number | null {
  return values.length === 0 ? null : values.toSorted((a, b) => a - b)[values.length >> 1]
}
