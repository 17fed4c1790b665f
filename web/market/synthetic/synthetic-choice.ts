import { DAY_MS, type SyntheticKind, type Timeframe, timeframesMs } from "#engine/candles"

/** The kind of a made-up market. `like`: a kind of mood, or the id of a market whose past is redrawn. */
export type SyntheticChoice = {
  like: { kind: SyntheticKind } | { marketId: string; marketName: string; quote?: string; blockCandles: number }
  timeframe: Timeframe
  days: number
  seed: number
  /** Quote currency. */
  startPrice: number
}

/** The same day for all, so that the same choice is the same market everywhere: 1 January 2024, UTC. */
export const START_MS = Date.UTC(2024, 0, 1)
/** More take a browser's memory and a minute of waiting. */
export const MOST_CANDLES = 1_000_000
const FEWEST_CANDLES = 50

/** Each kind in words, in the order they are offered. */
export const kindWords: Record<SyntheticKind, { name: string; meaning: string }> = {
  mixed: { name: "Changing moods", meaning: "Rises, falls and rests take turns, as in most markets." },
  bull: { name: "Trend up", meaning: "It rises most of the time. Nearly everything that buys makes money in it." },
  bear: { name: "Trend down", meaning: "It falls most of the time. A strategy that only buys should lose little." },
  range: {
    name: "Range",
    meaning: "It goes back and forth around one price. Trend followers lose a little, again and again.",
  },
  volatile: { name: "Volatile", meaning: "Three times as wild as usual, and no direction." },
  crash: {
    name: "Crash",
    meaning: "It goes well, then falls by about half or more within days, and trembles for weeks.",
  },
}

/** The number of candles of a choice. */
export function candlesOf({ timeframe, days }: Pick<SyntheticChoice, "timeframe" | "days">): number {
  return Math.floor((days * DAY_MS) / timeframesMs[timeframe])
}

/** What is wrong with a choice's length, or undefined. */
export function lengthProblem(choice: SyntheticChoice): string | undefined {
  const count = candlesOf(choice)
  if (count > MOST_CANDLES) return "That is more than a million candles. Choose a shorter stretch or longer candles."
  return count < FEWEST_CANDLES
    ? "That is fewer than 50 candles, too few to test on. Choose a longer stretch or shorter candles."
    : undefined
}

/** Its listed name; prices are in dollars, or in the drawn market's currency. */
export function nameOf({ like, seed }: SyntheticChoice): string {
  return "kind" in like ? `${like.kind.toUpperCase()}${seed}/USD` : `${like.marketName} redrawn ${seed}`.slice(0, 40)
}

/** The currency of its prices. */
export function quoteOf({ like }: SyntheticChoice): string | undefined {
  return "kind" in like ? "USD" : like.quote
}

/** Its origin, in words that let anyone make it again. */
export function sourceOf({ like, seed, startPrice }: SyntheticChoice): string {
  const what =
    "kind" in like
      ? kindWords[like.kind].name.toLowerCase()
      : `${like.marketName} redrawn in blocks of ${like.blockCandles}`
  return `Made up: ${what}, seed ${seed}, from ${startPrice}`
}
