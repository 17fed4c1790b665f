import { Link } from "@tanstack/react-router"
import { Pencil, Trash2 } from "lucide-react"
import { useState } from "react"
import { hideMarket, purgeMarket, renameMarket, type SavedMarket } from "../db/market-catalogue.ts"
import { usePreferences } from "../settings/index.ts"
import { Button, buttonClass, IconButton } from "../ui/button.tsx"
import { formatDate } from "../ui/date-format.ts"
import { Dialog } from "../ui/dialog.tsx"
import { formatBytes, formatNumber } from "../ui/number-format.ts"
import { TextField } from "../ui/text-field.tsx"
import { toastWithUndo } from "../ui/toast.tsx"
import { timeframeName } from "./use-markets.ts"

/** One imported market: what it holds, and what can be done with it. */
export function MarketRow({ market }: { market: SavedMarket }) {
  const [renaming, setRenaming] = useState(false)
  const { timeZone } = usePreferences()
  return (
    <li className="flex flex-col gap-3 border-t border-line py-4 sm:flex-row sm:items-start sm:justify-between sm:gap-6">
      <div className="flex min-w-0 flex-col gap-1">
        <h3 className="text-base font-semibold">
          {market.name} <span className="font-normal text-ink-soft">{timeframeName(market.timeframeMs)}</span>
        </h3>
        <p className="text-ink">
          {formatDate(market.fromMs, timeZone)} to {formatDate(market.toMs, timeZone)} · {formatNumber(market.candleCount)} candles · {gapWords(market)}
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
      {renaming && <RenameDialog market={market} onClose={() => setRenaming(false)} />}
    </li>
  )
}

function RenameDialog({ market, onClose }: { market: SavedMarket; onClose: () => void }) {
  const [name, setName] = useState(market.name)
  const save = async () => {
    await renameMarket(market.id, name)
    onClose()
  }
  return (
    <Dialog title="Rename the market" open onOpenChange={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void save())}>
        <TextField label="Name, such as BTC/USDT" value={name} maxLength={40} onChange={setName} />
        <Button type="submit" look="primary" disabled={name.trim() === ""} className="self-end">
          Rename
        </Button>
      </form>
    </Dialog>
  )
}

async function deleteWithUndo({ id, name }: SavedMarket) {
  await hideMarket(id, Date.now())
  void toastWithUndo({
    text: `${name} deleted.`,
    onUndo: () => void hideMarket(id, undefined),
    onExpire: () => void purgeMarket(id),
  })
}

function gapWords({ gapCount, missingCandles }: SavedMarket): string {
  if (gapCount === 0) return "no gaps"
  return `${formatNumber(gapCount)} ${gapCount === 1 ? "gap" : "gaps"}, ${formatNumber(missingCandles)} missing`
}
