import { quotedCode } from "../../candles/foreign-text.ts"
import { dayText } from "../../candles/iso-time.ts"
import type { StrategyDocument } from "../document/strategy-document.ts"
import { otherEngineNotes } from "./other-engine.ts"

/** What to know of a strategy's models where it was run by an engine (its hash) over candles from `fromMs` (UTC) on. */
export function runNotes(
  { models = {} }: Pick<StrategyDocument, "models">,
  { engine, fromMs }: { engine: string; fromMs: number },
): string[] {
  const all = Object.values(models)
  const silent = all.filter(({ parts }) => parts[0].readyFromMs > fromMs)
  return [...otherEngineNotes(all, engine), ...silent.map(silentNote)]
}

function silentNote({ name, parts }: NonNullable<StrategyDocument["models"]>[string]): string {
  const day = dayText(parts[0].readyFromMs)
  return `The model ${quotedCode(name)} speaks from ${day} on: it learnt from the days before. Rules that ask it could not trade there, but those days count here, also in what holding made and in trades a month. Begin the test on ${day} to leave them out.`
}
