import { candleOpenMs, type Timeframe, timeframesMs } from "#engine/candles"
import {
  accountProblems,
  type AccountSettings,
  defaultAccount,
  dimensionsOf,
  fillModeProblems,
  type OptimisePlan,
  optimiseProblems,
  type OptimiseRequest,
  type SweepFigure,
  sweepProblems,
  USUAL_TRIALS,
} from "#engine/run"
import {
  chosenParams,
  type ParamValues,
  type StrategyDocument,
  strategyFromJson,
  type StrategyProblem,
} from "#engine/strategy"
import type { Venue, VenueId } from "#venues"
import type { PublicMarkets } from "../desk/public-markets.ts"
import { Refusal } from "../door/refusal.ts"
import { problemsInWords } from "../door/strategy-refusal.ts"
import type { AskedRun, AskedSearch, AskedSweep, JobFailure } from "./job.ts"
import { variedValues, type WrittenVary } from "./varied-values.ts"

/** A run as somebody asks for it. */
export type WantedRun = {
  /** A whole strategy document. */
  strategy: unknown
  params?: ParamValues
  /** The strategy's own unless said. */
  markets?: string[]
  venue: VenueId
  fromMs?: number
  toMs?: number
  settings?: Partial<AccountSettings>
}

export type WantedSweep = WantedRun & { vary: WrittenVary; rank: SweepFigure; fewestTrades?: number; mostRows: number }

/** How to search; what is left out is as `candlewright optimise` has it. */
export type WantedSearch = WantedRun & { vary: WrittenVary; objective?: string[] } & Partial<
    Omit<OptimisePlan, "objectives" | "only"> & Pick<OptimiseRequest, "holdOutPercent" | "coinFlips">
  >

/** Candles of a run that says no beginning. */
export const USUAL_CANDLES = 5_000
/** Candles of all markets together. */
export const MOST_CANDLES = 1_000_000
export const MOST_MARKETS = 20

/** The run with nothing left open, its markets found at the exchange. Throws a `Refusal` with the place for what cannot run. */
export async function askedRun(wanted: WantedRun, publicMarkets: PublicMarkets): Promise<AskedRun> {
  const { strategy, params = {} } = wanted
  const document = runnable(wanted)
  const account = { ...defaultAccount, ...wanted.settings }
  refuse([...accountProblems(account), ...(document.code ? [] : fillModeProblems(document, account))])
  const { venue, markets } = await foundMarkets(wanted.markets ?? document.markets, wanted.venue, publicMarkets)
  const timeframe = candlesFor(document.timeframe, venue)
  const period = periodOf(wanted, { nowMs: await publicMarkets.timeMs(wanted.venue), timeframe, markets })
  return { venue: wanted.venue, markets, timeframe, ...period, strategy, params, account }
}

/** Its sweep, every value named. Throws as `askedRun`. */
export function askedSweep({ vary: written, rank, fewestTrades, mostRows, ...wanted }: WantedSweep): AskedSweep {
  const { strategy, vary } = askedVary(wanted, written)
  refuse(sweepProblems({ strategy, vary, params: wanted.params }))
  return { vary, rank, fewestTrades, mostRows }
}

/** Its search, with nothing left open. Throws as `askedRun`. */
export function askedSearch(wanted: WantedSearch): AskedSearch {
  const { strategy, vary } = askedVary(wanted, wanted.vary)
  const { method = "grid", trials = USUAL_TRIALS, seed = 1, minTrades = 30, maxDrawdownPercent } = wanted
  const { objective: objectives = ["sharpe"], holdOutPercent = 20, coinFlips = 199 } = wanted
  const asked = {
    plan: { method, trials, seed, objectives, minTrades, maxDrawdownPercent },
    holdOutPercent,
    coinFlips,
  }
  const space = { variants: [strategy], dimensions: dimensionsOf(vary) }
  const account = { ...defaultAccount, ...wanted.settings }
  refuse(optimiseProblems({ ...asked, terms: { space, params: wanted.params, account } }))
  return { ...asked, vary }
}

