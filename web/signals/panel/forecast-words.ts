import type { ForecastModel } from "#engine/strategy"
import type { ForecastNow } from "../../run/forecast-now.ts"
import { formatCount, formatNumber, formatPercent, formatSignedPercent } from "../../ui/number-format.ts"

type Model = Pick<ForecastModel, "target" | "kind" | "horizonCandles">

/** What a model says, in words: "+0.32 % over 24 candles". */
export function valueWords(model: Model, { value }: ForecastNow): string {
  if (value === null) return "nothing"
  if (model.kind === "regimes") return `regime ${formatNumber(value)}`
  return `${amountWords(model, value)} over ${formatCount(model.horizonCandles, "candle")}`
}

/** How likely what it forecasts is, beside how often it happened anyway. */
export function chanceWords({ target, kind }: Model, { probability, baseRate }: ForecastNow): string {
  if (probability === null || kind === "regimes") return "none given"
  const event = target === "volatility" ? "more than usual" : "higher then"
  const anyway = baseRate === null ? "" : `, before in ${formatPercent(100 * baseRate)}`
  return `${formatPercent(100 * probability)} ${event}${anyway}`
}

/** The band of its misses in training. */
export function rangeWords(model: Model, { low, high }: ForecastNow): string {
  if (low === null || high === null) return "none given"
  return `${amountWords(model, low)} and ${amountWords(model, high)}`
}

function amountWords({ target }: Model, amount: number): string {
  if (target === "return") return formatSignedPercent(amount, 2)
  if (target === "volatility") return `${formatPercent(amount, 2)} a candle`
  return `log odds ${formatNumber(amount, 2)}`
}
