import { smallAccount, smallestPositionOf } from "#engine/result"
import { chosenParams, resolvedStrategy } from "#engine/strategy"
import type { Checked } from "./go-live-gate.ts"

/** Quote currency: the smallest entry that makes sense at an exchange, and the largest that may be, with what decides it. */
export type EntryRoom = { smallest: number; largest: number; decidedBy: string }

/** The first entry of a bot, by its strategy and its account's settings; a size that only the moment tells sets no limit. */
export function largestEntry(
  { strategy, wanted, account: { risk } }: Pick<Checked, "strategy" | "wanted" | "account">,
  { minOrder, equity }: { minOrder: number; equity: number },
): EntryRoom {
  const chosen = chosenParams(strategy, wanted.params)
  if (!chosen.ok) throw new Error(chosen.problems[0].because)
  const { code, size, limits, protect } = resolvedStrategy(strategy, chosen.values)
  const cash = Number(wanted.cash)
  const stopPercent = protect.stopLoss.kind === "percent" ? protect.stopLoss.percent : null
  const caps = [
    { most: cash, decidedBy: "its money" },
    {
      most: (equity * risk.maxSharePercent) / 100,
      decidedBy: `the largest share of one market (${risk.maxSharePercent} %)`,
    },
  ]
  if (risk.maxOrderQuote !== null)
    caps.push({ most: Number(risk.maxOrderQuote), decidedBy: `the largest order (${risk.maxOrderQuote})` })
  if (stopPercent !== null)
    caps.push({
      most: (equity * risk.riskPercent) / stopPercent,
      decidedBy: `the risk of one trade (${risk.riskPercent} %)`,
    })
  if (!code && (size.kind !== "risk" || stopPercent !== null)) {
    const money = { cash, minOrder, stopPercent, size, maxOpenPositions: limits.maxOpenPositions }
    const { position } = smallAccount({ ...money, feePercent: 0, slippagePercent: 0 })
    caps.push({ most: position, decidedBy: "the strategy's own size" })
  }
  const { most, decidedBy } = caps.reduce((one, other) => (other.most < one.most ? other : one))
  return { smallest: smallestPositionOf(minOrder, stopPercent), largest: most, decidedBy }
}
