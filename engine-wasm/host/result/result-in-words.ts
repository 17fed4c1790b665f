import {
  formatCount,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRoundMoney,
  formatSignedMoney,
  formatSignedPercent,
} from "../candles/number-format.ts"
import { exitWords } from "./exit-words.ts"
import { tradesLight } from "./lights.ts"
import type { Metrics } from "./metrics.ts"
import type { TradeGroup } from "./trade-tables.ts"
import { verdictOf } from "./verdict.ts"

/** What a result is explained by. */
export type ExplainedResult = {
  metrics: Metrics
  cash: number
  currency: string | undefined
  holdingFinal: number | undefined
  perExitReason: readonly TradeGroup[]
}

/** How a test ended, and what of it came from where, in sentences from its own numbers. */
export function resultWords(result: ExplainedResult): string {
  const { metrics } = result
  const tradeCount = metrics.tradeCount ?? 0
  const verdict = verdictOf({ ...result, ...metrics, tradeCount })
    .map(({ text }) => text)
    .join("")
  if (tradeCount === 0) return verdict
  return [
    verdict,
    tradesWords(result),
    exitsWords(result),
    costsWords(result),
    marketWords(result),
    doubtWords(tradeCount),
  ]
    .filter(Boolean)
    .join("\n")
}

function tradesWords({ metrics, currency }: ExplainedResult): string {
  const { tradeCount, winCount, averageWin, averageLoss } = metrics
  const won = `It won ${formatNumber(winCount)} of ${formatCount(tradeCount ?? 0, "trade")}`
  if (averageWin === null || averageLoss === null) return `${won}.`
  const sizes = `a usual win was ${formatMoney(averageWin, currency)}, a usual loss ${formatMoney(Math.abs(averageLoss), currency)}`
  return `${won}; ${sizes}.`
}

/** Which way out cost the most, and which brought the most. */
function exitsWords({ perExitReason, currency }: ExplainedResult): string {
  const sorted = perExitReason.toSorted((one, other) => one.profit - other.profit)
  const [worst, best] = [sorted.at(0), sorted.at(-1)]
  const of = ({ name, tradeCount, profit }: TradeGroup) =>
    `${exitName(name)}: ${formatCount(tradeCount, "trade")}, ${formatSignedMoney(profit, currency)} together`
  return [
    ...(worst && worst.profit < 0 ? [`Most was lost by ${of(worst)}.`] : []),
    ...(best && best.profit > 0 ? [`Most was won by ${of(best)}.`] : []),
  ].join(" ")
}

function exitName(name: string): string {
  return Object.hasOwn(exitWords, name) ? exitWords[name as keyof typeof exitWords].toLowerCase() : name
}

function costsWords({ metrics, currency }: ExplainedResult): string {
  const { profitBeforeCosts, feesPaid, slippagePaid, totalProfit } = metrics
  const costs = (feesPaid ?? 0) + (slippagePaid ?? 0)
  if (profitBeforeCosts === null || totalProfit === null || costs === 0) return ""
  const told = `Fees and slippage took ${formatMoney(costs, currency)}`
  if (profitBeforeCosts > 0 && totalProfit <= 0)
    return `${told}: without them it would have made ${formatMoney(profitBeforeCosts, currency)}. Trade less often, or on larger moves.`
  return `${told}; before them it stood at ${formatSignedMoney(profitBeforeCosts, currency)}.`
}

function marketWords({ metrics, cash, holdingFinal, currency }: ExplainedResult): string {
  const { exposurePercent, totalReturnPercent } = metrics
  if (holdingFinal === undefined) return ""
  const heldPercent = (holdingFinal / cash - 1) * 100
  const market = `The market itself went ${formatSignedPercent(heldPercent)} meanwhile`
  const time =
    exposurePercent === null ? "" : `, and it held something ${formatPercent(exposurePercent, 0)} of the time`
  const better =
    (totalReturnPercent ?? 0) < heldPercent
      ? ` Holding would have ended at ${formatRoundMoney(holdingFinal, currency)}.`
      : ""
  return `${market}${time}.${better}`
}

function doubtWords(tradeCount: number): string {
  const { level, because } = tradesLight(tradeCount)
  return level === "good" ? "" : because
}
