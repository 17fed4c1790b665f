import type { Light, Metrics } from "#engine/result"

/** What a real strategy rarely reaches for long: beyond it the question is what went wrong with the test. */
const RARE = { sharpe: 3, profitFactor: 4, winRatePercent: 85, yearlyPercent: 200 } as const

type Result = Pick<Metrics, "sharpe" | "profitFactor" | "winRatePercent" | "cagrPercent" | "totalReturnPercent">

/** Why a result that pleases should not be believed yet; undefined where nothing speaks against it, or it pleases nobody. */
export function tooGoodBecause(metrics: Result, lights: readonly Pick<Light, "id" | "level">[]): string | undefined {
  if ((metrics.totalReturnPercent ?? 0) <= 0) return undefined
  const failed = (id: Light["id"]) => lights.some((light) => light.id === id && light.level === "bad")
  const isDoubtful = (id: Light["id"]) => lights.some((light) => light.id === id && light.level !== "good")
  if (failed("trades"))
    return "It made money on a handful of trades. One other price here or there, and it would be a loss."
  if (failed("unseen"))
    return "It made its money in the first part of the period and lost in the last: that is how rules look that fit the past."
  if (failed("luck"))
    return "The same trades begun at random moments did about as well: the market made this money, not the rules."
  const rare = rarities(metrics)
  if (rare.length > 0)
    return `${rare.join(" and ")}: real strategies rarely keep that up. Look for what the test leaves out before you believe it.`
  return isDoubtful("trades") ? "It made money, on few trades. Test a longer period before you believe it." : undefined
}

function rarities({ sharpe, profitFactor, winRatePercent, cagrPercent }: Result): string[] {
  return [
    ...((sharpe ?? 0) > RARE.sharpe ? ["A Sharpe ratio above 3"] : []),
    ...((profitFactor ?? 0) > RARE.profitFactor ? ["four times as much won as lost"] : []),
    ...((winRatePercent ?? 0) > RARE.winRatePercent ? ["nearly every trade a winner"] : []),
    ...((cagrPercent ?? 0) > RARE.yearlyPercent ? ["more than three times the money in a year"] : []),
  ]
}
