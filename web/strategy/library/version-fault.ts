import { problemInWords, strategyFromJson } from "#engine/strategy"
import { markVersion, type StrategyVersion } from "../../db/strategy-version.ts"
import { checkInBrowser } from "../../run/code-compiler.ts"

/** Marks a version that was just kept where it does not run; without a compiler only its document is looked at. */
export async function markIfBroken(version: StrategyVersion | undefined): Promise<void> {
  const fault = version && (await faultOf(version))
  if (fault !== undefined) await markVersion(version!, fault)
}

/** Why a version does not run; what an earlier Candlewright wrote down of its document is said anew. */
export function faultInWords({ document, fault }: StrategyVersion): string | undefined {
  if (fault === undefined) return undefined
  const read = strategyFromJson(document)
  return read.ok ? fault : problemInWords(document, read.problems[0])
}

async function faultOf({ document }: StrategyVersion): Promise<string | undefined> {
  const read = strategyFromJson(document)
  if (!read.ok) return problemInWords(document, read.problems[0])
  if (!document.code) return undefined
  const mistakes = await checkInBrowser(document.code.source).catch(() => [])
  const first = mistakes.find(({ isError }) => isError)
  return first && `line ${first.line}: ${first.message}`
}
