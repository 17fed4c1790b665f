import { sha256Hex } from "#engine/candles"
import { type BacktestResult, resultHashOf } from "#engine/result"
import { canonicalStrategy, chosenParams, type ParamValues, strategyFromJson } from "#engine/strategy"

/** `contradictions`: its figures are not those it was made with, and nobody should keep them. All in sentences. */
export type RunDoubts = { contradictions: string[]; others: string[] }

/** What about a run's file does not fit its own fingerprints, or this app; `engine`: this app's. */
export async function doubtsAboutRun(file: unknown, engine: string | undefined): Promise<RunDoubts> {
  const run = partsOf(file)
  const { document, params } = partsOf(run.setup)
  const [isOfStrategy, isOfResult] = await Promise.all([fitsStrategy(run.strategy, document, params), fitsResult(run)])
  const isCode = partsOf(document).code !== undefined
  // Code is compiled to an engine of its own, whose hash says nothing about the app's.
  const isOwnEngine = isCode || engine === undefined || run.engine === engine
  return {
    contradictions: [
      ...(isOfStrategy ? [] : ["The strategy in the file is not the one its numbers were made with."]),
      ...(isOfResult ? [] : ["The numbers in the file do not fit their own fingerprint: they were changed."]),
    ],
    others: isOwnEngine
      ? []
      : ["It was made by another engine, so the numbers here may differ from those in the file."],
  }
}

/** A file that says no fingerprint cannot contradict it. */
async function fitsStrategy(hash: unknown, document: unknown, params: unknown): Promise<boolean> {
  const checked = strategyFromJson(document)
  if (hash === undefined || !checked.ok) return true
  const chosen = chosenParams(checked.strategy, partsOf(params) as ParamValues)
  if (!chosen.ok) return false
  return hash === (await sha256Hex(new TextEncoder().encode(canonicalStrategy(checked.strategy, chosen.values))))
}

async function fitsResult({ resultHash, trades, curve }: Record<string, unknown>): Promise<boolean> {
  const { equity } = partsOf(curve)
  if (resultHash === undefined) return true
  if (!Array.isArray(trades) || !Array.isArray(equity)) return false
  const column = { equity: Float64Array.from(equity as number[]) }
  return resultHash === (await resultHashOf({ trades, equity: column } as Pick<BacktestResult, "trades" | "equity">))
}

function partsOf(value: unknown): Record<string, unknown> {
  return Object(value) as Record<string, unknown>
}
