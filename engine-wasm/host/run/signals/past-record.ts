import { cameTrueBy, type MarketAction } from "../market-reading.ts"
import { type OutcomeRecord, outcomeRecord } from "./outcome-record.ts"

/** What came true so many candles after each candle, by what might have been said there: 1 yes, 0 no, NaN not known. */
export type Truths = { aheadCandles: number; byAction: Record<MarketAction, Float64Array> }

/** How often what is said now came true before, and how often any call for a direction did. */
export type PastRecord = { record: OutcomeRecord; calls: OutcomeRecord }

/** Looks ahead of each candle, as only a record of the past may. */
export function truthsOf({ close, atr }: { close: Float64Array; atr: Float64Array }, aheadCandles: number): Truths {
  const truth = (action: MarketAction) =>
    close.map((now, n) => {
      const isKnown = n + aheadCandles < close.length && Number.isFinite(atr[n])
      return isKnown ? Number(cameTrueBy(action, { close: now, atr: atr[n] }, close[n + aheadCandles])) : NaN
    })
  return { aheadCandles, byAction: { BUY: truth("BUY"), SELL: truth("SELL"), HOLD: truth("HOLD") } }
}

/**
 * The record of what was said at each candle: above 0 BUY, below 0 SELL, 0 HOLD, NaN nothing. Only calls that do not
 * share a candle of their outcomes count, from the first on; the coin is the same action at every candle at which
 * something was said.
 */
export function pastRecord(said: Float64Array, truths: Truths): PastRecord {
  const now = said.at(-1) ?? NaN
  const baselines = baselinesOf(said, truths)
  const recordOf = (isCounted: (said: number) => boolean) =>
    outcomeRecord(
      independent(said, isCounted, truths).map((n) => {
        const action = actionOf(said[n])
        return {
          cameTrue: truths.byAction[action][n] === 1,
          probability: null,
          baseline: baselines[action],
        }
      }),
    )
  return { record: recordOf((one) => one === now), calls: recordOf((one) => one !== 0) }
}

/** What a leaning is in words; nothing known is HOLD. */
export function actionOf(lean: number): MarketAction {
  if (lean > 0) return "BUY"
  return lean < 0 ? "SELL" : "HOLD"
}

/** The candles with a known outcome at which something that counts was said, each after the outcome of the one before. */
function independent(
  said: Float64Array,
  isCounted: (said: number) => boolean,
  { aheadCandles, byAction }: Truths,
): number[] {
  const found: number[] = []
  for (let n = 0; n < said.length; n++) {
    if (Number.isNaN(said[n]) || !isCounted(said[n]) || Number.isNaN(byAction.BUY[n])) continue
    found.push(n)
    n += aheadCandles - 1
  }
  return found
}

function baselinesOf(said: Float64Array, { byAction }: Truths): Record<MarketAction, number | null> {
  const share = (truth: Float64Array) => {
    let known = 0
    let cameTrue = 0
    for (let n = 0; n < said.length; n++) {
      if (Number.isNaN(truth[n]) || Number.isNaN(said[n])) continue
      known++
      cameTrue += truth[n]
    }
    return known === 0 ? null : cameTrue / known
  }
  return { BUY: share(byAction.BUY), SELL: share(byAction.SELL), HOLD: share(byAction.HOLD) }
}
