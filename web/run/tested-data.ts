import { gapsIn, mendsInWords, sliceCandles } from "#engine/candles"
import type { OpenMarket } from "./open-market.ts"

/** On which candles a result stands: those of its period. `toMs` is the open time of the last one. */
export type TestedData = {
  fromMs: number
  toMs: number
  candleCount: number
  gaps: number
  missing: number
  /** "12 filled flat", or nothing. */
  mended: string
  isMadeUp: boolean
}

/** Describes the candles a run from `fromMs` on was made on. */
export function testedData({ session, mends, isMadeUp }: OpenMarket, fromMs?: number): TestedData {
  const candles = sliceCandles(session.markets[0].candles, { fromMs })
  const { openTimeMs, timeframeMs } = candles
  const ends = { fromMs: openTimeMs[0], toMs: openTimeMs[openTimeMs.length - 1] }
  return {
    ...ends,
    candleCount: openTimeMs.length,
    ...gapsIn(candles),
    mended: mendsInWords(mends, { fromMs: ends.fromMs, toMs: ends.toMs + timeframeMs }),
    isMadeUp,
  }
}
