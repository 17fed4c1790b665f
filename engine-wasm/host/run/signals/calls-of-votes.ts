import type { IndicatorVotes } from "./indicator-votes.ts"
import { FEWEST_OUTCOMES, type OutcomeRecord } from "./outcome-record.ts"
import type { SignalCall } from "./signal-call.ts"

/** The votes of one candle as calls to keep: the gauge's own ("votes") first, then each vote that is known. */
export function callsOfVotes(market: string, votes: IndicatorVotes): SignalCall[] {
  const { timeframe, closedMs, close, atr, aheadCandles, gauge } = votes
  if (closedMs === null || close === null) return []
  const callOf = (source: string, said: Said): SignalCall => ({
    id: [source, market, timeframe, closedMs].join(" "),
    source,
    market,
    timeframe,
    candleClosedMs: closedMs,
    aheadCandles,
    action: said.action,
    probability: sureness(said.record),
    close,
    atr,
    baseline: share(said.record.baselinePercent),
    reasoning: said.reasoning,
    outcome: null,
  })
  const known = votes.votes.filter(({ value }) => value !== null)
  return [
    ...(gauge.all.score === null ? [] : [callOf("votes", { ...gauge.all, reasoning: [gauge.all.words] })]),
    ...known.map((vote) => callOf(`vote:${vote.name}`, { ...vote, reasoning: [vote.words, vote.recordWords] })),
  ]
}

type Said = Pick<SignalCall, "action" | "reasoning"> & { record: OutcomeRecord }

/** As often as it was right before; with too few outcomes, as often as anyone would have been. */
function sureness({ count, cameTrue, baselinePercent }: OutcomeRecord): number | null {
  return count >= FEWEST_OUTCOMES ? cameTrue / count : share(baselinePercent)
}

function share(percent: number | null): number | null {
  return percent === null ? null : percent / 100
}
