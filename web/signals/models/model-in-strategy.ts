import { timeframesMs } from "#engine/candles"
import { type ForecastModel, modelLimits, type StrategyDocument, type WrittenStrategy } from "#engine/strategy"

/** A strategy that asks a model now, or why it cannot. */
export type WithModel = { ok: true; document: WrittenStrategy } | { ok: false; because: string }

const words = { direction: "rise", return: "return", volatility: "swing" } as const

/**
 * The strategy with the model in it, and a condition for buying that asks it. `regime`: the one of a model of regimes
 * in which it may buy; any of them where left out.
 */
export function withModel(document: WrittenStrategy, model: ForecastModel, regime?: number): WithModel {
  const because = unfitBecause(document, model)
  if (because !== undefined) return { ok: false, because }
  const { models = {}, long } = document
  const name = nameIn(models, model)
  const condition = conditionOf(name, { model, timeframe: document.timeframe, regime })
  const enter = long ? { all: [...asAll(long.enter), condition] } : { all: [condition] }
  return {
    ok: true,
    document: { ...document, models: { ...models, [name]: model }, long: { exit: null, ...long, enter } },
  }
}

function unfitBecause({ timeframe, models = {}, code }: WrittenStrategy, model: ForecastModel): string | undefined {
  if (code) return "It is written in code, which cannot ask a model yet. Choose one with rules."
  if (timeframesMs[timeframe] > timeframesMs[model.timeframe])
    return `It decides on ${timeframe} candles, and the model speaks of ${model.timeframe}. Choose a strategy on ${model.timeframe} or shorter.`
  if (isIn(models, model)) return undefined
  if (Object.keys(models).length >= modelLimits.models)
    return `It carries ${modelLimits.models} models already, which is all it can.`
  const { length } = JSON.stringify({ ...models, added: model })
  return length > modelLimits.characters
    ? "The model is too large to be carried with what it carries already. Train one with fewer units or parts."
    : undefined
}

function isIn(models: Record<string, ForecastModel>, { hash }: ForecastModel): boolean {
  return Object.values(models).some((each) => each.hash === hash)
}

/** The name a strategy has for it already, or a free one such as "rise6h". */
function nameIn(models: Record<string, ForecastModel>, model: ForecastModel): string {
  const known = Object.entries(models).find(([, { hash }]) => hash === model.hash)
  if (known) return known[0]
  const plain =
    model.kind === "regimes"
      ? `moods${model.timeframe}`
      : `${words[model.target]}${model.horizonCandles}x${model.timeframe}`
  let name = plain
  for (let n = 2; Object.hasOwn(models, name); n++) name = `${plain}_${n}`
  return name
}

/** Surer than a coin, by a little: what a forecast of prices can be. */
const SURE = 0.55

type Asking = { model: ForecastModel; timeframe: WrittenStrategy["timeframe"]; regime?: number }

function conditionOf(name: string, { model, timeframe, regime }: Asking): string {
  const clock = timeframe === model.timeframe ? "" : ` @ ${model.timeframe}`
  // Of any regime it still asks for one: before the model's first day there is none.
  if (model.kind === "regimes") return `regime("${name}")${clock} ${regime === undefined ? ">= 0" : `== ${regime}`}`
  const asked = `forecast("${name}").probability${clock}`
  return model.target === "volatility" ? `${asked} < 0.5` : `${asked} > ${SURE}`
}

/** Conditions that must all be true; of those of which any one is enough, one that says so. */
function asAll(enter: NonNullable<StrategyDocument["long"]>["enter"]): string[] {
  if ("all" in enter) return enter.all
  return [enter.any.map((text) => `(${text})`).join(" or ")]
}

/** A new strategy that does nothing but follow the model; with regimes, a plain trend that minds them. */
export function strategyOf(model: ForecastModel, regime?: number): WrittenStrategy {
  const fresh = model.kind === "regimes" ? trendIn(model) : forecastOnly(model)
  const answer = withModel(fresh, model, regime)
  return answer.ok ? answer.document : fresh
}

function trendIn({ timeframe, name }: ForecastModel): WrittenStrategy {
  return {
    format: "candlewright.strategy/1",
    name: `By the mood: ${name}`.slice(0, MOST_NAME_LETTERS),
    description: "Buys above the average price of 50 candles while the mood is right, and sells below it.",
    timeframe,
    long: { enter: { all: ["close > sma(close, 50)"] }, exit: { any: ["close < sma(close, 50)"] } },
    protect: { stopLoss: { kind: "percent", percent: 5 } },
    size: { kind: "equity", percent: 90 },
    limits: { maxOpenPositions: 1 },
  }
}

function forecastOnly(model: ForecastModel): WrittenStrategy {
  const { timeframe, horizonCandles, target, name } = model
  return {
    format: "candlewright.strategy/1",
    name: `By the forecast: ${name}`.slice(0, MOST_NAME_LETTERS),
    description: "Buys when a forecast is sure enough, and sells when its time is over.",
    timeframe,
    long: { enter: { all: target === "volatility" ? ["close > sma(close, 50)"] : [] }, exit: null },
    protect: { stopLoss: { kind: "percent", percent: 5 }, timeStop: { candles: horizonCandles } },
    size: { kind: "equity", percent: 90 },
    limits: { maxOpenPositions: 1 },
  }
}

const MOST_NAME_LETTERS = 100
