import { formatCount, formatPercent } from "#engine/candles"
import type { FreshForecast } from "../signals/fresh-forecast.ts"
import { amount } from "./bot-view.ts"
import type { TradeSignal } from "./trade-signal.ts"

type Judged = FreshForecast & { card: NonNullable<FreshForecast["card"]> }

/** What the best model with skill says; undefined where none has any, whatever the others say. */
export function forecastSignal(forecasts: readonly FreshForecast[]): TradeSignal | undefined {
  const skilled = forecasts.filter(hasSkill).filter(({ call }) => call.action !== "HOLD")
  const [best] = skilled.toSorted((a, b) => leastHits(b) - leastHits(a))
  if (best === undefined) return undefined
  const { call, card } = best
  const right = formatPercent(100 * (card.hitRate ?? 0))
  const confidence = Math.floor(100 * leastHits(best))
  return {
    action: call.action,
    confidence,
    entryPrice: amount(call.close),
    stopLoss: typeof call.stop === "number" && call.stop > 0 ? amount(call.stop) : null,
    reasoning: [
      `A forecast decides here: ${call.forecast.name} (version ${call.forecast.version}), right in ${right} of ${formatCount(card.independentForecasts, "unseen candle")}.`,
      ...call.reasoning,
      card.verdict.because,
      `Its confidence, ${confidence}, is the lower end of that.`,
      ...forecastNotes(forecasts.filter((one) => one !== best)),
    ].join(" "),
  }
}

/** What models say that decide nothing, and why they do not. */
export function forecastNotes(forecasts: readonly FreshForecast[]): string[] {
  return forecasts.map((one) => {
    const { call, card } = one
    if (hasSkill(one)) return call.reasoning.join(" ")
    const because = card === null ? "Nobody has judged it on this market yet." : card.verdict.because
    return `${call.reasoning.join(" ")} It has no skill, so it decides nothing: ${because}`
  })
}

function hasSkill(forecast: FreshForecast): forecast is Judged {
  return forecast.card?.verdict.skill === true
}

function leastHits({ card }: Judged): number {
  return card.interval?.[0] ?? 0
}
