import type { LogEntry } from "../../../exchange/simulated/event-log.ts"
import { judge, type Verdict } from "../judge.ts"
import type { Kill9Venue } from "./kill9-venue.ts"

/** Less cannot be sold: the exchange's smallest order is 5 quote, and prices move. */
const DUST_QUOTE = 6
/** A rest of a coin below this cannot be sold anywhere. */
const steps: [coin: string, step: number][] = [
  ["BTC", 1e-5],
  ["ETH", 1e-4],
  ["SOL", 1e-3],
]
/** Sums of decimals are not exact. */
const ROUNDING = 1e-7

export type Kill9Verdict = Verdict & {
  faults: string[]
  longestUnprotectedRealMs: number
  /** The same, with the time in which a killed relay was away. */
  longestBaredRealMs: number
  isHolding: boolean
}

type Judged = {
  accountId: number
  venue: Pick<Kill9Venue, "speed" | "canReplace" | "mostUnprotectedMs">
  /** From each kill until what was under way is settled, milliseconds of the exchange. */
  aways?: readonly Away[]
  /** All its bots have ended. */
  isOver: boolean
}

/** From a kill on, milliseconds of the exchange. */
export type Away = readonly [fromMs: number, toMs: number]

/** When a relay is killed we know to such a part of real time. */
const KILL_TAKES_MS = 1_000

/**
 * What the exchange's own log says against a relay that was killed. Where a stop cannot be replaced in one request, a
 * kill in between leaves coins without one until the relay is back and knows what became of what it had sent: this time
 * has a figure of its own. What was protected when it was killed has to be afterwards, everywhere.
 */
export function kill9Verdict(entries: readonly LogEntry[], judged: Judged): Kill9Verdict {
  const { accountId, venue, aways = [], isOver } = judged
  const dust = dustOf(entries)
  const options = { accountId, dust: (_: string, symbol: string) => dust(symbol), step: stepOf }
  const strict = judge(entries, options)
  const inBetween = ([fromMs, toMs]: Away) =>
    aways.filter(([killMs]) => killMs > fromMs - KILL_TAKES_MS * venue.speed && killMs < toMs)
  const verdict = venue.canReplace ? strict : judge(entries, { ...options, excused: inBetween })
  const realMs = (ofExchangeMs: number) => Math.round(ofExchangeMs / venue.speed)
  const longestUnprotectedRealMs = realMs(verdict.longestUnprotectedMs)
  const faults = [
    ...verdict.doubles.map((id) => `the id ${id} was used twice`),
    ...(isOver ? verdict.left.map((id) => `the order ${id} is left open`) : []),
    ...(isOver ? Object.entries(verdict.held) : []).flatMap(([symbol, held]) =>
      Math.abs(held) > dust(symbol) ? [`${held} of ${symbol} is still held`] : [],
    ),
    ...Object.entries(verdict.least).flatMap(([symbol, least]) =>
      least < -ROUNDING ? [`more was sold than was held: ${symbol} ${least}`] : [],
    ),
    ...(longestUnprotectedRealMs > venue.mostUnprotectedMs
      ? [`${longestUnprotectedRealMs} ms without a stop from ${verdict.unprotectedFromMs} of the exchange`]
      : []),
  ]
  const isHolding = Object.entries(verdict.held).some(([symbol, held]) => held > dust(symbol))
  const longestBaredRealMs = realMs(strict.longestUnprotectedMs)
  return { ...verdict, faults, longestUnprotectedRealMs, longestBaredRealMs, isHolding }
}

function stepOf(symbol: string): number {
  return steps.find(([coin]) => symbol.startsWith(coin))![1]
}

/** What is too little to be sold, by the lowest price that was traded at. */
function dustOf(entries: readonly LogEntry[]): (symbol: string) => number {
  const lowest = new Map<string, number>()
  for (const entry of entries) {
    if (entry.kind !== "event" || entry.event !== "TRADE") continue
    const [symbol, price] = [String(entry.about.symbol), Number(entry.about.fillPrice)]
    lowest.set(symbol, Math.min(price, lowest.get(symbol) ?? price))
  }
  return (symbol) => DUST_QUOTE / (lowest.get(symbol) ?? DUST_QUOTE)
}
