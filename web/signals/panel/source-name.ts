import type { KeptModel } from "../../db/kept-model.ts"
import { forecastSource } from "./panel-calls.ts"

/** Who said a call, in words. */
export function sourceName(source: string, models: readonly KeptModel[]): string {
  if (source === "votes") return "Indicator votes"
  if (source === "rules") return "Our rules"
  if (source.startsWith("model:")) return source.slice("model:".length)
  const model = models.find(({ hash }) => source === forecastSource(hash))
  return model?.model.name ?? "A model that is no longer kept"
}
