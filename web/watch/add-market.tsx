import { Plus, X } from "lucide-react"
import { useState } from "react"
import { type VenueId, type VenueMarket, venues } from "#venues"
import { useVenueMarkets } from "../market/index.ts"
import { MarketPicker } from "../venue/index.ts"
import { Button, IconButton } from "../ui/button.tsx"
import { Select } from "../ui/select.tsx"

/** Finds a market of any exchange and puts it on the list. Closed by default. */
export function AddMarket({ onAdd }: { onAdd: (venue: VenueId, market: VenueMarket) => void }) {
  const [open, setOpen] = useState(false)
  if (open) return <AddForm onAdd={onAdd} onClose={() => setOpen(false)} />
  return (
    <Button icon={<Plus aria-hidden className="size-4" />} onClick={() => setOpen(true)}>
      Add a market
    </Button>
  )
}

function AddForm({ onAdd, onClose }: { onAdd: (venue: VenueId, market: VenueMarket) => void; onClose: () => void }) {
  const [venue, setVenue] = useState<VenueId>("binance")
  const { markets, load, retry } = useVenueMarkets(venue)
  const add = (market: VenueMarket) => {
    onAdd(venue, market)
    onClose()
  }
  return (
    <div className="flex flex-col gap-3 border-b border-line pb-4">
      <div className="flex items-center justify-between">
        <h3 className="text-base font-semibold">Add a market</h3>
        <IconButton label="Close" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <Select
        label="Exchange"
        value={venue}
        choices={venues.map(({ id, name, isPractice }) => ({
          value: id,
          label: name,
          hint: isPractice ? "made-up prices" : undefined,
        }))}
        onChange={(id) => setVenue(id as VenueId)}
      />
      <MarketPicker
        key={venue}
        label="Market"
        markets={markets}
        picked={undefined}
        onPick={add}
        onOpen={load}
        onRetry={retry}
      />
    </div>
  )
}
