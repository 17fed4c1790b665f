import type { RegimeHistory } from "#engine/run"
import { States } from "../../../figure/index.ts"
import { usePreferences } from "../../../settings/index.ts"
import { formatDate } from "../../../ui/date-format.ts"
import { formatPercent, formatShort } from "../../../ui/number-format.ts"

type RegimePictureViewProps = { name: string; regimes: RegimeHistory }

/** The price, and in which regime the model said the market was at the time. */
export function RegimePictureView({ name, regimes: { names, rows, picture } }: RegimePictureViewProps) {
  const { timeZone } = usePreferences()
  const most = rows.reduce((longest, row) => (row.candles > longest.candles ? row : longest))
  return (
    <States
      title="When it was in which"
      summary={`${name}: most often “${names[most.regime]}”, ${formatPercent(most.sharePercent, 0)} of the time. The bands behind the price are the regime that was named at the time, darker for higher numbers; below, a row for each regime.`}
      timesMs={picture.openTimeMs}
      values={picture.close}
      valueName="Price"
      states={names.map((state, regime) => ({ name: state, shares: picture.shares[regime] }))}
      valueWords={formatShort}
      timeWords={(timeMs) => formatDate(timeMs, timeZone)}
    />
  )
}
