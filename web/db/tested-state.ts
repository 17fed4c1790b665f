import { canonicalJson, strategySchema, type WrittenStrategy } from "#engine/strategy"
import type { KeptStrategy } from "./kept-strategy.ts"
import type { SavedRun } from "./saved-run.ts"
import type { StrategyVersion } from "./strategy-version.ts"

/** Which state of a strategy a run was of. */
export type TestedState = {
  version: number
  /** The version with changes that are in none. */
  isChanged: boolean
  /** Where it was not the version's own. */
  timeframe?: string
}

/**
 * What a card of the library shows of a strategy's runs; `of`: where it is not of what the card shows; `run`: absent where
 * only its curve is left.
 */
export type CardResult = {
  totalReturnPercent: number | null
  curve: number[]
  run?: SavedRun
  of?: TestedState | "earlier"
}

type Tested = Pick<SavedRun, "version" | "detail">
type Version = Pick<StrategyVersion, "number" | "document">

/** The state a run was of, as far as it can be told. `versions`: the newest first. */
export function testedState({ version, detail }: Tested, versions: readonly Version[]): TestedState | undefined {
  if (!detail) return undefined
  const { timeframe } = detail.document
  const rules = rulesOf(detail.document)
  const same = versions.filter((each) => rulesOf(each.document) === rules)
  const exact = same.filter(({ document }) => document.timeframe === timeframe)
  const found = [...exact, ...same].find(({ number }) => number === version) ?? exact[0] ?? same[0]
  if (found) return { version: found.number, isChanged: false, ...(exact.length > 0 ? {} : { timeframe }) }
  return version === undefined ? undefined : { version, isChanged: true }
}

/** "version 2", "version 2 in candles of 4h", "version 2, then changed" */
export function stateWords({ version, isChanged, timeframe }: TestedState): string {
  const changed = isChanged ? ", then changed" : ""
  return `version ${version}${changed}${timeframe === undefined ? "" : ` in candles of ${timeframe}`}`
}

/**
 * The newest result of what a strategy is now; where that was never tested, the last result there is, and of what.
 * `runs` and `versions`: the newest first.
 */
export function cardResult(
  { draft, lastRun }: Pick<KeptStrategy, "draft" | "lastRun">,
  runs: readonly SavedRun[],
  versions: readonly Version[],
): CardResult | undefined {
  const run = runs.find((each) => isRunOf(draft, each)) ?? runs[0]
  if (!run) return lastRun && { totalReturnPercent: lastRun.totalReturnPercent, curve: lastRun.curve, of: "earlier" }
  const result = { totalReturnPercent: run.totalReturnPercent, curve: run.detail?.curve.equity ?? [], run }
  return isRunOf(draft, run) ? result : { ...result, of: testedState(run, versions) ?? "earlier" }
}

/** Whether a run was of exactly this: under another name it is the same. */
export function isRunOf(document: WrittenStrategy, { detail }: Pick<SavedRun, "detail">): boolean {
  const rules = rulesOf(document)
  if (!detail || rules === undefined) return false
  return detail.document.timeframe === document.timeframe && rulesOf(detail.document) === rules
}

/** A list asks about the same versions for each of its runs. */
const known = new WeakMap<WrittenStrategy, string | undefined>()

/** What decides the trades, as one text; undefined where the document is not finished. */
function rulesOf(document: WrittenStrategy): string | undefined {
  if (known.has(document)) return known.get(document)
  const whole = strategySchema.safeParse({ ...document, name: "-", description: "", timeframe: "1h" })
  const rules = whole.success ? canonicalJson(whole.data) : undefined
  known.set(document, rules)
  return rules
}
