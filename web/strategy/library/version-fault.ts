import { type StrategyProblem, strategyFromJson } from "#engine/strategy"
import { markVersion, type StrategyVersion } from "../../db/strategy-version.ts"
import { checkInBrowser } from "../../run/code-compiler.ts"

/** Marks a version that was just kept where it does not run; without a compiler only its document is looked at. */
export async function markIfBroken(version: StrategyVersion | undefined): Promise<void> {
  const fault = version && (await faultOf(version))
  if (fault !== undefined) await markVersion(version!, fault)
}

async function faultOf({ document }: StrategyVersion): Promise<string | undefined> {
  const read = strategyFromJson(document)
  if (!read.ok) return words(read.problems[0])
  if (!document.code) return undefined
  const mistakes = await checkInBrowser(document.code.source).catch(() => [])
  const first = mistakes.find(({ isError }) => isError)
  return first && `line ${first.line}: ${first.message}`
}

function words({ path, because }: StrategyProblem): string {
  return path === "" ? because : `${path}: ${because}`
}
