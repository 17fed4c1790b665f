import { HOUR_MS, MINUTE_MS } from "#engine/candles"

/** Nothing is bought while this machine's clock is further from the exchange's (trust.md, I7). */
export const MOST_CLOCK_ERROR_MS = 1_000

const units = [
  { name: "hours", ms: HOUR_MS },
  { name: "minutes", ms: MINUTE_MS },
]
/** From so many of a unit on it is named in that unit. */
const FEWEST = 1.5

/** What is wrong with this machine's clock, and what to do; undefined while it is right, or was not measured. */
export function clockWords(errorMs: number | undefined, exchange = "the exchange"): string | undefined {
  const offMs = Math.abs(errorMs ?? 0)
  if (offMs <= MOST_CLOCK_ERROR_MS) return undefined
  const way = errorMs! > 0 ? "ahead of" : "behind"
  return `this computer's clock is ${lengthWords(offMs)} ${way} ${exchange}'s; set it to network time, in the computer's date and time settings`
}

/** The same as a sentence, and what it means. */
export function clockSentence(errorMs: number | undefined, exchange: string): string | undefined {
  const words = clockWords(errorMs, exchange)
  return (
    words &&
    `${words[0].toUpperCase()}${words.slice(1)}. Until it is right nothing is bought; sales and stops go on by the exchange's own time.`
  )
}

function lengthWords(ms: number): string {
  const unit = units.find((one) => ms >= one.ms * FEWEST)
  return unit ? `${Math.round(ms / unit.ms)} ${unit.name}` : `${(ms / 1_000).toFixed(1)} seconds`
}
