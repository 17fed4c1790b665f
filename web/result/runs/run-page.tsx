import { Link } from "@tanstack/react-router"
import { useState } from "react"
import { plainText } from "#engine/candles"
import { verdictOf } from "#engine/result"
import { planInWords } from "#engine/strategy"
import { AskAbout } from "../../chat/index.ts"
import { findRuns, MOST_NOTE_LETTERS, noteRun, type RunDetail, type SavedRun } from "../../db/saved-run.ts"
import { useKept } from "../../db/use-kept.ts"
import { MadeUpChip } from "../../figure/index.ts"
import { parseSearch } from "../../search-text.ts"
import { usePreferences } from "../../settings/index.ts"
import { buttonClass } from "../../ui/button.tsx"
import { formatDateTime, type TimeZone } from "../../ui/date-format.ts"
import { Notice } from "../../ui/notice.tsx"
import { Fingerprints } from "../../ui/fingerprints.tsx"
import { NotHere } from "../../ui/not-here.tsx"
import { PageHeader } from "../../ui/page-header.tsx"
import { Skeleton } from "../../ui/skeleton.tsx"
import { TextArea } from "../../ui/text-area.tsx"
import { madeUpOfRun } from "../../run/made-up-run.ts"
import { setupFromSearch } from "../../run/run-setup.ts"
import { DangerFlags } from "../../strategy/index.ts"
import { isOfOtherEngine } from "./other-engine.ts"
import { MarketGone } from "./market-gone.tsx"
import { RepeatRun } from "./repeat-run.tsx"
import { RunCurves } from "./run-curves.tsx"
import { useAppEngine } from "./use-app-engine.ts"
import { type RunMarkets, useRunMarkets } from "./use-run-markets.ts"
import { useRunNames } from "./use-run-names.ts"

/** A run as it was kept: what came out, what it was run with, the person's note, and the way to run it again. */
export function RunPage({ runId }: { runId: string }) {
  const answer = useKept(() => findRuns([runId]), [runId])
  if (answer.state === "unavailable") return <Notice kind="error">{answer.because}</Notice>
  if (answer.state === "loading")
    return (
      <div aria-busy>
        <h1 className="sr-only">A run</h1>
        <Skeleton className="h-60 w-full" />
      </div>
    )
  const [run] = answer.value
  return run ? <KeptRun run={run} /> : <NoRun />
}

function KeptRun({ run }: { run: SavedRun }) {
  const { timeZone } = usePreferences()
  const engine = useAppEngine()
  const nameOf = useRunNames([run])
  const markets = useRunMarkets(run)
  return (
    <>
      <PageHeader
        title={nameOf(run)}
        action={
          <div className="flex flex-wrap items-center gap-3">
            <MadeUpChip of={madeUpOfRun(run)} />
            <WaysOn run={run} isHere={markets.state === "here"} />
          </div>
        }
      >
        {`${originWords(run, timeZone)} ${run.detail?.settings ?? ""}`.trim()}
      </PageHeader>
      {markets.state === "gone" && <MarketGone run={run} />}
      {isOfOtherEngine(run, engine) && (
        <Notice kind="warn">
          Another engine made this run: the app has changed since. Its numbers are as they were then; repeat it to see
          what this engine says.
        </Notice>
      )}
      {run.detail ? <RunDetails run={run} detail={run.detail} markets={markets} /> : <WithoutDetail />}
      <Note run={run} />
      <Hashes run={run} />
    </>
  )
}

function WaysOn({ run, isHere }: { run: SavedRun; isHere: boolean }) {
  const { address, strategyId, strategy, market, detail } = run
  // Without its candles the backtest has nothing to show of it.
  if (!isHere)
    return (
      strategyId && (
        <Link to="/library/$strategyId" params={{ strategyId }} className={buttonClass("quiet")}>
          To its strategy
        </Link>
      )
    )
  const words = `${plainText(strategy, 60)} on ${plainText(market)}`
  return (
    <div className="flex flex-wrap gap-2">
      {detail && <AskAbout subject={{ kind: "run", words, address, document: detail.document, strategyId }} />}
      <Link to="/backtest" search={parseSearch(address)} className={buttonClass("quiet")}>
        {strategyId ? "Open the strategy as it is now" : "Open in the backtest"}
      </Link>
    </div>
  )
}

function originWords({ ranAtMs, fromFile }: SavedRun, zone: TimeZone): string {
  const when = formatDateTime(ranAtMs, zone)
  return fromFile === undefined
    ? `Run on ${when}.`
    : `From a file, ${plainText(fromFile, 60)}, taken in on ${when}: its figures are those of the file.`
}

type RunDetailsProps = { run: SavedRun; detail: RunDetail; markets: RunMarkets }

function RunDetails({ run, detail, markets }: RunDetailsProps) {
  const verdict = verdictOf({
    cash: detail.cash,
    holdingFinal: detail.holdingFinal,
    currency: detail.currency,
    ...detail.metrics,
    tradeCount: run.tradeCount ?? 0,
  })
  const testedOn = { markets: [plainText(run.market)], currency: detail.currency, cash: detail.cash }
  return (
    <>
      <p className="max-w-[52ch] text-lg text-ink" data-testid="kept-verdict">
        {verdict.map(({ text }) => text).join("")}
      </p>
      <DangerFlags document={detail.document} leverage={setupFromSearch(parseSearch(run.address)).leverage} />
      <h2 className="sr-only">The curve</h2>
      <RunCurves runs={[run]} />
      <section className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">What was tested</h2>
        <ul className="flex max-w-[72ch] list-disc flex-col gap-1 pl-5">
          {planInWords(detail.document, undefined, testedOn).map(({ text }) => (
            <li key={text} className="wrap-anywhere">
              {text}
            </li>
          ))}
        </ul>
      </section>
      {markets.state === "here" && <RepeatRun run={run} detail={detail} markets={markets.markets} />}
    </>
  )
}

function WithoutDetail() {
  return (
    <Notice kind="info">
      An earlier Candlewright kept only the figures of this run. Open it in the backtest to run it again.
    </Notice>
  )
}

function Note({ run }: { run: SavedRun }) {
  const [note, setNote] = useState(run.note ?? "")
  return (
    <div className="max-w-[72ch]">
      <TextArea
        label="Your note"
        value={note}
        maxLength={MOST_NOTE_LETTERS}
        placeholder="What you tried, what you learnt"
        onChange={(text) => {
          setNote(text)
          void noteRun(run.id, text)
        }}
      />
    </div>
  )
}

function Hashes({ run: { hashes, detail } }: { run: SavedRun }) {
  const rows: [string, string][] = [
    ["Engine", hashes.engine],
    ["Strategy with its numbers", hashes.strategy],
    ["Candles", hashes.data],
    ["Trades and equity", detail?.resultHash ?? "not kept then"],
  ]
  return <Fingerprints title="What it was run with" rows={rows} />
}

function NoRun() {
  const toRuns = (
    <Link to="/library/runs" className={buttonClass("primary")}>
      To the runs
    </Link>
  )
  return (
    <NotHere noun="run" action={toRuns}>
      It was deleted, made room for newer ones, or the address is of another browser.
    </NotHere>
  )
}
