import { type Candles, DAY_MS } from "#engine/candles"

type Period = { fromMs?: number; toMs?: number; unseenPercent: number }

type Times = Pick<Candles, "openTimeMs" | "timeframeMs">

/**
 * The beginning of the part a run leaves out at the end of its period, the same for all its markets: a UTC midnight,
 * so that candles of every usual length end there. Undefined where nothing is left out, or the period is too short to
 * cut.
 */
export function unseenPartOf(
  markets: readonly Times[],
  { fromMs = -Infinity, toMs = Infinity, unseenPercent }: Period,
): { fromMs: number; toMs: number } | undefined {
  const filled = markets.filter(({ openTimeMs }) => openTimeMs.length > 0)
  if (unseenPercent === 0 || filled.length === 0) return undefined
  const firstMs = Math.max(Math.min(...filled.map(({ openTimeMs }) => openTimeMs[0])), fromMs)
  const endMs = Math.min(Math.max(...filled.map(endOf)), toMs)
  const cutMs = endMs - ((endMs - firstMs) * unseenPercent) / 100
  const wholeMs = Math.floor(cutMs / DAY_MS) * DAY_MS
  return wholeMs > firstMs && wholeMs < endMs ? { fromMs: wholeMs, toMs: endMs } : undefined
}

function endOf({ openTimeMs, timeframeMs }: Times): number {
  return openTimeMs[openTimeMs.length - 1] + timeframeMs
}
