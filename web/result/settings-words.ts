import type { RunReport } from "../run/run-report.ts"
import { formatMoney, formatNumber, formatPercent, formatShort } from "../ui/number-format.ts"

/** The settings of a result, in one line: "$100.00, fee 0.1 %, slippage 0.05 %, conservative fills." */
export function settingsWords({ job, market, cash }: Pick<RunReport, "job" | "market" | "cash">): string {
  const { feePercent, slippagePercent, delayCandles, fills, leverage, unseenPercent } = job
  const parts = [
    `Starts with ${formatMoney(cash, market.currency)}`,
    `fee ${sharePercent(feePercent)}`,
    `slippage ${sharePercent(slippagePercent)}`,
    delayCandles > 0 && `orders ${formatNumber(delayCandles)} ${delayCandles === 1 ? "candle" : "candles"} late`,
    fills === "conservative" ? "conservative fills" : `fills as ${fills} has them`,
    leverage > 1 && `leverage ${formatShort(leverage)}×`,
    unseenPercent > 0 && `the last ${sharePercent(unseenPercent)} left unseen`,
  ]
  return `${parts.filter(Boolean).join(", ")}.`
}

/** "0.05 %": with the decimals it has, up to four. */
export function sharePercent(share: number): string {
  return formatPercent(share, decimalsOf(share))
}

function decimalsOf(share: number): number {
  return Math.min(4, `${share}`.split(".")[1]?.length ?? 0)
}
