import type { MarketAction } from "../market-reading.ts"
import { type OutcomeRecord, outcomeRecord, outcomeRecordInWords } from "./outcome-record.ts"
import { dueMsOf, outcomeOfCall, type SignalCall, type SignalOutcome } from "./signal-call.ts"

/** How often one source came true. */
export type SignalRecord = OutcomeRecord & {
  source: string
  hitPercent: number | null
  /** Calls whose outcome nobody knows yet. */
  waiting: number
  words: string
}

type KnownCall = SignalCall & { outcome: SignalOutcome }

/**
 * The record of each source, in the order in which they first spoke. Asking again of the same candle counts once, the
 * first in the list; calls of one source in one market count only where their outcomes share no candle. Where a call
 * does not bring its coin, it is how often its action would have come true at the candles any source spoke of.
 */
export function signalRecords(calls: readonly SignalCall[]): SignalRecord[] {
  const first = firstOfEach(calls, (call) => [marketOf(call), call.source, call.candleClosedMs].join(" "))
  const known = first.filter(isKnown)
  const coins = coinsOf(known)
  return [...grouped(first, ({ source }) => source)].map(([source, said]) => {
    const counted = [...grouped(said.filter(isKnown), marketOf).values()].flatMap(independent)
    const waiting = said.filter(({ outcome }) => outcome === null).length
    return recordOf({ source, waiting, counted }, coins)
  })
}

function recordOf(
  { source, waiting, counted }: { source: string; waiting: number; counted: KnownCall[] },
  coins: Map<string, Coins>,
): SignalRecord {
  const record = outcomeRecord(
    counted.map((call) => ({
      cameTrue: call.outcome.cameTrue,
      probability: call.probability,
      baseline: call.baseline ?? coins.get(questionOf(call))![call.action],
    })),
  )
  const hitPercent = record.count === 0 ? null : (100 * record.cameTrue) / record.count
  return { source, waiting, hitPercent, ...record, words: outcomeRecordInWords(record) }
}

/** A HOLD without the width of a candle says nothing that could come true. */
function isKnown(call: SignalCall): call is KnownCall {
  return call.outcome !== null && (call.action !== "HOLD" || Number.isFinite(call.atr))
}

/** In time, each candle after the outcome of the one before. */
function independent(calls: KnownCall[]): KnownCall[] {
  let freeMs = -Infinity
  return calls
    .toSorted((a, b) => a.candleClosedMs - b.candleClosedMs)
    .filter((call) => {
      if (call.candleClosedMs < freeMs) return false
      freeMs = dueMsOf(call)
      return true
    })
}

type Coins = Record<MarketAction, number | null>

/** How often each action would have come true, by market and how far ahead: each candle once, whoever spoke of it. */
function coinsOf(known: readonly KnownCall[]): Map<string, Coins> {
  const coins = [...grouped(known, questionOf)].map(([question, calls]): [string, Coins] => {
    const candles = firstOfEach(calls, ({ candleClosedMs }) => String(candleClosedMs))
    const measured = firstOfEach(
      calls.filter(({ atr }) => Number.isFinite(atr)),
      ({ candleClosedMs }) => String(candleClosedMs),
    )
    return [
      question,
      { BUY: shareTrue(candles, "BUY"), SELL: shareTrue(candles, "SELL"), HOLD: shareTrue(measured, "HOLD") },
    ]
  })
  return new Map(coins)
}

function shareTrue(calls: readonly KnownCall[], action: MarketAction): number | null {
  const right = calls.filter((call) => outcomeOfCall({ ...call, action }, call.outcome.close).cameTrue)
  return calls.length === 0 ? null : right.length / calls.length
}

function marketOf({ market, timeframe }: SignalCall): string {
  return `${market} ${timeframe}`
}

function questionOf(call: SignalCall): string {
  return `${marketOf(call)} ${call.aheadCandles}`
}

function firstOfEach<Call extends SignalCall>(calls: readonly Call[], keyOf: (call: Call) => string): Call[] {
  return [...grouped(calls, keyOf).values()].map(([first]) => first)
}

function grouped<Call>(calls: readonly Call[], keyOf: (call: Call) => string): Map<string, Call[]> {
  const groups = new Map<string, Call[]>()
  for (const call of calls) {
    const group = groups.get(keyOf(call))
    if (group) group.push(call)
    else groups.set(keyOf(call), [call])
  }
  return groups
}
