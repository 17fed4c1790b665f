import type { MarketReading } from "#engine/run"
import { type Analysis, analysed, trackRecord, trackRecordInWords } from "#models"
import { listAnalyses, putAnalysis } from "../../db/analyses.ts"
import type { SetUpModel } from "../../db/model-settings.ts"

type About = {
  market: string
  isMadeUp: boolean
  facts: MarketReading
  models: readonly SetUpModel[]
  signal: AbortSignal
}

/** What to think of these facts, by a model where there is one; kept with them before its outcome is known. */
export async function keptOpinion({
  models,
  signal,
  ...about
}: About): Promise<{ analysis: Analysis; locked?: string }> {
  const record = trackRecordInWords(trackRecord(await listAnalyses().catch(() => [])))
  const { desk, providers, locked } = await modelsFor(models)
  const { market, facts } = about
  const said = await analysed({ market, facts, record, desk, providers, signal })
  const analysis: Analysis = { id: crypto.randomUUID(), atMs: Date.now(), ...about, ...said, outcome: null }
  // Where nothing is kept, the answer is all there is.
  await putAnalysis(analysis).catch(() => {})
  return { analysis, locked }
}

/** What knows models comes where there is one. */
async function modelsFor(models: readonly SetUpModel[]) {
  if (models.length === 0) return { desk: undefined, providers: [], locked: undefined }
  const { chatDesk, providersFor } = await import("../model-desk.ts")
  const { desk } = await chatDesk()
  return { desk, ...(await providersFor(models, "analyse")) }
}
