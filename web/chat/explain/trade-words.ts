import type { ExitReason, Trade } from "#engine/result"
import type { RunReport } from "../../run/run-report.ts"
import { formatDateTime, type TimeZone } from "../../ui/date-format.ts"
import { formatCount, formatMoney, formatPercent, formatPrice, formatSignedMoney } from "../../ui/number-format.ts"

/** What of a run tells where its stops ended trades, and what it paid. */
export type TradesOfRun = Pick<RunReport, "trades" | "metrics"> & {
  market: Pick<RunReport["market"], "currency" | "priceDecimals">
  job: Pick<RunReport["job"], "feePercent" | "slippagePercent">
}

const stops: readonly ExitReason[] = ["stop", "trailing", "breakEven", "liquidation"]
/** At most so many of them are named one by one, the newest first. */
const MOST_TOLD = 3
const names: Partial<Record<ExitReason, string>> = {
  stop: "the stop loss",
  trailing: "the trailing stop",
  breakEven: "the break-even stop",
  liquidation: "a liquidation",
}

/** Which trades a stop ended, from the test's own trades. */
export function stopOutWords({ trades, market }: TradesOfRun, zone: TimeZone): string {
  const stopped = trades.filter(({ exitReason }) => stops.includes(exitReason))
  if (stopped.length === 0) return `No stop ended a trade in this test; it made ${formatCount(trades.length, "trade")}.`
  const together = stopped.reduce((sum, { profit }) => sum + profit, 0)
  const last = stopped.toSorted((one, other) => other.exitTimeMs - one.exitTimeMs).slice(0, MOST_TOLD)
  return [
    `A stop ended ${stopped.length} of ${formatCount(trades.length, "trade")}: ${formatSignedMoney(together, market.currency)} together. The last of them:`,
    ...last.map((trade) => `• ${stopWords(trade, market, zone)}`),
  ].join("\n")
}

function stopWords(trade: Trade, { currency, priceDecimals }: TradesOfRun["market"], zone: TimeZone): string {
  const { side, entryTimeMs, entryPrice, exitTimeMs, exitPrice, exitReason, profit } = trade
  const price = (value: number) => formatPrice(value, priceDecimals)
  const began = side === "long" ? "Bought" : "Sold short"
  const moved = Math.abs(exitPrice / entryPrice - 1) * 100
  const way = exitPrice < entryPrice ? "fell" : "rose"
  return `${began} ${trade.market} on ${formatDateTime(entryTimeMs, zone)} at ${price(entryPrice)}; the price ${way} ${formatPercent(moved)} to ${price(exitPrice)}, where ${names[exitReason]} closed it on ${formatDateTime(exitTimeMs, zone)}: ${formatSignedMoney(profit, currency)}.`
}

/** Which fee a test takes, and what it came to. */
export function feeWords({ metrics, market, job, trades }: TradesOfRun): string {
  const { feesPaid, slippagePaid } = metrics
  const paid =
    trades.length === 0
      ? "It made no trade, so nothing was paid."
      : `In ${formatCount(trades.length, "trade")} that came to ${formatMoney(feesPaid ?? 0, market.currency)} of fees and ${formatMoney(slippagePaid ?? 0, market.currency)} of slippage.`
  return `This test takes a fee of ${job.feePercent} % of each purchase and each sale, and ${job.slippagePercent} % of slippage at each market order. ${paid} Both can be changed in the test's settings.`
}
