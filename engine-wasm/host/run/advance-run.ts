import { countBefore } from "../candles/candles.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import type { Told } from "./engine/told.ts"

const SLICE_CANDLES = 65_536

/** Takes a prepared run on until every candle that opens before `untilMs` is done. */
export function advanceRun({ instance, markets }: EngineSession, told: Told, untilMs: number): void {
  const isThere = () =>
    markets.every(({ candles }, n) => instance.cursor(n) >= countBefore(candles.openTimeMs, untilMs))
  do {
    instance.advance(SLICE_CANDLES, untilMs)
    told.take(instance, markets)
  } while (!isThere())
}