function askedVary(wanted: Pick<WantedRun, "strategy" | "params">, written: WrittenVary) {
  const strategy = documentOf(wanted)
  const varied = variedValues(strategy, written)
  if (!varied.ok) throw refusedAt(`vary.${varied.name}`, varied.because)
  const { vary } = varied
  const both = Object.keys(wanted.params ?? {}).find((name) => Object.hasOwn(vary, name))
  if (both !== undefined) throw refusedAt(`vary.${both}`, "it is in params too; leave it out of one of them")
  if (Object.keys(vary).length === 0) throw refusedAt("vary", "name at least one param and its values")
  return { strategy, vary }
}

/** What of these problems to say, and where in the body it is. */
export function failureOf(problems: readonly StrategyProblem[]): JobFailure {
  return { error: problemsInWords(problems), field: fieldOf(problems[0].path) }
}

/** Throws a `Refusal` where there are any. */
export function refuse(problems: readonly StrategyProblem[]): void {
  if (problems.length > 0) throw notRun(failureOf(problems))
}

function runnable(wanted: WantedRun): StrategyDocument {
  const document = documentOf(wanted)
  const chosen = chosenParams(document, wanted.params)
  if (!chosen.ok) refuse(chosen.problems)
  return document
}

function documentOf({ strategy }: Pick<WantedRun, "strategy">): StrategyDocument {
  const read = strategyFromJson(strategy)
  if (!read.ok) throw notRun(failureOf(read.problems))
  return read.strategy
}

function notRun({ error, field }: JobFailure): Refusal {
  return new Refusal(422, "not-valid", `${error}. Nothing was started.`, { field })
}

function refusedAt(field: string, because: string): Refusal {
  return notRun({ error: `${field}: ${because}`, field })
}

const ofSearch = new Set([
  "method",
  "objective",
  "trials",
  "seed",
  "minTrades",
  "maxDrawdownPercent",
  "holdOutPercent",
  "coinFlips",
])

/** "account.cash" is the body's settings.cash; what is of the strategy is in it. */
function fieldOf(path: string): string {
  if (/^(params|vary|markets|from)(\.|$)/.test(path) || ofSearch.has(path)) return path
  if (path.startsWith("account.")) return path.replace("account", "settings")
  return path === "" ? "strategy" : `strategy.${path}`
}

async function foundMarkets(written: readonly string[], venueId: VenueId, publicMarkets: PublicMarkets) {
  if (written.length === 0) throw refusedAt("markets", "name at least one, such as BTC/USDT")
  const found = await Promise.all(written.map((name) => publicMarkets.find(venueId, name))).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 404) throw refusedAt("markets", error.message.replace(/\.$/, ""))
    throw error
  })
  const markets = [...new Set(found.map(({ market }) => market.symbol))]
  if (markets.length > MOST_MARKETS) throw refusedAt("markets", `a job takes at most ${MOST_MARKETS}`)
  return { venue: found[0].venue, markets }
}

/** The exchange's longest candles that add up to the strategy's. */
function candlesFor(timeframe: Timeframe, { name, timeframes }: Venue): Timeframe {
  const fit = timeframes.filter((one) => timeframesMs[timeframe] % timeframesMs[one] === 0)
  const longest = fit.toSorted((a, b) => timeframesMs[b] - timeframesMs[a])[0]
  if (longest === undefined) throw refusedAt("strategy.timeframe", `${name} has no candles that add up to ${timeframe}`)
  return longest
}

type PeriodTerms = { nowMs: number; timeframe: Timeframe; markets: readonly string[] }

function periodOf({ fromMs, toMs }: WantedRun, { nowMs, timeframe, markets }: PeriodTerms) {
  const lengthMs = timeframesMs[timeframe]
  const endMs = candleOpenMs(Math.min(toMs ?? nowMs, nowMs), lengthMs)
  const beginMs = fromMs ?? endMs - USUAL_CANDLES * lengthMs
  if (beginMs >= nowMs) throw refusedAt("from", "there are no candles yet: that is in the future")
  if (beginMs >= endMs) throw refusedAt("from", "it is not before `to`; no candle lies between them")
  const candles = ((endMs - beginMs) / lengthMs) * markets.length
  if (candles > MOST_CANDLES) throw refusedAt("from", tooMany(candles))
  return { fromMs: beginMs, toMs: endMs }
}

function tooMany(candles: number): string {
  const words = (count: number) => Math.round(count).toLocaleString("en")
  return `these are ${words(candles)} candles; a job takes at most ${words(MOST_CANDLES)}: begin later, take fewer markets or a longer timeframe`
}
