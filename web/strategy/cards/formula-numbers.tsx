import { SlidersHorizontal } from "lucide-react"
import { numberSpots } from "#engine/strategy"
import { Button } from "../../ui/button.tsx"
import { formatShort } from "../../ui/number-format.ts"

/** The numbers of a formula, each of which becomes a slider in one press. */
export function FormulaNumbers({ text, onAdjustable }: { text: string; onAdjustable: (at: number) => void }) {
  const spots = numberSpots(text)
  if (spots.length === 0) return null
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="text-sm text-ink-soft">Make adjustable:</span>
      {spots.map(({ at, value, label }) => (
        <Button
          key={at}
          icon={<SlidersHorizontal aria-hidden className="size-4" />}
          aria-label={`Make ${label} ${formatShort(value)} adjustable`}
          onClick={() => onAdjustable(at)}
        >
          {formatShort(value)}
        </Button>
      ))}
    </div>
  )
}
