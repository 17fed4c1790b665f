import { decimalText } from "../ledger/decimal-text.ts"
import type { BotPosition } from "./bot-positions.ts"

type Held = Pick<BotPosition, "market" | "stop">

/** So many bots, and so many positions, are named. */
const MOST_NAMED = 5

/** What protects what a bot holds while it does nothing. */
export function stopsWords(positions: readonly Held[]): string {
  if (positions.length === 0) return "Nothing is held."
  const stops = positions.filter(({ stop }) => !Number.isNaN(stop))
  const bare = positions.filter(({ stop }) => Number.isNaN(stop))
  return [
    ...(stops.length === 0 ? [] : [`Stops that stay at the exchange: ${listed(stops.map(stopWords))}.`]),
    ...(bare.length === 0 ? [] : [`Held without a stop at the exchange: ${listed(bare.map(({ market }) => market))}.`]),
  ].join(" ")
}

function stopWords({ market, stop }: Held): string {
  return `${market} at ${decimalText(stop)}`
}

/** Names in a row, and how many more there are. */
export function listed(parts: readonly string[], between = ", "): string {
  const more = parts.length > MOST_NAMED ? [`${parts.length - MOST_NAMED} more`] : []
  return [...parts.slice(0, MOST_NAMED), ...more].join(between)
}
