import type { CandleDefect } from "#engine/candles"
import { Link, useNavigate } from "@tanstack/react-router"
import { ArrowLeft, Pencil, Trash2 } from "lucide-react"
import { type ReactNode, useState } from "react"
import { RunChart } from "../chart/index.ts"
import { listDownloads } from "../db/download-job.ts"
import { findMarket, type SavedMarket } from "../db/market-catalogue.ts"
import { useKept } from "../db/use-kept.ts"
import { usePreferences } from "../settings/index.ts"
import { buttonClass, IconButton } from "../ui/button.tsx"
import { formatCandleDay } from "../ui/date-format.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { formatCount } from "../ui/number-format.ts"
import { PageHeader } from "../ui/page-header.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { useUndoKey } from "../ui/use-undo-key.ts"
import { DefectList } from "./mend/defect-list.tsx"
import { candleCount, waitingFor } from "./mend/defect-words.ts"
import { DownloadRow } from "./download/download-row.tsx"
import { ExportButton } from "./export-button.tsx"
import { deleteWithUndo } from "./market-deletion.ts"
import { OriginChip } from "./market-origin.tsx"
import { MarketSource } from "./market-source.tsx"
import { wholeView, zoomed } from "./market-strip-band.ts"
import { MarketZoom } from "./market-zoom.tsx"
import { type Inspection, useInspection, usePrices } from "./mend/mend.ts"
import { MendList } from "./mend/mend-list.tsx"
import { RenameDialog } from "./rename-dialog.tsx"
import { timeframeName } from "./use-markets.ts"

/** One market: its range, what is odd about it and what to do about that, its prices, its origin. */
export function MarketPage({ marketId }: { marketId: string }) {
  useUndoKey()
  const kept = useKept(() => findMarket(marketId), [marketId])
  if (kept.state === "loading") return <MarketPageSkeleton />
  if (kept.state === "unavailable") return <Notice kind="error">{kept.because}</Notice>
  return kept.value ? <Market key={marketId} market={kept.value} /> : <NotHere />
}

function Market({ market }: { market: SavedMarket }) {
  const { timeZone } = usePreferences()
  const reading = useInspection(market)
  return (
    <>
      <MarketHeader market={market} />
      <MarketDownloads marketId={market.id} />
      {reading.state === "failed" && <Notice kind="error">{reading.because}</Notice>}
      {reading.state === "loading" && <Skeleton className="h-28 w-full" />}
      {reading.state === "ready" && <Inspected market={market} inspection={reading.value} />}
      <Part title="Where it comes from">
        <MarketSource market={market} zone={timeZone} />
      </Part>
    </>
  )
}

/** Downloads under way for this market, such as stretches fetched again. */
function MarketDownloads({ marketId }: { marketId: string }) {
  const jobs = useKept(listDownloads)
  const own = jobs.state === "ready" ? jobs.value.filter((job) => job.marketId === marketId) : []
  return own.map((job) => <DownloadRow key={job.id} job={job} />)
}

function MarketHeader({ market }: { market: SavedMarket }) {
  const [renaming, setRenaming] = useState(false)
  const navigate = useNavigate()
  const { timeZone } = usePreferences()
  const marketDay = (timeMs: number) => formatCandleDay(timeMs, market.timeframeMs, timeZone)
  const remove = async () => {
    await deleteWithUndo(market)
    await navigate({ to: "/data" })
  }
  return (
    <div className="flex flex-col gap-3">
      <Link
        to="/data"
        className="inline-flex min-h-6 w-fit items-center gap-1 text-sm text-ink-soft hover:text-ink-strong"
      >
        <ArrowLeft aria-hidden className="size-4" /> All data
      </Link>
      <PageHeader
        title={`${market.name} ${timeframeName(market.timeframeMs)}`}
        action={
          <div className="flex items-center gap-1">
            <Link to="/backtest" search={{ market: market.id }} className={buttonClass("primary")}>
              Test on it
            </Link>
            <ExportButton market={market} />
            <IconButton label="Rename" onClick={() => setRenaming(true)}>
              <Pencil aria-hidden className="size-4" />
            </IconButton>
            <IconButton label="Delete" onClick={() => void remove()}>
              <Trash2 aria-hidden className="size-4" />
            </IconButton>
          </div>
        }
      >
        <OriginChip market={market} /> {marketDay(market.fromMs)} to {marketDay(market.toMs)} ·{" "}
        {formatCount(market.candleCount, "candle")}
      </PageHeader>
      {renaming && <RenameDialog market={market} onClose={() => setRenaming(false)} />}
    </div>
  )
}

