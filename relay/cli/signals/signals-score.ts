import { quoted } from "#engine/candles"
import { judgedForecast, USUAL_FEE_PERCENT } from "#engine/run"
import { forecastModelFromJson, type ForecastModel, otherEngineNotes, type StrategyProblem } from "#engine/strategy"
import { report } from "../answer.ts"
import { openCandles } from "../candles/candle-input.ts"
import { type HonestNo, neededOption, numberOption, onePositional, readWords, WrongUsage } from "../command.ts"
import { readTextFile } from "../file-input.ts"
import { installedEngine } from "../installation.ts"
import { refusedBy } from "../strategy-input.ts"
import { printCard } from "./signal-card.ts"
import { printRegimes } from "./signal-regimes.ts"

const options = { candles: { type: "string" }, "fee-percent": { type: "string" }, json: { type: "boolean" } } as const

/** `candlewright signals score` */
export async function signalsScore(words: string[]): Promise<void> {
  const { values, positionals } = readWords(words, options)
  const file = onePositional("MODEL.json", positionals)
  const candles = await openCandles(neededOption("candles", values.candles))
  const feePercent = feeFrom(values["fee-percent"])
  const model = await openModel(file)
  const engine = await installedEngine()
  const notes = otherEngineNotes([model], engine.sha256)
  notes.forEach(report)
  if (model.kind === "regimes") return printRegimes(engine, model, candles, values.json)
  const answer = judgedForecast(engine, model, candles, { feePercent })
  if (!answer.ok) throw refused(answer.problems, file)
  await printCard(answer.card, model, { json: values.json, more: { isSameEngine: notes.length === 0, notes } })
}

/** What the candles are refused for is no fault of the model. */
function refused(problems: StrategyProblem[], file: string): HonestNo {
  const [{ path, ...rest }] = problems
  return path === "candles" ? refusedBy([{ path: "", ...rest }], "--candles") : refusedBy(problems, file)
}

/** A fee in percent; `WrongUsage` where none can be so. */
export function feeFrom(text: string | undefined): number {
  if (text === undefined) return USUAL_FEE_PERCENT
  const percent = numberOption("fee-percent", text)
  if (percent >= 0 && percent < 100) return percent
  throw new WrongUsage(`--fee-percent takes a number from 0 to below 100, not ${quoted(text)}`)
}

/** The model in a file; `HonestNo` names what of it is wrong. */
export async function openModel(file: string): Promise<ForecastModel> {
  const answer = forecastModelFromJson(await readTextFile(file, modelText))
  if (!answer.ok) throw refusedBy(answer.problems, file)
  return answer.model
}

const modelText = { mostBytes: 2 ** 20, what: "model" }
