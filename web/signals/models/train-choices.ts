import { type Timeframe, timeframesMs } from "#engine/candles"
import { type RegimeCount, USUAL_LSTM, usualFeatures, usualRegimeFeatures, usualRegimesName } from "#engine/run"
import { type ForecastTarget, marketForModel } from "#engine/strategy"
import type { TrainingRequest } from "../../db/kept-training.ts"
import type { MarketChoice } from "../../market/index.ts"

/** How a forecast is made, as a person chooses it. */
export type Method = "regression" | "trend" | "lstm" | "regimes" | "lastValue" | "drift" | "alwaysUp"

/** What a person has chosen to train. */
export type TrainChoices = {
  marketId: string
  /** Undefined is the market's own. */
  timeframe?: Timeframe
  method: Method
  target: ForecastTarget
  horizonCandles: number
  seed: number
  /** Undefined are the usual ones. */
  features?: string[]
  units: number
  windowCandles: number
  /** How many regimes; undefined is as many as show. */
  groups?: RegimeCount
}

export const firstChoices: TrainChoices = {
  marketId: "sample",
  method: "regression",
  target: "direction",
  horizonCandles: 6,
  seed: 1,
  ...USUAL_LSTM,
}

/** The methods, each with what it is in a few words. */
export const methods: { value: Method; label: string; hint: string }[] = [
  { value: "regression", label: "Regression", hint: "weighs what it looks at; seconds" },
  { value: "lstm", label: "LSTM", hint: "remembers a window of candles; minutes" },
  { value: "trend", label: "Trend", hint: "draws the line of the last candles on" },
  { value: "regimes", label: "Regimes", hint: "no forecast: which mood is it in?" },
  { value: "lastValue", label: "As it was", hint: "naive: what was comes again" },
  { value: "drift", label: "The average", hint: "naive: always the usual" },
  { value: "alwaysUp", label: "Always up", hint: "naive: never in doubt" },
]

/** What can be forecast, in words. */
export const targets: { value: ForecastTarget; label: string; hint: string }[] = [
  { value: "direction", label: "Direction", hint: "does the price rise?" },
  { value: "return", label: "Return", hint: "by how many percent?" },
  { value: "volatility", label: "Volatility", hint: "how much does it swing?" },
]

/** Of how far prices swing, neither a line through prices nor "up" says anything. */
export function methodsFor(target: ForecastTarget) {
  return methods.filter(({ value }) => target !== "volatility" || (value !== "trend" && value !== "alwaysUp"))
}

/** Only what learns looks at things of one's choice. */
export function looksAtFeatures(method: Method): boolean {
  return method === "regression" || method === "lstm" || method === "regimes"
}

/** The timeframes a market's candles can be joined into, its own first. */
export function timeframesOf({ timeframeMs }: Pick<MarketChoice, "timeframeMs">): Timeframe[] {
  return (Object.keys(timeframesMs) as Timeframe[]).filter(
    (name) => timeframesMs[name] >= timeframeMs && timeframesMs[name] % timeframeMs === 0,
  )
}

/** What to train; undefined where the market's candles have no timeframe a model can look at. */
export function requestOf(
  choices: TrainChoices,
  market: Pick<MarketChoice, "name" | "timeframeMs">,
): TrainingRequest | undefined {
  const { target, horizonCandles, seed, units, windowCandles, groups } = choices
  const timeframe = timeframeFor(choices, market)
  if (timeframe === undefined) return undefined
  const kind = kindOf(choices)
  const shared = {
    timeframe,
    features: featuresOf(choices),
    market: marketForModel(market.name),
    seed,
  }
  if (kind === "regimes") return { ...shared, kind, groups, name: usualRegimesName({ timeframe, groups }) }
  return {
    ...shared,
    name: nameOf(choices, timeframe),
    kind,
    target,
    horizonCandles,
    ...(kind === "lstm" && { lstm: { units, windowCandles } }),
  }
}

/** What it looks at: the person's own formulas, or the usual ones. */
export function featuresOf(choices: TrainChoices): string[] {
  const { target, horizonCandles, method, features } = choices
  if (features && looksAtFeatures(method)) return features
  const kind = kindOf(choices)
  return kind === "regimes" ? [...usualRegimeFeatures] : usualFeatures({ kind, target, horizonCandles })
}

/** The chosen timeframe where the market has it, or its own. */
export function timeframeFor(
  { timeframe }: Pick<TrainChoices, "timeframe">,
  market: Pick<MarketChoice, "timeframeMs">,
): Timeframe | undefined {
  const possible = timeframesOf(market)
  return possible.find((each) => each === timeframe) ?? possible[0]
}

function kindOf({ method, target }: TrainChoices): TrainingRequest["kind"] {
  if (method !== "regression") return method
  return target === "direction" ? "logistic" : "ridge"
}

const targetWords: Record<ForecastTarget, string> = { direction: "Rise", return: "Return", volatility: "Swing" }

/** "Rise over 6 candles of 1h, by regression". */
function nameOf({ target, horizonCandles, method }: TrainChoices, timeframe: Timeframe): string {
  const by = methods.find(({ value }) => value === method)!.label
  const over = horizonCandles === 1 ? `1 candle of ${timeframe}` : `${horizonCandles} candles of ${timeframe}`
  return `${targetWords[target]} over ${over}: ${by}`
}
