import { useCallback, useSyncExternalStore } from "react"
import { dueMsOf, type SignalRecord } from "#engine/run"
import type { Timeframe } from "#engine/candles"
import { hasPairingMark, onPairingMark } from "../../db/pairing-mark.ts"
import type { KeptCall } from "../../db/signal-call.ts"
import { answered, relay } from "../../relay-client/relay.ts"
import { useWatched } from "../../relay-client/use-watched.ts"
import { useSame } from "../../ui/use-same.ts"
import type { PanelMarket } from "./panel-market.ts"

/** What a paired relay kept of a market by itself, also while no tab was open. */
export type RelayCalls = { calls: ShownCall[]; records: SourceRecord[] }

/** A call of this browser, or of the relay; the relay knows the names of its models. */
export type ShownCall = KeptCall & { keptBy: "browser" | "relay"; modelName?: string }

/** What a record says of a source, whoever kept it. */
export type SourceRecord = Omit<SignalRecord, "bins">

const nothing: RelayCalls = { calls: [], records: [] }
const asksNobody = async () => nothing

/** The relay's calls of an exchange's market in candles of one length, the newest first; none without a relay. */
export function useRelayCalls({ watched }: PanelMarket, timeframe: Timeframe): RelayCalls {
  const isPaired = useSyncExternalStore(onPairingMark, hasPairingMark)
  const { venue, symbol } = watched ?? {}
  const ask = useCallback(
    () => (isPaired && venue && symbol ? askCalls(venue, symbol) : asksNobody()),
    [isPaired, venue, symbol],
  )
  const answer = useWatched(ask)
  const { calls, records } = useSame(answer.state === "ready" ? answer.value : nothing)
  return { calls: calls.filter((call) => call.timeframe === timeframe), records }
}

async function askCalls(venue: Asked["venue"], market: string): Promise<RelayCalls> {
  const answer = await answered(relay.signals.$get({ query: { venue, market } }))
  const { items, records } = await answer.json()
  // Each single vote is a source there too; here the votes speak together.
  return { calls: items.filter(isTold).map(shownCall), records: records.filter(isTold) }
}

type Asked = NonNullable<PanelMarket["watched"]>
type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof relay.signals.$get>>["json"]>>
type RelayCall = Extract<Answer, { items: unknown }>["items"][number]

function isTold({ source }: { source: string }): boolean {
  return !source.startsWith("vote:")
}

function shownCall({ close, atr, entry, stop, outcome, forecast, ...said }: RelayCall): ShownCall {
  const call = { ...said, timeframe: said.timeframe as Timeframe }
  return {
    ...call,
    close: Number(close),
    atr: numberOrNull(atr),
    entry: numberOrNull(entry),
    stop: numberOrNull(stop),
    outcome: outcome && { ...outcome, close: Number(outcome.close) },
    dueMs: dueMsOf(call),
    keptBy: "relay",
    modelName: forecast?.name,
  }
}

function numberOrNull(text: string | null): number | null {
  return text === null ? null : Number(text)
}
