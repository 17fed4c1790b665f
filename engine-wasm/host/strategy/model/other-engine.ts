import { quotedCode } from "../../candles/foreign-text.ts"
import type { ForecastModel } from "./forecast-model.ts"

const SHOWN_DIGITS = 12

/**
 * A note for each model that another version of the engine trained than the one that makes its forecasts, by hash: they
 * are computed all the same, and may differ from those that its card was made of.
 */
export function otherEngineNotes(models: readonly Pick<ForecastModel, "name" | "made">[], engine: string): string[] {
  return models.filter(({ made }) => made.engine !== engine).map(({ name, made }) => noteOf(name, made.engine, engine))
}

function noteOf(name: string, trainedBy: string, engine: string): string {
  return `The model ${quotedCode(name)} was trained by another version of the engine (${shortened(trainedBy)}); this one (${shortened(engine)}) makes its forecasts all the same, and they may differ from those it was judged by. Judge it again, or train it again.`
}

function shortened(hash: string): string {
  return hash.slice(0, SHOWN_DIGITS)
}
