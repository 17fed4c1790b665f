import { isoTime } from "#engine/candles"
import type { WalkForward } from "#engine/run"

/** A walk through a history as JSON; times are in ISO 8601, UTC. */
export function walkJson(walked: WalkForward | undefined) {
  if (!walked) return undefined
  const { windows, returnPercent, sharpe, maxDrawdownPercent, won, days } = walked
  return {
    returnPercent,
    sharpe,
    maxDrawdownPercent,
    won,
    windows: windows.map(({ training, test, ...window }) => ({
      training: periodJson(training),
      test: periodJson(test),
      ...window,
    })),
    equity: [...days.equity],
  }
}

/** A period as JSON. */
export function periodJson({ fromMs, toMs }: { fromMs: number; toMs: number }) {
  return { from: isoTime(fromMs), to: isoTime(toMs) }
}
