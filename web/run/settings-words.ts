import type { RunReport } from "./run-report.ts"
import { goesShort } from "./template-of.ts"
import { formatMoney, formatNumber, formatPercent, formatShort } from "../ui/number-format.ts"
import { fundingWords } from "./funding-words.ts"

type SettledRun = Pick<RunReport, "cash"> & {
  job: Pick<
    RunReport["job"],
    "strategy" | "params" | "feePercent" | "slippagePercent" | "delayCandles" | "fills" | "leverage" | "unseenPercent"
  >
  market: Pick<RunReport["market"], "currency">
  markets: readonly Pick<RunReport["market"], "name" | "hasFunding">[]
  trades: readonly Pick<RunReport["trades"][number], "side">[]
}

/** The settings of a result, in one line: "$100.00, fee 0.1 %, slippage 0.05 %, conservative fills." */
export function settingsWords({ job, market, markets, cash, trades }: SettledRun): string {
  const { feePercent, slippagePercent, delayCandles, fills, leverage, unseenPercent } = job
  const parts = [
    `Starts with ${formatMoney(cash, market.currency)}`,
    `fee ${sharePercent(feePercent)}`,
    `slippage ${sharePercent(slippagePercent)}`,
    delayCandles > 0 && `orders ${formatNumber(delayCandles)} ${delayCandles === 1 ? "candle" : "candles"} late`,
    fills === "conservative" ? "conservative fills" : `fills as ${fills} has them`,
    leverage > 1 && `leverage ${formatShort(leverage)}×`,
    fundingWords({
      goesShort: goesShort(job.strategy, job.params) || trades.some(({ side }) => side === "short"),
      leverage,
      markets: markets.map(({ name, hasFunding = false }) => ({ name, hasFunding })),
    }),
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
