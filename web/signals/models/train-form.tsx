import { Dices } from "lucide-react"
import { useMemo, useRef } from "react"
import { regimeCounts } from "#engine/run"
import { modelLimits, strategyFromJson, type StrategyProblem } from "#engine/strategy"
import { MadeUpChip } from "../../figure/index.ts"
import type { MarketChoice } from "../../market/index.ts"
import { madeUpOfMarkets } from "../../run/made-up.ts"
import { Button } from "../../ui/button.tsx"
import { NumberField } from "../../ui/number-field.tsx"
import { Notice } from "../../ui/notice.tsx"
import { Select } from "../../ui/select.tsx"
import { beginTraining } from "../../run/training.ts"
import { about } from "./card/term.tsx"
import { FeatureRows } from "./feature-rows.tsx"
import { ModelFields } from "./model-fields.tsx"
import { scratchOf } from "./scratch-strategy.ts"
import {
  featuresOf,
  looksAtFeatures,
  type Method,
  methodsFor,
  requestOf,
  targets,
  timeframeFor,
  timeframesOf,
  type TrainChoices,
} from "./train-choices.ts"

type TrainFormProps = {
  markets: MarketChoice[]
  choices: TrainChoices
  onChoose: (choices: TrainChoices) => void
  onBegin: () => void
}

/** Where a forecast is chosen and its training begun. */
export function TrainForm({ markets, choices, onChoose, onBegin }: TrainFormProps) {
  const change = (part: Partial<TrainChoices>) => onChoose(fitting({ ...choices, ...part }))
  const market = markets.find(({ id }) => id === choices.marketId) ?? markets[0]
  const request = requestOf(choices, market)
  const problems = useFeatureProblems(choices, market)
  const form = useRef<HTMLElement>(null)
  const begin = () => {
    const wrong = form.current?.querySelector<HTMLElement>("[aria-invalid=true]")
    if (wrong) return wrong.focus()
    if (!request || problems.length > 0) return
    onBegin()
    void beginTraining({ marketId: market.id, request })
  }
  return (
    <section ref={form} aria-label="Train a forecast" className="flex flex-col gap-5">
      <MarketFields {...{ markets, market, choices, change }} />
      <WhatFields choices={choices} change={change} />
      {looksAtFeatures(choices.method) && (
        <FeatureRows
          features={featuresOf(choices)}
          isUsual={choices.features === undefined}
          timeframe={timeframeFor(choices, market) ?? "1h"}
          problems={problems}
          onChange={(features) => change({ features })}
        />
      )}
      {!request && (
        <Notice kind="warn">
          The candles of this market have no timeframe that a model can look at. Choose another market.
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" disabled={!request || problems.length > 0} onClick={begin}>
          Train it
        </Button>
        <p className="text-sm text-ink-soft">
          {choices.method === "regimes"
            ? "It learns here, in your browser, from the past alone, and its table is only about candles it has not seen."
            : "It learns here, in your browser, from the past alone, and is judged only on candles it has not seen."}
        </p>
      </div>
    </section>
  )
}

/** Choices that do not go together any more become ones that do. */
function fitting(choices: TrainChoices): TrainChoices {
  const isPossible = methodsFor(choices.target).some(({ value }) => value === choices.method)
  return isPossible ? choices : { ...choices, method: "regression" }
}

/** What is wrong with the formulas it would look at, by their places. */
function useFeatureProblems(choices: TrainChoices, market: MarketChoice): StrategyProblem[] {
  const timeframe = timeframeFor(choices, market)
  const features = choices.features
  return useMemo(() => {
    if (!features || !timeframe) return []
    const checked = strategyFromJson(scratchOf(features, timeframe), { extra: market.extraNames ?? [] })
    return checked.ok ? [] : checked.problems
  }, [features, timeframe, market.extraNames])
}

type FieldsProps = { choices: TrainChoices; change: (part: Partial<TrainChoices>) => void }

function MarketFields({
  markets,
  market,
  choices,
  change,
}: FieldsProps & { markets: MarketChoice[]; market: MarketChoice }) {
  const { horizonCandles, method } = choices
  const isForecast = method !== "regimes"
  return (
    <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <ModelFields
        markets={markets}
        asked={{
          marketId: market.id,
          timeframe: timeframeFor(choices, market),
          ...(isForecast && { horizonCandles }),
        }}
        timeframes={timeframesOf(market)}
        onChange={change}
      />
      <div className="pb-2">
        <MadeUpChip of={madeUpOfMarkets([market])} />
      </div>
    </div>
  )
}

function WhatFields({ choices, change }: FieldsProps) {
  const { target, method, seed, units, windowCandles } = choices
  return (
    <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Select
        label="How"
        about={about("regimes")}
        value={method}
        choices={methodsFor(target)}
        onChange={(value) => change({ method: value as Method, features: undefined })}
      />
      {method === "regimes" ? (
        <RegimeCountField choices={choices} change={change} />
      ) : (
        <Select
          label="What"
          value={target}
          choices={targets}
          onChange={(value) => change({ target: value as TrainChoices["target"], features: undefined })}
        />
      )}
      <div className="flex items-end gap-2">
        <div className="min-w-0 grow">
          <NumberField
            label="Seed"
            about={about("seed")}
            value={seed}
            min={0}
            max={MOST_SEED}
            onChange={(value) => change({ seed: Math.round(value) })}
          />
        </div>
        <Button
          aria-label="Another seed"
          icon={<Dices aria-hidden className="size-4" />}
          onClick={() => change({ seed: Math.floor(Math.random() * MOST_SEED) })}
        />
      </div>
      {method === "lstm" && (
        <>
          <NumberField
            label="Units"
            about={about("units")}
            value={units}
            min={2}
            max={modelLimits.units}
            problem={units % 2 === 1 ? "An even number." : undefined}
            onChange={(value) => change({ units: Math.round(value) })}
          />
          <NumberField
            label="Window, candles"
            about={about("window")}
            value={windowCandles}
            min={2}
            max={modelLimits.windowCandles}
            onChange={(value) => change({ windowCandles: Math.round(value) })}
          />
        </>
      )}
    </div>
  )
}

const AS_MANY = "as many as show"

function RegimeCountField({ choices, change }: FieldsProps) {
  return (
    <Select
      label="How many regimes"
      about={about("regimeCount")}
      value={choices.groups === undefined ? AS_MANY : String(choices.groups)}
      choices={[
        { value: AS_MANY, label: "As many as show" },
        ...regimeCounts.map((count) => ({ value: String(count), label: String(count) })),
      ]}
      onChange={(value) => change({ groups: regimeCounts.find((count) => String(count) === value) })}
    />
  )
}

const MOST_SEED = 1_000_000
