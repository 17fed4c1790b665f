import { cardInWords, type ForecastCard } from "#engine/result"
import type { ForecastModel } from "#engine/strategy"
import { printJson, printText } from "../answer.ts"

/** Prints a model's card: all of it as JSON, or in sentences. */
export async function printCard(
  card: ForecastCard,
  model: ForecastModel,
  { json, more = {} }: { json: boolean | undefined; more?: Record<string, unknown> },
): Promise<void> {
  const { hash, kind, target, horizonCandles, timeframe } = model
  if (json) await printJson({ ...card, kind, target, horizonCandles, timeframe, hash, ...more })
  else await printText(`${cardInWords(card)}\n\nModel ${hash}\n`)
}
