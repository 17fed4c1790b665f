import { type Candles, DAY_MS } from "#engine/candles"

type Period = { fromMs?: number; toMs?: number; unseenPercent: number }

/**
 * Where the part begins that a run leaves out at the end of its period: a UTC midnight, so that candles of every usual
 * length end there. Undefined where nothing is left out, or the period is too short to be cut.
 */
export function unseenPartOf(
  { openTimeMs, timeframeMs }: Pick<Candles, "openTimeMs" | "timeframeMs">,
  { fromMs = -Infinity, toMs = Infinity, unseenPercent }: Period,
): { fromMs: number; toMs: number } | undefined {
  if (unseenPercent === 0 || openTimeMs.length === 0) return undefined
  const firstMs = Math.max(openTimeMs[0], fromMs)
  const endMs = Math.min(openTimeMs[openTimeMs.length - 1] + timeframeMs, toMs)
  const cutMs = endMs - ((endMs - firstMs) * unseenPercent) / 100
  const wholeMs = Math.floor(cutMs / DAY_MS) * DAY_MS
  return wholeMs > firstMs && wholeMs < endMs ? { fromMs: wholeMs, toMs: endMs } : undefined
}
