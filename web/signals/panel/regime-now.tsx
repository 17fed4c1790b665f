import type { KeptRegimes } from "../../db/kept-model.ts"
import type { ForecastNow } from "../../run/forecast-now.ts"
import { formatNumber, formatPercent } from "../../ui/number-format.ts"

type RegimeNowProps = { kept: KeptRegimes; now: ForecastNow | undefined }

/** In which mood a model of regimes sees the last candle. */
export function RegimeNow({ kept: { model, regimes }, now }: RegimeNowProps) {
  const { value = null } = now ?? {}
  return (
    <li className="flex min-w-0 flex-col gap-2 border-t border-line py-4" data-model={model.hash}>
      <h3 className="font-semibold wrap-anywhere">{model.name}</h3>
      {value === null ? (
        <p className="text-ink-soft">{now?.because ?? "It is asked at the next candle."}</p>
      ) : (
        <p className="text-ink-strong">{`Regime ${regimes.names[value]}`}</p>
      )}
      <p className="max-w-[72ch] text-sm text-ink-soft">
        {value === null ? "" : usuallyWords(regimes.rows[value])}
        {"It names a mood and forecasts nothing, so no calls of it are kept here."}
      </p>
    </li>
  )
}

/** What its unseen candles were like in this mood. */
function usuallyWords({ sharePercent, meanRunCandles, nextVolatilityPercent }: KeptRegimes["regimes"]["rows"][number]) {
  if (meanRunCandles === null) return "It was never in this one before. "
  return `It is in this one ${formatPercent(sharePercent, 0)} of the time, for about ${formatNumber(meanRunCandles, 0)} candles on end, and the next candle swings by ${formatPercent(nextVolatilityPercent, 2)}. `
}
