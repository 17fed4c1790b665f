import { useMemo } from "react"
import type { Timeframe } from "#engine/candles"
import { signalRecords } from "#engine/run"
import type { KeptModel } from "../../db/kept-model.ts"
import { callsOf, type KeptCall } from "../../db/signal-call.ts"
import { useKept } from "../../db/use-kept.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { useSame } from "../../ui/use-same.ts"
import { useLiveCandles } from "../../watch/index.ts"
import { CallHistory } from "./call-history.tsx"
import { ForecastList } from "./forecast-list.tsx"
import { OpinionPanel } from "./opinion-panel.tsx"
import type { PanelMarket } from "./panel-market.ts"
import { RecordList } from "./record-list.tsx"
import { hasEnded } from "./panel-calls.ts"
import { type ShownCall, useRelayCalls } from "./relay-calls.ts"
import { RelayWatchPanel } from "./relay-watch-panel.tsx"
import { StandLine } from "./stand-line.tsx"
import { useSignals } from "./use-signals.ts"
import { VotesPanel } from "./votes-panel.tsx"

type MarketSignalsProps = {
  market: PanelMarket
  timeframe: Timeframe
  models: readonly KeptModel[]
  /** Why this browser keeps nothing. */
  unkept: string | undefined
}

/** All that is said of one market in candles of one length, with the record of each source. */
export function MarketSignals({ market: given, timeframe, models: all, unkept }: MarketSignalsProps) {
  const market = useSame(given)
  const models = useMemo(() => all.filter(({ model }) => model.timeframe === timeframe), [all, timeframe])
  const live = useLiveCandles(market.watched, timeframe)
  const asked = useMemo(() => models.map(({ model }) => model), [models])
  const { signals, retry } = useSignals({ market, timeframe, models: asked, closed: live.closed })
  const kept = useKept(() => callsOf(market.key), [market.key])
  const calls = useMemo(
    () => (kept.state === "ready" ? kept.value.filter((call) => call.timeframe === timeframe) : []),
    [kept, timeframe],
  )
  // Of calls about one candle the first counts: the oldest come first.
  const records = useMemo(() => signalRecords(calls.toReversed()), [calls])
  const relayed = useRelayCalls(market, timeframe)
  const shown = useMemo(() => newestFirst(calls, relayed.calls), [calls, relayed.calls])
  const found = signals.state === "ready" ? signals.found : undefined
  const isOver = found !== undefined && hasEnded(market.key, found.reading, live.nowMs)
  const isQuiet = isOver && records.length + relayed.records.length === 0
  return (
    <>
      {unkept !== undefined && <Notice kind="warn">{unkept} What is said here is lost with this tab.</Notice>}
      {live.failure !== undefined && <Notice kind="error">{live.failure}</Notice>}
      {signals.state === "failed" && (
        <Notice kind="error" action={<Button onClick={retry}>Try again</Button>}>
          {signals.because} Nothing was changed; calls kept before are safe.
        </Notice>
      )}
      <StandLine market={market} timeframe={timeframe} found={found} live={live} />
      {found === undefined ? (
        signals.state === "loading" && <Waiting />
      ) : (
        <>
          <ForecastList
            market={market}
            found={found}
            models={models}
            others={all.length - models.length}
            records={records}
            hasEnded={isOver}
          />
          <VotesPanel votes={found.votes} record={records.find(({ source }) => source === "votes")} hasEnded={isOver} />
          <OpinionPanel market={market} reading={found.reading} records={records} hasEnded={isOver} />
        </>
      )}
      <RelayWatchPanel market={market} timeframe={timeframe} models={models} />
      {!isQuiet && <RecordList records={records} relayed={relayed.records} models={all} />}
      <CallHistory calls={shown} models={all} />
    </>
  )
}

function newestFirst(calls: readonly KeptCall[], relayed: readonly ShownCall[]): ShownCall[] {
  const own = calls.map((call): ShownCall => ({ ...call, keptBy: "browser" }))
  return [...own, ...relayed].toSorted((a, b) => b.candleClosedMs - a.candleClosedMs)
}

/** As high as what comes, so that nothing jumps. */
function Waiting() {
  return (
    <div aria-busy className="flex flex-col gap-10">
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-120 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  )
}
