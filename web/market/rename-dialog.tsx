import { useState } from "react"
import { renameMarket, type SavedMarket } from "../db/market-catalogue.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { TextField } from "../ui/text-field.tsx"

/** Asks for a market's new name. */
export function RenameDialog({ market, onClose }: { market: SavedMarket; onClose: () => void }) {
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