function Inspected({ market, inspection }: { market: SavedMarket; inspection: Inspection }) {
  const { timeZone } = usePreferences()
  const [selected, setSelected] = useState<CandleDefect>()
  const [view, setView] = useState(wholeView(market))
  const { defects, mends } = inspection
  const select = (defect: CandleDefect) => {
    setSelected(defect)
    setView(
      zoomed(market, wholeView(market), {
        factor: (200 * market.timeframeMs) / (market.toMs - market.fromMs + market.timeframeMs),
        aroundMs: (defect.fromMs + defect.toMs) / 2,
      }),
    )
  }
  const shown = defects.find((defect) => defect.kind === selected?.kind && defect.fromMs === selected.fromMs)
  return (
    <>
      <MarketZoom
        market={market}
        inspection={inspection}
        view={view}
        zone={timeZone}
        onView={setView}
        onPick={({ defect }) => select(defect)}
      />
      <Part title="What is odd">
        <p className="max-w-[72ch]">{verdict(market, defects)}</p>
        {defects.length > 0 && (
          <DefectList market={market} defects={defects} zone={timeZone} selected={shown} onSelect={select} />
        )}
      </Part>
      {mends.length > 0 && (
        <Part title="What was changed">
          <MendList market={market} mends={mends} zone={timeZone} />
        </Part>
      )}
      <Part title="Prices">
        <Prices market={market} selected={shown} />
      </Part>
    </>
  )
}

function Prices({ market, selected }: { market: SavedMarket; selected?: CandleDefect }) {
  const { timeZone } = usePreferences()
  const reading = usePrices(market)
  if (reading.state === "failed") return <Notice kind="error">{reading.because}</Notice>
  if (reading.state === "loading") return <Skeleton className="h-80 w-full" />
  const { barMs, close } = reading.value
  const summary = `Prices of ${market.name}, from ${close[0]} to ${close.at(-1)}.`
  return (
    <>
      <RunChart
        title={`${market.name} ${timeframeName(market.timeframeMs)}`}
        summary={summary}
        columns={reading.value}
        trades={[]}
        panes={["price"]}
        priceDecimals={decimalsToShow(market, close)}
        currency={market.quote}
        zone={timeZone}
        showMs={selected?.fromMs}
        className="h-80"
      />
      {barMs > market.timeframeMs && (
        <p className="text-sm text-ink-soft">Drawn in candles of {timeframeName(barMs)}.</p>
      )}
    </>
  )
}

/** As many as separate neighbouring prices; a finer grid only fills the axis with zeros. */
function decimalsToShow({ priceDecimals }: SavedMarket, close: Float64Array): number {
  const whole = Math.max(1, ...close.slice(-1).map((price) => Math.ceil(Math.log10(price + 1))))
  return Math.min(priceDecimals, close[close.length - 1] >= 1 ? Math.max(0, 6 - whole) : 8)
}

function verdict(market: SavedMarket, defects: CandleDefect[]): string {
  if (defects.length === 0)
    return `Nothing odd in ${candleCount(market.candleCount)}: no gaps, spikes, seams, silences or standstills that are not decided.`
  const waiting = waitingFor(defects)
  return waiting
    ? `${waiting[0].toUpperCase()}${waiting.slice(1)}. Your decisions are recorded, shown with each result, and can be undone.`
    : "Nothing that would change a result by much; good to know all the same."
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </section>
  )
}

function NotHere() {
  return (
    <>
      <PageHeader title="Market" />
      <EmptyState
        title="This market is not in this browser"
        action={
          <Link to="/data" className={buttonClass("quiet")}>
            See all data
          </Link>
        }
      >
        It was deleted, or the link comes from another browser: candles stay where they were brought. Import or download
        them again to see it here.
      </EmptyState>
    </>
  )
}

function MarketPageSkeleton() {
  return (
    <div className="flex flex-col gap-6" aria-busy>
      <Skeleton className="h-16 w-full max-w-160" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-80 w-full" />
    </div>
  )
}
