import { useState } from "react"
import { currencyCode } from "../db/currency-pair.ts"
import { renameMarket, type SavedMarket, setQuote } from "../db/market-catalogue.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { TextField } from "../ui/text-field.tsx"

/** Asks for a market's new name, and for the currency of its prices where no exchange has given it. */
export function RenameDialog({ market, onClose }: { market: SavedMarket; onClose: () => void }) {
  const [name, setName] = useState(market.name)
  const [quote, setQuoteText] = useState(market.quote ?? "")
  const isCode = quote.trim() === "" || currencyCode(quote) !== undefined
  const save = async () => {
    await renameMarket(market.id, name)
    if (market.symbol === undefined) await setQuote(market.id, currencyCode(quote))
    onClose()
  }
  return (
    <Dialog title="Rename the market" open onOpenChange={onClose}>
      <form className="flex flex-col gap-4" onSubmit={(event) => (event.preventDefault(), void save())}>
        <TextField label="Name, such as BTC/USDT" value={name} maxLength={40} onChange={setName} />
        {market.symbol === undefined && (
          <TextField
            label="Its prices are in, such as USDT or EUR"
            value={quote}
            maxLength={10}
            autoComplete="off"
            spellCheck={false}
            problem={isCode ? undefined : "Write the code of a currency, of 2 to 10 letters."}
            onChange={setQuoteText}
          />
        )}
        <Button type="submit" look="primary" disabled={name.trim() === "" || !isCode} className="self-end">
          Save
        </Button>
      </form>
    </Dialog>
  )
}
