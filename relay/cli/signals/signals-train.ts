import { type Candles, plainText, quoted, type Timeframe, timeframeOf, isTimeframe } from "#engine/candles"
import {
  type Engine,
  type ForecastRequest,
  MOST_FOLDS,
  type RegimeCount,
  trainForecast,
  regimeCounts,
  trainRegimes,
  type TrainingNews,
  USUAL_LSTM,
  usualRegimesName,
} from "#engine/run"
import { forecastTargets, type ForecastModel, modelLimits } from "#engine/strategy"
import { lstmTrainer, startTraining } from "#forecasts"
import { report } from "../answer.ts"
import { candleChoice, openCandles } from "../candles/candle-input.ts"
import {
  choiceOption,
  countOption,
  HonestNo,
  neededOption,
  noPositionals,
  numberOption,
  readWords,
  timeframeOption,
  WrongUsage,
} from "../command.ts"
import { checkWritable, writeTextFile } from "../file-output.ts"
import { installedEngine } from "../installation.ts"
import { ProgressLine } from "../progress-line.ts"
import { refusedBy } from "../strategy-input.ts"
import { printCard } from "./signal-card.ts"
import { printRegimes } from "./signal-regimes.ts"
import { feeFrom } from "./signals-score.ts"

const options = {
  candles: { type: "string" },
  model: { type: "string" },
  horizon: { type: "string" },
  target: { type: "string" },
  feature: { type: "string", multiple: true },
  timeframe: { type: "string" },
  seed: { type: "string" },
  folds: { type: "string" },
  units: { type: "string" },
  window: { type: "string" },
  groups: { type: "string" },
  name: { type: "string" },
  out: { type: "string" },
  "fee-percent": { type: "string" },
  json: { type: "boolean" },
} as const

const MODEL_WORDS = ["regression", "trend", "lstm", "regimes", "naive", "drift", "always-up"] as const
const USUAL_HORIZON = "24"

/** `candlewright signals train` */
export async function signalsTrain(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  noPositionals(positionals)
  const request = await readRequest(values)
  if (values.out !== undefined) await checkWritable(values.out)
  const engine = await installedEngine()
  if (request.kind === "regimes") return trainMoods(engine, request, values)
  const line = new ProgressLine(process.stderr)
  const trainSequence = request.kind === "lstm" ? lstmTrainer(await startTraining()) : undefined
  const answer = await trainForecast(
    engine,
    { ...request, kind: request.kind },
    {
      trainSequence,
      feePercent: feeFrom(values["fee-percent"]),
      onNews: (news) => line.show(newsInWords(news)),
    },
  ).finally(() => line.end())
  if (!answer.ok) throw refused(answer.problems)
  await keep(answer.model, values.out)
  await printCard(answer.card, answer.model, { json: values.json })
}

type Values = ReturnType<typeof readWords<typeof options>>["values"]
type Asked = Omit<ForecastRequest, "kind"> & {
  kind: ForecastRequest["kind"] | "regimes"
  groups: RegimeCount | undefined
}

async function readRequest(values: Values): Promise<Asked> {
  const given = neededOption("candles", values.candles)
  const word = choiceOption("model", neededOption("model", values.model), MODEL_WORDS)
  refuseIdle(word, values)
  const target = choiceOption("target", values.target ?? "direction", forecastTargets)
  const horizonCandles = countOption("horizon", values.horizon ?? USUAL_HORIZON, modelLimits.horizonCandles)
  const chosen = timeframeOption(values.timeframe)
  const { market, file } = candleChoice(given)
  const count = (name: "folds" | "units" | "window", most: number) =>
    values[name] === undefined ? undefined : countOption(name, values[name], most)
  const lstm = {
    units: count("units", modelLimits.units) ?? USUAL_LSTM.units,
    windowCandles: count("window", modelLimits.windowCandles) ?? USUAL_LSTM.windowCandles,
  }
  const numbers = { seed: seedFrom(values.seed), folds: count("folds", MOST_FOLDS), lstm }
  const candles = await openCandles(file, { market })
  const timeframe = chosen ?? ownTimeframe(candles)
  const groups = groupsFrom(values.groups)
  const usualName = word === "regimes" ? usualRegimesName({ timeframe, groups }) : `${word}, ${horizonCandles} ahead`
  return {
    name: values.name ?? usualName,
    kind: kindOf(word, target),
    target,
    horizonCandles,
    timeframe,
    features: values.feature,
    market: market ?? "",
    candles,
    groups,
    ...numbers,
  }
}

