import { type MarketChoice, timeframeName } from "../../market/index.ts"
import { Select } from "../../ui/select.tsx"

type MarketSelectProps = {
  label: string
  markets: readonly MarketChoice[]
  value: string
  onChange: (id: string) => void
}

/** One of the markets, by its name and its candles. */
export function MarketSelect({ label, markets, value, onChange }: MarketSelectProps) {
  return (
    <Select
      label={label}
      value={value}
      choices={markets.map(({ id, name, timeframeMs }) => ({
        value: id,
        label: name,
        hint: timeframeName(timeframeMs),
      }))}
      onChange={onChange}
    />
  )
}
