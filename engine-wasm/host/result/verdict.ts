import { formatMoney, formatPercent, formatRoundMoney } from "../candles/number-format.ts"

/** What a result's sentence is made of; money in `currency`. */
export type VerdictFigures = {
  cash: number
  finalEquity: number | null
  feesPaid: number | null
  maxDrawdownPercent: number | null
  /** What holding would have become; undefined where that is not known. */
  holdingFinal: number | undefined
  currency: string | undefined
  tradeCount: number
}

/** A piece of a sentence; `strong` is a number to be seen at once. */
export type VerdictPiece = { text: string; strong: boolean }

/** The result in a sentence, in pieces. */
export function verdictOf(figures: VerdictFigures): VerdictPiece[] {
  const { cash, finalEquity, feesPaid, maxDrawdownPercent, holdingFinal, currency, tradeCount } = figures
  if (tradeCount === 0)
    return [
      strong("It never traded"),
      plain(" in this period, so your money stayed as it was. Try another period, or move a slider."),
    ]
  const holding =
    holdingFinal === undefined
      ? []
      : [plain("; holding would have turned it into "), strong(formatRoundMoney(holdingFinal, currency))]
  return [
    strong(formatRoundMoney(cash, currency)),
    plain(" would have become "),
    strong(formatRoundMoney(finalEquity ?? cash, currency)),
    plain(" after "),
    strong(formatMoney(feesPaid ?? 0, currency)),
    plain(" in fees"),
    ...holding,
    plain(". The worst dip was "),
    strong(formatPercent(maxDrawdownPercent)),
    plain("."),
  ]
}

function strong(text: string): VerdictPiece {
  return { text, strong: true }
}

function plain(text: string): VerdictPiece {
  return { text, strong: false }
}
