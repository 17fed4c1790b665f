import { outcomesOf, happenedBy, outcomeOfCall, type SignalCall, type SignalOutcome } from "#engine/run"
import type { ForecastTarget } from "#engine/strategy"
import type { VenueId } from "#venues"

/** What a model forecast, beside what its call says. */
export type CallForecast = {
  hash: string
  name: string
  version: number
  target: ForecastTarget
  value: number
  /** Of the event itself, 0 to 1: a rise, or more swing than usual. */
  probability: number
  low: number | null
  high: number | null
  /** What of the target counts as the event. */
  threshold: number
}

/** A call as the relay keeps it: where it was made, by which engine, and of which candles. */
export type KeptCall = SignalCall & {
  venue: VenueId
  engine: string
  /** Of the candles that were looked at. */
  inputHash: string
  forecast: CallForecast | null
}

/**
 * The outcome of a call by the closes of all candles from its own until it is due, the oldest first. A forecast is
 * measured by the event its card counts: a close that stays where it was is no rise.
 */
export function outcomeOfKept(call: KeptCall, closes: readonly number[]): SignalOutcome {
  const close = closes.at(-1)!
  const { forecast } = call
  if (forecast === null) return outcomeOfCall(call, close)
  return { close, cameTrue: happened(call, forecast, closes) === forecast.probability > HALF }
}

const HALF = 0.5

function happened(call: KeptCall, { target, threshold }: CallForecast, closes: readonly number[]): boolean {
  if (target !== "volatility") return closes.at(-1)! > call.close
  const path = Float64Array.of(call.close, ...closes)
  const [swing] = outcomesOf(path, { target, horizonCandles: closes.length })
  return happenedBy(swing, threshold) === 1
}