type ModelWord = (typeof MODEL_WORDS)[number]

/** Options that change nothing of some models. */
const idleOptions: [option: keyof Values, isIdle: (word: ModelWord) => boolean][] = [
  ["units", (word) => word !== "lstm"],
  ["window", (word) => word !== "lstm"],
  ["groups", (word) => word !== "regimes"],
  ["horizon", (word) => word === "regimes"],
  ["target", (word) => word === "regimes"],
  ["fee-percent", (word) => word === "regimes"],
]

/** An option that would do nothing is a misunderstanding, and no training should hide it. */
function refuseIdle(word: ModelWord, values: Values): void {
  const idle = idleOptions.find(([option, isIdle]) => values[option] !== undefined && isIdle(word))
  if (idle) throw new WrongUsage(`--${idle[0]} does nothing for --model ${word}; leave it out`)
}

function seedFrom(text = "1"): number {
  const seed = numberOption("seed", text)
  if (Number.isSafeInteger(seed) && seed >= 0) return seed
  throw new WrongUsage(`--seed takes a whole number from 0, not ${quoted(text)}`)
}

function groupsFrom(text: string | undefined): RegimeCount | undefined {
  if (text === undefined) return undefined
  const word = choiceOption("groups", text, regimeCounts.map(String))
  return regimeCounts.find((count) => String(count) === word)
}

function kindOf(word: ModelWord, target: ForecastRequest["target"]): Asked["kind"] {
  if (word === "regression") return target === "direction" ? "logistic" : "ridge"
  if (word === "naive") return "lastValue"
  return word === "always-up" ? "alwaysUp" : word
}

function ownTimeframe({ timeframeMs }: Candles): Timeframe {
  const own = timeframeOf(timeframeMs)
  if (own !== undefined && isTimeframe(own)) return own
  throw new HonestNo("These candles have no timeframe of ours; choose one with --timeframe.")
}

/** The last part learns from all of the history, for what comes after it. */
function newsInWords(news: TrainingNews): string {
  const history = news.parts - 1
  const part = news.part > history ? "the part for what comes next" : `part ${news.part} of ${history}`
  if (news.kind === "part") return `${part} is learnt`
  return `${part} · epoch ${news.epoch} · loss ${news.trainLoss.toFixed(4)}, unseen ${news.validationLoss.toFixed(4)}`
}

async function trainMoods(engine: Engine, request: Asked, { out, json }: Values): Promise<void> {
  const answer = await trainRegimes(engine, request)
  if (!answer.ok) throw refused(answer.problems)
  await keep(answer.model, out)
  await printRegimes(engine, answer.model, request.candles, json)
}

async function keep(model: ForecastModel, file: string | undefined): Promise<void> {
  if (file === undefined) return
  await writeTextFile(file, `${JSON.stringify(model, null, 1)}\n`)
  report(`${plainText(file, 200)} holds the model.`)
}

/** Which option a place in the request came from. */
const optionOf = {
  name: "--name",
  features: "--feature",
  market: "--candles",
  candles: "--candles",
  horizonCandles: "--horizon",
  folds: "--folds",
  "lstm.units": "--units",
  "lstm.windowCandles": "--window",
}

function refused(problems: { path: string; because: string }[]): HonestNo {
  const [{ path }] = problems
  const [field, option] = Object.entries(optionOf).find(([name]) => path.startsWith(name)) ?? ["", "the model"]
  return refusedBy(
    problems.map((problem) => (problem.path === field ? { ...problem, path: "" } : problem)),
    option,
  )
}
