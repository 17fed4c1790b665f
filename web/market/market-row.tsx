import { Link } from "@tanstack/react-router"
import { Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { usePreferences } from "../settings/index.ts"
import { buttonClass, IconButton } from "../ui/button.tsx"
import { formatCandleDay } from "../ui/date-format.ts"
import { formatBytes, formatCount, formatNumber } from "../ui/number-format.ts"
import { Skeleton } from "../ui/skeleton.tsx"
import { waitingFor } from "./mend/defect-words.ts"
import { deleteWithUndo } from "./market-deletion.ts"
import { OriginChip } from "./market-origin.tsx"
import { wholeView } from "./market-strip-band.ts"
import { MarketStrip } from "./market-strip.tsx"
import { type Inspection, type Reading, useInspection } from "./mend/mend.ts"
import { RenameDialog } from "./rename-dialog.tsx"
import { timeframeName } from "./use-markets.ts"

/** One market: its contents, its strip, and its actions. Its name leads to its own page. */
export function MarketRow({ market }: { market: SavedMarket }) {
  const [renaming, setRenaming] = useState(false)
  const { timeZone } = usePreferences()
  const reading = useInspection(market)
  const marketDay = (timeMs: number) => formatCandleDay(timeMs, market.timeframeMs, timeZone)
  return (
    <li className="flex flex-col gap-3 border-t border-line py-4">
      <div className="flex flex-col gap-3 sm:flex-row sm:items-start sm:justify-between sm:gap-6">
        <div className="flex min-w-0 flex-col gap-1">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h3 className="text-base font-semibold">
              <Link
                to="/data/$marketId"
                params={{ marketId: market.id }}
                className="underline-offset-4 hover:underline"
              >
                {market.name} <span className="font-normal text-ink-soft">{timeframeName(market.timeframeMs)}</span>
              </Link>
            </h3>
            <OriginChip market={market} />
          </div>
          <p className="text-ink">
            {marketDay(market.fromMs)} to {marketDay(market.toMs)} · {formatCount(market.candleCount, "candle")} ·{" "}
            {gapWords(market)}
          </p>
          <p className="text-sm wrap-anywhere text-ink-soft">
            {market.source} · {formatBytes(market.storedBytes)}
          </p>
          {market.notes.map((note) => (
            <p key={note} className="text-sm text-warn">
              {note}
            </p>
          ))}
        </div>
        <div className="flex shrink-0 items-center gap-1">
          <Link to="/backtest" search={{ market: market.id }} className={buttonClass("quiet")}>
            Test on it
          </Link>
          <IconButton label={`Rename ${market.name}`} onClick={() => setRenaming(true)}>
            <Pencil aria-hidden className="size-4" />
          </IconButton>
          <IconButton label={`Delete ${market.name}`} onClick={() => void deleteWithUndo(market)}>
            <Trash2 aria-hidden className="size-4" />
          </IconButton>
        </div>
      </div>
      <RowStrip market={market} reading={reading} />
      {renaming && <RenameDialog market={market} onClose={() => setRenaming(false)} />}
    </li>
  )
}

/** Keeps its place while the candles are checked. */
function RowStrip({ market, reading }: { market: SavedMarket; reading: Reading<Inspection> }) {
  if (reading.state === "failed") return <p className="text-sm text-loss">{reading.because}</p>
  const waiting = reading.state === "ready" ? waitingFor(reading.value.defects) : undefined
  return (
    <div className="flex flex-col gap-1">
      {reading.state === "ready" ? (
        <MarketStrip market={market} inspection={reading.value} view={wholeView(market)} className="h-5" />
      ) : (
        <Skeleton className="h-5 w-full" />
      )}
      <p className="min-h-6 text-sm text-ink-soft">
        {waiting && (
          <Link
            to="/data/$marketId"
            params={{ marketId: market.id }}
            className="inline-flex min-h-6 items-center underline decoration-dotted underline-offset-4 hover:text-ink-strong"
          >
            {waiting}
          </Link>
        )}
      </p>
    </div>
  )
}

function gapWords({ gapCount, missingCandles }: SavedMarket): string {
  if (gapCount === 0) return "no gaps"
  return `${formatNumber(gapCount)} ${gapCount === 1 ? "gap" : "gaps"}, ${formatNumber(missingCandles)} missing`
}
