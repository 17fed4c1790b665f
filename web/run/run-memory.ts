import { strategyFromJson, strategyWithValues } from "#engine/strategy"
import { describeStrategy, findStrategy } from "../db/kept-strategy.ts"
import { MOST_CURVE_POINTS, type RunDetail, type SavedRun, saveRun } from "../db/saved-run.ts"
import { runIdOf } from "../db/run-id.ts"
import { searchText } from "../search-text.ts"
import { fetchEngine } from "./fetch-engine.ts"
import { ON_MADE_UP } from "./made-up-run.ts"
import { marketsWords } from "./markets-words.ts"
import type { RunReport } from "./run-report.ts"
import { type RunSetup, searchFromSetup } from "./run-setup.ts"
import { settingsOf } from "./settings-of.ts"
import { settingsWords } from "./settings-words.ts"

/** A sparkline is as wide as a word. */
const SPARK_POINTS = 48

/** Keeps a run, and with the strategy of the library it was of, if it was one. Its id; throws where nothing can be kept. */
export async function rememberRun(setup: RunSetup, report: RunReport, how: { kept: boolean }): Promise<string> {
  const { strategyName, metrics, hashes } = report
  const address = searchText(searchFromSetup(setup))
  const { totalReturnPercent, tradeCount } = metrics
  const detail = await detailOf(report)
  const strategyId = how.kept ? setup.strategy : undefined
  const version = strategyId && (await findStrategy(strategyId))?.version
  // The run a strategy was kept from is the first of its own.
  const [id, idBefore] = await Promise.all([
    runIdOf({ address, hashes, strategyId, detail }),
    runIdOf({ address, hashes, detail }),
  ])
  const run: SavedRun = {
    id,
    address,
    ranAtMs: Date.now(),
    market: marketsWords(report.markets.map(({ name }) => name)),
    strategy: strategyName,
    totalReturnPercent,
    tradeCount,
    hashes,
    strategyId,
    ...(version ? { version } : {}),
    detail,
  }
  await saveRun(run, idBefore)
  if (how.kept) await describeStrategy(setup.strategy, { settings: settingsOf(setup), lastRun: lastRunOf(run, report) })
  return id
}

async function detailOf(report: RunReport): Promise<RunDetail> {
  const { job, madeUp, market, cash, holdingFinal, metrics, resultHash } = report
  const checked = strategyFromJson(job.timeframe ? { ...job.strategy, timeframe: job.timeframe } : job.strategy)
  if (!checked.ok) throw new Error("A strategy that has run is a strategy.")
  return {
    document: strategyWithValues(checked.strategy, job.params),
    appEngine: (await fetchEngine()).sha256,
    resultHash,
    currency: market.currency,
    cash,
    holdingFinal,
    // A run that is looked at later has no chip of its market any more.
    isMadeUp: madeUp !== undefined,
    settings: `${madeUp ? ON_MADE_UP : ""}${settingsWords(report)}`,
    metrics,
    curve: curveOf(report, MOST_CURVE_POINTS),
  }
}

function lastRunOf({ id, ranAtMs, totalReturnPercent }: SavedRun, report: RunReport) {
  return { id, ranAtMs, totalReturnPercent, curve: curveOf(report, SPARK_POINTS).equity }
}

type ThinnedChart = Pick<RunReport["chart"], "openTimeMs" | "equity" | "holding">

/** Every so manieth bar of the curves, and the last. */
export function curveOf({ chart }: { chart: ThinnedChart }, most: number): RunDetail["curve"] {
  const { length } = chart.openTimeMs
  const count = Math.min(most, length)
  const places = Array.from({ length: count }, (_, n) => Math.round((n * (length - 1)) / Math.max(1, count - 1)))
  const thinned = (column: Float64Array) => places.map((at) => column[at])
  return { openTimeMs: thinned(chart.openTimeMs), equity: thinned(chart.equity), holding: thinned(chart.holding) }
}
