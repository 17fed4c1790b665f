import type { LogEntry } from "../../../exchange/simulated/event-log.ts"
import { judge, type Verdict } from "../judge.ts"
import { SPEED } from "./exchange-program.ts"

/** Nothing may be without a stop for longer, in real time. */
const MOST_UNPROTECTED_MS = 2_000
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

export type Kill9Verdict = Verdict & { faults: string[]; longestUnprotectedRealMs: number; isHolding: boolean }

/** What the exchange's own log says against a relay that was killed; `isOver` when all its bots have ended. */
export function kill9Verdict(entries: readonly LogEntry[], accountId: number, isOver: boolean): Kill9Verdict {
  const dust = dustOf(entries)
  const verdict = judge(entries, { accountId, dust: (_, symbol) => dust(symbol), step: stepOf })
  const longestUnprotectedRealMs = Math.round(verdict.longestUnprotectedMs / SPEED)
  const faults = [
    ...verdict.doubles.map((id) => `the id ${id} was used twice`),
    ...(isOver ? verdict.left.map((id) => `the order ${id} is left open`) : []),
    ...(isOver ? Object.entries(verdict.held) : []).flatMap(([symbol, held]) =>
      Math.abs(held) > dust(symbol) ? [`${held} of ${symbol} is still held`] : [],
    ),
    ...Object.entries(verdict.least).flatMap(([symbol, least]) =>
      least < -ROUNDING ? [`more was sold than was held: ${symbol} ${least}`] : [],
    ),
    ...(longestUnprotectedRealMs > MOST_UNPROTECTED_MS
      ? [`${longestUnprotectedRealMs} ms without a stop from ${verdict.unprotectedFromMs} of the exchange`]
      : []),
  ]
  const isHolding = Object.entries(verdict.held).some(([symbol, held]) => held > dust(symbol))
  return { ...verdict, faults, longestUnprotectedRealMs, isHolding }
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
