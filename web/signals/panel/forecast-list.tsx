import type { ForecastCard } from "#engine/result"
import type { SignalRecord } from "#engine/run"
import type { ForecastModel } from "#engine/strategy"
import type { KeptModel, ScoredOn } from "../../db/kept-model.ts"
import type { ForecastNow } from "../../run/forecast-now.ts"
import type { SignalsFound } from "../../run/signals-job.ts"
import { formatCount } from "../../ui/number-format.ts"
import { ActionWord } from "./action-word.tsx"
import { chanceWords, rangeWords, valueWords } from "./forecast-words.ts"
import { LiveRecord } from "./live-record.tsx"
import { ModelsLink } from "./models-link.tsx"
import { forecastSource } from "./panel-calls.ts"
import type { PanelMarket } from "./panel-market.ts"
import { RegimeNow } from "./regime-now.tsx"

type ForecastListProps = {
  market: Pick<PanelMarket, "kept">
  found: SignalsFound
  models: readonly KeptModel[]
  /** How many kept models are for other timeframes. */
  others: number
  records: readonly SignalRecord[]
  hasEnded: boolean
}

/** What each kept model says of the last candle, its card's verdict, and its record here. */
export function ForecastList({ market, found, models, others, records, hasEnded }: ForecastListProps) {
  const { timeframe } = found.reading
  return (
    <section aria-labelledby="forecasts-title" className="flex min-w-0 flex-col gap-4">
      <h2 id="forecasts-title" className="text-base font-semibold">
        What your models forecast
      </h2>
      {models.length === 0 ? (
        <NoModels timeframe={timeframe} />
      ) : (
        <ul aria-label="Forecasts" className="border-b border-line">
          {models.map((kept) => {
            const now = found.forecasts.find(({ hash }) => hash === kept.hash)
            if (kept.regimes) return <RegimeNow key={kept.hash} kept={kept} now={now} />
            return (
              <Forecast
                key={kept.hash}
                model={kept.model}
                verdict={kept.card.verdict}
                scoredOn={kept.scoredOn}
                isOfHere={market.kept.some(({ id }) => id === kept.scoredOn.marketId)}
                now={now}
                record={records.find(({ source }) => source === forecastSource(kept.hash))}
                hasEnded={hasEnded}
              />
            )
          })}
        </ul>
      )}
      {others > 0 && (
        <p className="text-sm text-ink-soft">
          {`${formatCount(others, "kept model")} ${others === 1 ? "is" : "are"} for other timeframes.`}
        </p>
      )}
      {models.length > 0 && (
        <p className="flex max-w-[72ch] flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
          A forecast buys and sells nothing. Rules may ask it, and keep their stop and their limits.
          <ModelsLink>Use in a rule</ModelsLink>
        </p>
      )}
    </section>
  )
}

function NoModels({ timeframe }: { timeframe: string }) {
  return (
    <div className="flex flex-col items-start gap-3 border-t border-line py-4">
      <p className="max-w-[60ch] text-ink-soft">
        {`No kept model is for ${timeframe} candles. A model learns from a market's past what its next candles may do, and its card says whether it is any better than a coin. Most are not.`}
      </p>
      <ModelsLink>Train a model</ModelsLink>
    </div>
  )
}

type ForecastProps = {
  model: ForecastModel
  verdict: ForecastCard["verdict"]
  scoredOn: ScoredOn
  /** Its card is of this market. */
  isOfHere: boolean
  now: ForecastNow | undefined
  record: SignalRecord | undefined
  hasEnded: boolean
}

function Forecast({ model, verdict, scoredOn, isOfHere, now, record, hasEnded }: ForecastProps) {
  const isUp = (now?.probability ?? 0) > 0.5
  return (
    <li className="flex min-w-0 flex-col gap-2 border-t border-line py-4" data-model={model.hash}>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h3 className="font-semibold wrap-anywhere">{model.name}</h3>
        {now?.probability != null && model.target !== "volatility" && (
          <ActionWord action={isUp ? "BUY" : "SELL"} isGrey={!verdict.skill || !isOfHere} />
        )}
      </div>
      {now === undefined || now.value === null ? (
        <p className="text-ink-soft">{now?.because ?? "It is asked at the next candle."}</p>
      ) : (
        <dl className="grid grid-cols-1 gap-x-6 gap-y-2 sm:grid-cols-3">
          <Figure name="Forecast" value={valueWords(model, now)} />
          <Figure name="Probability" value={chanceWords(model, now)} />
          <Figure name="Between" value={rangeWords(model, now)} />
        </dl>
      )}
      <p className="max-w-[72ch] text-sm text-ink-soft">
        <span className="font-medium text-ink">{`Its card, on ${scoredOn.name}${scoredOn.isMadeUp ? " (made up)" : ""}: `}</span>
        {verdict.because}
        {!isOfHere && " That is another market: how good it is on this one, nobody has measured."}
      </p>
      {model.target === "volatility" ? (
        <p className="max-w-[72ch] text-sm text-ink-soft">
          This names no side that could be right, so no calls of it are kept here.
        </p>
      ) : (
        <LiveRecord record={record} what="forecast" hasEnded={hasEnded} />
      )}
    </li>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere text-ink-strong tabular-nums">{value}</dd>
    </div>
  )
}
