import type { Timeframe } from "#engine/candles"
import type { MarketChoice } from "../../market/index.ts"
import { NumberField } from "../../ui/number-field.tsx"
import { Select } from "../../ui/select.tsx"
import { about } from "./card/term.tsx"
import { MarketSelect } from "./market-select.tsx"

/** What every model is asked about; a part that is left out is not asked for. */
export type ModelAsked = { marketId: string; timeframe?: Timeframe; horizonCandles?: number }

/** Further ahead there are too few outcomes to judge by. */
const MOST_HORIZON = 500

type ModelFieldsProps = {
  markets: readonly MarketChoice[]
  asked: ModelAsked
  /** Those the market's candles can be joined into. */
  timeframes?: readonly Timeframe[]
  onChange: (part: Partial<ModelAsked>) => void
}

/** On which market, on candles of which length, and how far ahead: fields to be laid out by what is around them. */
export function ModelFields({ markets, asked, timeframes = [], onChange }: ModelFieldsProps) {
  const { marketId, timeframe, horizonCandles } = asked
  return (
    <>
      <MarketSelect
        label="Market"
        markets={markets}
        value={marketId}
        onChange={(chosen) => onChange({ marketId: chosen })}
      />
      {timeframes.length > 0 && (
        <Select
          label="Candles of"
          value={timeframe ?? ""}
          choices={timeframes.map((name) => ({ value: name, label: name }))}
          onChange={(chosen) => onChange({ timeframe: chosen as Timeframe })}
        />
      )}
      {horizonCandles !== undefined && (
        <NumberField
          label="Over how many candles"
          about={about("horizon")}
          value={horizonCandles}
          min={1}
          max={MOST_HORIZON}
          onChange={(value) => onChange({ horizonCandles: Math.round(value) })}
        />
      )}
    </>
  )
}
