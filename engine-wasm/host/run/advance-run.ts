import { Breath } from "./breath.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import type { SimulationRecorder } from "./engine/simulation-recorder.ts"

const SLICE_CANDLES = 65_536

/** Advances a prepared run until every candle that ends by `untilMs` is done. */
export function advanceRun({ instance, markets }: EngineSession, recorder: SimulationRecorder, untilMs: number): void {
  while (instance.advance(SLICE_CANDLES, untilMs) > 0) recorder.take(instance, markets)
  recorder.take(instance, markets)
}

/** The same, yielding the thread now and then. Cancelling rejects with the signal's reason. */
export async function advanceInSlices(
  { instance, markets }: EngineSession,
  recorder: SimulationRecorder,
  { untilMs, signal }: { untilMs: number; signal: AbortSignal | undefined },
): Promise<void> {
  const breath = new Breath()
  while (instance.advance(SLICE_CANDLES, untilMs) > 0) {
    recorder.take(instance, markets)
    if (breath.isDue) await breath.take()
    signal?.throwIfAborted()
  }
  recorder.take(instance, markets)
}
