import { Download } from "lucide-react"
import { useState } from "react"
import type { SavedMarket } from "../db/market-catalogue.ts"
import { Button, IconButton } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Notice } from "../ui/notice.tsx"
import { saveMarketAsFile } from "./export-market.ts"
import type { ExportKind } from "./export-worker.ts"

const kinds: { kind: ExportKind; label: string; about: string }[] = [
  { kind: "csv", label: "CSV", about: "Opens in any spreadsheet." },
  { kind: "csv.gz", label: "CSV, packed as .gz", about: "A third of the size; Python and R read it as it is." },
  { kind: "zip", label: "CSV, packed as .zip", about: "A third of the size; opens with a double click." },
]

/** Exports a market's candles from the browser, as a file that can be imported again. */
export function ExportButton({ market }: { market: SavedMarket }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton label="Export" onClick={() => setOpen(true)}>
        <Download aria-hidden className="size-4" />
      </IconButton>
      {open && <ExportDialog market={market} onClose={() => setOpen(false)} />}
    </>
  )
}

function ExportDialog({ market, onClose }: { market: SavedMarket; onClose: () => void }) {
  const [state, setState] = useState<{ writing?: ExportKind; failed?: string }>({})
  const save = async (kind: ExportKind) => {
    setState({ writing: kind })
    try {
      await saveMarketAsFile(market, kind)
      onClose()
    } catch (error) {
      setState({ failed: (error as Error).message })
    }
  }
  return (
    <Dialog
      title={`Export ${market.name}`}
      description="All its candles, oldest first, times in UTC milliseconds. Brought back, the file gives the same candles to the bit."
      open
      onOpenChange={onClose}
    >
      <ul className="flex flex-col gap-3">
        {kinds.map(({ kind, label, about }) => (
          <li key={kind} className="flex items-center justify-between gap-4">
            <div>
              <p className="text-ink-strong">{label}</p>
              <p className="text-sm text-ink-soft">{about}</p>
            </div>
            <Button
              aria-label={`Save as ${label}`}
              disabled={state.writing !== undefined}
              onClick={() => void save(kind)}
            >
              {state.writing === kind ? "Writing…" : "Save"}
            </Button>
          </li>
        ))}
      </ul>
      {state.failed && <Notice kind="error">The file could not be written. {state.failed}</Notice>}
    </Dialog>
  )
}
