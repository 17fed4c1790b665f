import { Breath } from "./breath.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import type { Told } from "./engine/told.ts"

const SLICE_CANDLES = 65_536

/** Takes a prepared run on until every candle that ends by `untilMs` is done. */
export function advanceRun({ instance, markets }: EngineSession, told: Told, untilMs: number): void {
  while (instance.advance(SLICE_CANDLES, untilMs) > 0) told.take(instance, markets)
  told.take(instance, markets)
}

/** The same, with the thread given back now and then. Cancelling rejects with the signal's reason. */
export async function advanceInSlices(
  { instance, markets }: EngineSession,
  told: Told,
  { untilMs, signal }: { untilMs: number; signal: AbortSignal | undefined },
): Promise<void> {
  const breath = new Breath()
  while (instance.advance(SLICE_CANDLES, untilMs) > 0) {
    told.take(instance, markets)
    if (breath.isDue) await breath.take()
    signal?.throwIfAborted()
  }
  told.take(instance, markets)
}
