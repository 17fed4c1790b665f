import { Dices } from "lucide-react"
import { useEffect, useState } from "react"
import { purgeHiddenMarkets, type SavedMarket } from "../db/market-catalogue.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Notice } from "../ui/notice.tsx"
import { PageHeader } from "../ui/page-header.tsx"
import { Skeleton } from "../ui/skeleton.tsx"
import { useUndoKey } from "../ui/use-undo-key.ts"
import { DownloadPanel } from "./download/download-panel.tsx"
import { DropZone } from "./import/drop-zone.tsx"
import { ImportRow } from "./import/import-row.tsx"
import { useImports } from "./import/import-queue.ts"
import { MarketRow } from "./market-row.tsx"
import { StorageLine } from "./storage-line.tsx"
import { SyntheticDialog } from "./synthetic/synthetic-dialog.tsx"
import { useMarkets } from "./use-markets.ts"

/** Longer than the time to undo, so that a second tab does not purge what the first may still restore. */
const UNDO_PASSED_MS = 30_000

/** Bring candles in, see what is there, throw it away. */
export function DataScreen() {
  useUndoKey()
  const markets = useMarkets()
  const imports = useImports()
  useEffect(() => {
    purgeHiddenMarkets(Date.now() - UNDO_PASSED_MS).catch(() => {}) // nothing is kept here, so nothing is left over
  }, [])
  return (
    <>
      <PageHeader title="Data">
        Candles you download or bring are kept in this browser. They are never sent anywhere.
      </PageHeader>
      <DownloadPanel />
      <DropZone>
        Drop candle files here, several at once: CSV of any spelling, Binance's bulk files with their checksums,
        freqtrade's JSON or feather. Plain, .gz or .zip.
      </DropZone>
      <div className="flex flex-col gap-3" aria-live="polite">
        {imports.map((job) => (
          <ImportRow key={job.key} job={job} />
        ))}
      </div>
      {markets.state === "loading" && <MarketListSkeleton />}
      {markets.state === "unavailable" && <Notice kind="error">{markets.because}</Notice>}
      {markets.state === "ready" && <MarketList markets={markets.value} />}
    </>
  )
}

function MarketList({ markets }: { markets: SavedMarket[] }) {
  const [making, setMaking] = useState(false)
  return (
    <section className="flex flex-col gap-4">
      <div>
        <div className="flex items-center justify-between gap-4 pb-3">
          <h2 className="text-base font-semibold">Your markets</h2>
          <Button icon={<Dices aria-hidden className="size-4" />} onClick={() => setMaking(true)}>
            Make one up
          </Button>
        </div>
        {making && <SyntheticDialog markets={markets} onClose={() => setMaking(false)} />}
        {markets.length === 0 && (
          <EmptyState title="None yet">
            Until you bring your own, backtests run on the sample market, which is made up. A year of hourly candles
            from your exchange is a good start.
          </EmptyState>
        )}
        <ul className="border-b border-line empty:hidden">
          {markets.map((market) => (
            <MarketRow key={market.id} market={market} />
          ))}
        </ul>
      </div>
      {/* Another count of markets is another amount stored: asked again by starting over. */}
      <StorageLine key={markets.length} markets={markets} />
    </section>
  )
}

function MarketListSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-6 w-32" />
      <Skeleton className="h-16 w-full" />
    </div>
  )
}
