import { type MarketChoice, timeframeName } from "../../../market/index.ts"
import { Select } from "../../../ui/select.tsx"

type MarketSelectProps = { markets: MarketChoice[]; value: string; onChange: (id: string) => void }

/** One of the markets, by its name and its candles. */
export function MarketSelect({ markets, value, onChange }: MarketSelectProps) {
  return (
    <div className="w-64 max-w-full">
      <Select
        label="On the market"
        value={value}
        choices={markets.map(({ id, name, timeframeMs }) => ({
          value: id,
          label: name,
          hint: timeframeName(timeframeMs),
        }))}
        onChange={onChange}
      />
    </div>
  )
}
