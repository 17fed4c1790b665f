import { plainTime } from "#engine/candles"
import { awayInWords } from "../desk/exchange-away.ts"
import { decimalText } from "../ledger/decimal-text.ts"
import type { BotPosition } from "./bot-positions.ts"
import type { Away } from "./exchange-silence.ts"
import { listed } from "./held-words.ts"

/** A bot that waits for its exchange, and what it held when it last answered. */
export type Waiting = { name: string; positions: readonly Pick<BotPosition, "market" | "stop">[] }

/** An account's exchange that does not answer: since when, which bots wait, and what protects what they hold. */
export function awayWords({ sinceMs, because }: Away, exchange: string, waiting: readonly Waiting[]): string {
  const names = listed(waiting.map(({ name }) => name))
  const held = waiting.flatMap(({ name, positions }) => positions.map((position) => standing(name, position)))
  const safety = held.length === 0 ? "They hold nothing that is known here" : listed(held, "; ")
  return `${awayInWords(because, exchange)} Since ${plainTime(sinceMs)} nothing is bought, sold or moved there. Waiting: ${names}. ${safety}. It is asked again and again, and they go on by themselves.`
}

function standing(name: string, { market, stop }: Waiting["positions"][number]): string {
  return Number.isNaN(stop)
    ? `${name} holds ${market} without a stop at the exchange: look at it there`
    : `the stop of ${market} (${name}) waits at the exchange at ${decimalText(stop)} and works without this computer`
}
