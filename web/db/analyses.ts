import { type Analysis, dueMs, outcomeOf } from "#models"
import { database } from "./database.ts"

/** Older ones make room beyond this. */
export const MOST_ANALYSES = 2_000

/** Keeps what was said of a market, before its outcome is known. */
export async function putAnalysis(analysis: Analysis): Promise<void> {
  await database.transaction("rw", database.analyses, async () => {
    await database.analyses.put(analysis)
    const tooMany = (await database.analyses.count()) - MOST_ANALYSES
    if (tooMany > 0) await database.analyses.orderBy("atMs").limit(tooMany).delete()
  })
}

export function findAnalysis(id: string): Promise<Analysis | undefined> {
  return database.analyses.get(id)
}

/** The newest first. */
export function listAnalyses(): Promise<Analysis[]> {
  return database.analyses.orderBy("atMs").reverse().toArray()
}

/** Notes the outcomes of a market's analyses that are known by now. `closeAt`: the close at a moment, where it is known. */
export async function settleAnalyses(
  market: string,
  closeAt: (ofAnalysis: Analysis, timeMs: number) => Promise<number | undefined>,
): Promise<void> {
  const open = await database.analyses.filter((one) => one.market === market && one.outcome === null).toArray()
  for (const analysis of open) {
    const close = await closeAt(analysis, dueMs(analysis))
    if (close !== undefined) await database.analyses.update(analysis.id, { outcome: outcomeOf(analysis, close) })
  }
}
