import { formatDuration } from "../../candles/duration-format.ts"
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../candles/number-format.ts"
import type { ForecastCard } from "./forecast-card.ts"

/** The card in a few sentences, the verdict first. */
export function cardInWords(card: ForecastCard): string {
  return [card.verdict.because, seenInWords(card), missInWords(card), decayInWords(card), tradeInWords(card)]
    .filter((sentence) => sentence !== "")
    .join(" ")
}

function seenInWords({ seenCandles }: ForecastCard): string {
  return seenCandles === 0 ? "" : `Left out: ${formatCount(seenCandles, "candle")} it may have been trained on.`
}

function missInWords({ brier, naiveBrier }: ForecastCard): string {
  if (brier === null || naiveBrier === null) return ""
  return `Its probabilities have a Brier score of ${formatNumber(brier, 4)}; always giving the share of its training part has ${formatNumber(naiveBrier, 4)} (less is better, 0.25 is a coin).`
}

function decayInWords({ decay }: ForecastCard): string {
  if (decay.length < 2) return ""
  const [young, old] = [decay[0], decay[decay.length - 1]]
  return `Up to ${formatDuration(young.toMs)} after its training it was right in ${formatPercent(100 * young.hitRate)}, from ${formatDuration(old.fromMs)} on in ${formatPercent(100 * old.hitRate)}.`
}

function tradeInWords({ trade, horizonCandles }: ForecastCard): string {
  if (trade === null) return ""
  const holding = `holding ${formatSignedPercent(trade.holdingPercent)}`
  if (trade.trades === 0) return `It never said to buy; ${holding}.`
  const rule = `Buying whenever it says yes, for ${formatCount(horizonCandles, "candle")}`
  return `${rule}: ${formatCount(trade.trades, "trade")}, ${formatSignedPercent(trade.returnPercent)} after fees (the fees alone take ${formatPercent(trade.feesPercent)}); ${holding}.`
}
