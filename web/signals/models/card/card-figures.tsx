import { correlationInWords, type ForecastCard, luckInWords } from "#engine/result"
import type { ForecastTarget } from "#engine/strategy"
import type { ReactNode } from "react"
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../../ui/number-format.ts"
import { about, type Term } from "./term.tsx"

/** The card's figures, each with what it is and a sentence of what it means here. */
export function CardFigures({ card, target }: { card: ForecastCard; target: ForecastTarget }) {
  const { brier, naiveBrier, correlation, dieboldMariano } = card
  return (
    <dl className="grid gap-x-8 gap-y-4 border-t border-line pt-4 sm:grid-cols-2">
      <Figure name="Brier score" term="brier" value={formatNumber(brier, 4)}>
        {brier !== null &&
          naiveBrier !== null &&
          `The naive forecast has ${formatNumber(naiveBrier, 4)}; less is better.`}
      </Figure>
      <Figure name="Correlation with what came" term="correlation" value={formatNumber(correlation, 3)}>
        {correlation !== null && correlationInWords(correlation)}
      </Figure>
      <Figure name="Could it be luck?" term="chance" value={chanceOf(dieboldMariano.pValue)}>
        {luckInWords(dieboldMariano)}
      </Figure>
      <Figure name="A trade on it, after fees" term="trade" value={tradeOf(card, target)}>
        {tradeWords(card, target)}
      </Figure>
    </dl>
  )
}

function Figure({ name, term, value, children }: { name: string; term: Term; value: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1">
      <dt className="flex items-center gap-1 text-sm text-ink-soft">
        {name}
        {about(term)}
      </dt>
      <dd className="flex flex-col">
        <span className="text-lg font-semibold text-ink-strong tabular-nums">{value}</span>
        <span className="max-w-[52ch] text-sm text-ink-soft">{children}</span>
      </dd>
    </div>
  )
}

function chanceOf(pValue: number | null): string {
  if (pValue === null) return "Not known"
  return pValue < 0.001 ? "p below 0.001" : `p = ${formatNumber(pValue, 3)}`
}

function tradeOf({ trade }: ForecastCard, target: ForecastTarget): string {
  if (target === "volatility") return "None"
  return trade === null || trade.trades === 0 ? "No trade" : formatSignedPercent(trade.returnPercent)
}

function tradeWords({ trade }: ForecastCard, target: ForecastTarget): string {
  if (target === "volatility") return "How much a price swings does not say where to."
  if (trade === null) return "No price to trade at was known."
  const holding = `Holding made ${formatSignedPercent(trade.holdingPercent)}.`
  if (trade.trades === 0) return `It never said to buy. ${holding}`
  const fees = `the fees alone took ${formatPercent(trade.feesPercent)}`
  return `${formatCount(trade.trades, "trade")}; ${fees}. ${holding}`
}
