import { MINUTE_MS, sliceCandles, type Candles } from "#engine/candles"
import { programHash, restoreSnapshot, takeSnapshot, type Engine } from "#engine/run"
import { repeated } from "./interleaved.ts"
import { preparedBot } from "./live-candle.ts"

const CANDLES = 5_000

/**
 * Milliseconds to take a warm bot's state and restore it into another; also with a fresh engine instance and the
 * strategy compiled anew.
 */
export async function measureSnapshot(
  engine: Engine,
  candles: Candles,
): Promise<Record<"snapshotRestoreMilliseconds" | "botMoveMilliseconds" | "snapshotBytes", number>> {
  const few = sliceCandles(candles, { toMs: candles.openTimeMs[0] + CANDLES * MINUTE_MS })
  const from = preparedBot(engine, few)
  from.session.instance.advance(CANDLES, Infinity)
  const program = await programHash(from)
  const to = preparedBot(engine, few)
  const move = (target: typeof to) => {
    const restored = restoreSnapshot(target, takeSnapshot(from, program), program)
    if (!restored.ok) throw new Error(restored.because)
  }
  return {
    snapshotRestoreMilliseconds: repeated(101, () => move(to)).wallMs,
    botMoveMilliseconds: repeated(51, () => move(preparedBot(engine, few))).wallMs,
    snapshotBytes: takeSnapshot(from, program).state.length,
  }
}
