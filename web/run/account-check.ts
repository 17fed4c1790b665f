import { type SmallAccount, smallAccount } from "#engine/result"
import type { RunPlan } from "#engine/run"
import { chosenParams, resolvedStrategy } from "#engine/strategy"

/** What a run's money can do on its exchange. Undefined for code, which sizes every order by itself. */
export function accountCheckOf({ strategy, params, account }: RunPlan, minOrder: number): SmallAccount | undefined {
  const chosen = chosenParams(strategy, params)
  if (strategy.code || !chosen.ok) return undefined
  const { size, limits, protect } = resolvedStrategy(strategy, chosen.values)
  const { stopLoss } = protect
  if (size.kind === "risk" && stopLoss.kind !== "percent") return undefined
  const { cash, feePercent, slippagePercent } = account
  return smallAccount({
    cash,
    minOrder,
    feePercent,
    slippagePercent,
    stopPercent: stopLoss.kind === "percent" ? stopLoss.percent : null,
    size,
    maxOpenPositions: limits.maxOpenPositions,
  })
}
