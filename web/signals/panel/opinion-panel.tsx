import { Link } from "@tanstack/react-router"
import { useRef, useState } from "react"
import { callOf, type MarketReading, type SignalRecord } from "#engine/run"
import type { Analysis } from "#models"
import { AnalysisCard, keptOpinion } from "../../chat/index.ts"
import { listAnalyses } from "../../db/analyses.ts"
import { loadModelSettings } from "../../db/model-settings.ts"
import { putCalls } from "../../db/signal-call.ts"
import { useKept } from "../../db/use-kept.ts"
import { Button } from "../../ui/button.tsx"
import { Notice } from "../../ui/notice.tsx"
import { LiveRecord } from "./live-record.tsx"
import { analysisCall } from "./panel-calls.ts"
import type { PanelMarket } from "./panel-market.ts"

type OpinionPanelProps = {
  market: PanelMarket
  reading: MarketReading
  records: readonly SignalRecord[]
  hasEnded: boolean
}

/** What our rules read at this candle, and what was said last when somebody asked. */
export function OpinionPanel({ market, reading, records, hasEnded }: OpinionPanelProps) {
  const kept = useKept(listAnalyses)
  const asked = kept.state === "ready" ? kept.value.find((one) => isOf(one, market, reading)) : undefined
  const isNow = asked?.facts.closedMs === reading.closedMs
  const ofModels = records.filter(({ source }) => source.startsWith("model:"))
  return (
    <section aria-labelledby="opinions-title" className="flex min-w-0 flex-col gap-4">
      <div className="flex max-w-[72ch] flex-col gap-1">
        <h2 id="opinions-title" className="text-base font-semibold">
          What rules and a language model read
        </h2>
        <p className="text-ink-soft">
          Our rules read every candle. A language model hears the same facts when you ask, and its answer is checked
          against them.
        </p>
      </div>
      <AskNow market={market} reading={reading} />
      {!isNow && <AnalysisCard said={byRules(market, reading)} hasEnded={hasEnded} />}
      {asked !== undefined && (
        <>
          {!isNow && <h3 className="font-semibold">Asked last</h3>}
          <AnalysisCard said={asked} hasEnded={hasEnded} />
        </>
      )}
      <LiveRecord record={records.find(({ source }) => source === "rules")} what="rules" hasEnded={hasEnded} />
      {ofModels.map((record) => (
        <LiveRecord key={record.source} record={record} what={record.source} hasEnded={hasEnded} />
      ))}
    </section>
  )
}

function isOf({ market, isMadeUp, facts }: Analysis, shown: PanelMarket, reading: MarketReading): boolean {
  return market === shown.name && isMadeUp === shown.isMadeUp && facts.timeframe === reading.timeframe
}

/** The rules' reading in the form of an answer; nobody asked for it. */
function byRules(market: PanelMarket, reading: MarketReading): Analysis {
  return {
    id: `rules ${market.key} ${reading.timeframe} ${reading.closedMs}`,
    atMs: reading.closedMs,
    market: market.name,
    isMadeUp: market.isMadeUp,
    facts: reading,
    ...callOf(reading),
    by: { kind: "rules" },
    notTaken: [],
    outcome: null,
  }
}

type Asking = { state: "idle" } | { state: "asking" } | { state: "said"; words: string }

function AskNow({ market, reading }: Pick<OpinionPanelProps, "market" | "reading">) {
  const [asking, setAsking] = useState<Asking>({ state: "idle" })
  const [failed, setFailed] = useState<string>()
  const stop = useRef<AbortController>(undefined)
  const settings = useKept(loadModelSettings)
  const models = settings.state === "ready" ? settings.value.models.filter(({ isOn }) => isOn) : []
  const ask = async () => {
    setAsking({ state: "asking" })
    setFailed(undefined)
    stop.current = new AbortController()
    try {
      const words = await asked({ market, reading, models, signal: stop.current.signal })
      setAsking({ state: "said", words })
    } catch (error) {
      setAsking({ state: "idle" })
      if (!stop.current.signal.aborted) setFailed((error as Error).message)
    }
  }
  return (
    <div className="flex min-w-0 flex-col items-start gap-2">
      {asking.state === "asking" ? (
        <Button onClick={() => stop.current?.abort()}>Stop asking</Button>
      ) : (
        <Button look="primary" onClick={() => void ask()}>
          Ask now
        </Button>
      )}
      <p role="status" className="min-h-5 max-w-[72ch] text-sm text-ink-soft">
        {asking.state === "asking" && "Asking."}
        {asking.state === "said" && asking.words}
        {asking.state === "idle" && models.length === 0 && (
          <>
            No language model is set up, so our rules answer.{" "}
            <Link to="/chat/models" className="underline underline-offset-4 hover:text-ink-strong">
              Set one up
            </Link>
          </>
        )}
      </p>
      {failed !== undefined && <Notice kind="error">{failed}</Notice>}
    </div>
  )
}

type AskedOf = Pick<OpinionPanelProps, "market" | "reading"> &
  Pick<Parameters<typeof keptOpinion>[0], "models" | "signal">

async function asked({ market, reading, models, signal }: AskedOf): Promise<string> {
  const { name, isMadeUp, key } = market
  const { analysis, locked } = await keptOpinion({ market: name, isMadeUp, facts: reading, models, signal })
  const call = analysisCall(key, analysis, Date.now())
  // Where nothing is kept, the answer is all there is.
  if (call) await putCalls([call]).catch(() => {})
  const by = analysis.by.kind === "rules" ? "our rules" : analysis.by.name
  return [`Said by ${by}, and kept before its outcome is known.`, ...(locked === undefined ? [] : [locked])].join(" ")
}
