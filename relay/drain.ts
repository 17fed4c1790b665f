import { quoted } from "#engine/candles"

const MOST_DRAIN_S = 120
const MS_PER_S = 1_000

/**
 * How long a relay that a signal ends still answers, while whoever sends it requests learns to send them elsewhere.
 * Throws a sentence for what is no number of seconds.
 */
export function drainMsFrom(text: string | undefined): number {
  if (text === undefined || text === "") return 0
  const seconds = Number(text)
  if (/^\d{1,3}$/.test(text) && seconds <= MOST_DRAIN_S) return seconds * MS_PER_S
  throw new Error(
    `CANDLEWRIGHT_DRAIN_SECONDS is ${quoted(text)}. It is a whole number of seconds from 0 to ${MOST_DRAIN_S}.`,
  )
}
