import { X } from "lucide-react"
import { plainText } from "#engine/candles"
import type { VenueId } from "#venues"
import { useVenueMarkets } from "../market/index.ts"
import { IconButton } from "../ui/button.tsx"
import { MarketPicker } from "../venue/index.ts"

type MarketChoiceProps = {
  venue: VenueId
  markets: string[]
  problem: string | undefined
  onChange: (markets: string[]) => void
}

/** What a bot trades: one market, or several with one currency. */
export function MarketChoice({ venue, markets, problem, onChange }: MarketChoiceProps) {
  const known = useVenueMarkets(venue)
  return (
    <div className="flex flex-col gap-2">
      <MarketPicker
        label={markets.length === 0 ? "Market" : "Another market"}
        markets={known.markets}
        picked={undefined}
        onPick={({ symbol }) => !markets.includes(symbol) && onChange([...markets, symbol])}
        onOpen={known.load}
        onRetry={known.retry}
      />
      {problem !== undefined && (
        <p role="alert" className="text-sm text-loss">
          {problem}
        </p>
      )}
      <ul aria-label="Markets it trades" className="flex flex-wrap gap-2 empty:hidden">
        {markets.map((name) => (
          <li key={name} className="inline-flex items-center rounded-md bg-surface-2 pl-3 text-sm text-ink-strong">
            {plainText(name, 40)}
            <IconButton
              label={`Leave out ${plainText(name, 40)}`}
              onClick={() => onChange(markets.filter((each) => each !== name))}
            >
              <X aria-hidden className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
    </div>
  )
}
