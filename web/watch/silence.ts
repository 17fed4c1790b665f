import type { LineState } from "#venues"

/** A longer silence than markets usually have. */
const SILENT_AFTER_MS = 8_000

export type Silence = { words: string; isStale: boolean }

/**
 * How fresh a price is, in words: "live", "silent for 20 s", "reconnecting in 3 s". Times by this device's clock, ms;
 * `heardAtMs` is undefined before the first message.
 */
export function silenceOf({
  line,
  heardAtMs,
  nowMs,
}: {
  line: LineState | undefined
  heardAtMs: number | undefined
  nowMs: number
}): Silence {
  const silentMs = heardAtMs === undefined ? 0 : nowMs - heardAtMs
  if (line?.state === "waiting")
    return { words: `no connection · next try in ${seconds(line.retryAtMs - nowMs)} s`, isStale: true }
  if (line?.state === "connecting" && heardAtMs !== undefined)
    return {
      words: silentMs > SILENT_AFTER_MS ? `silent for ${lengthOf(silentMs)} · connecting` : "connecting",
      isStale: true,
    }
  if (heardAtMs === undefined) return { words: "connecting", isStale: false }
  return silentMs > SILENT_AFTER_MS
    ? { words: `silent for ${lengthOf(silentMs)}`, isStale: true }
    : { words: "live", isStale: false }
}

function lengthOf(lengthMs: number): string {
  return lengthMs < 120_000 ? `${seconds(lengthMs)} s` : `${Math.floor(lengthMs / 60_000)} min`
}

function seconds(lengthMs: number): number {
  return Math.max(0, Math.round(lengthMs / 1000))
}
