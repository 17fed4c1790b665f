import { metricsFromJson, notAsMade, type RunJson, runFromJson, type WrittenSetup } from "#engine/result"
import { type StrategyDocument, strategyFromJson } from "#engine/strategy"
import { MOST_CURVE_POINTS, type RunDetail, type RunOfLibrary } from "../../db/saved-run.ts"
import { ON_MADE_UP } from "../../run/made-up-run.ts"
import { marketsWords } from "../../run/markets-words.ts"
import { defaultSetup, type RunSetup } from "../../run/run-setup.ts"
import { curveOf } from "../../run/run-memory.ts"
import { settingsWords } from "../../run/settings-words.ts"

/** A run of a file whose place among the markets here is not known yet. */
export type RunToKeep = Omit<RunOfLibrary, "address">

type WholeRun = RunJson & Required<Pick<RunJson, "resultHash" | "setup" | "curve">>

/**
 * A run's file as the list of runs keeps it, figures, curve and fingerprints as they are in the file; undefined where it
 * lacks a part of them, or they do not follow from each other. `document`: its strategy with the values of the run.
 */
export async function runToKeep(text: string, document: unknown, setup: RunSetup): Promise<RunToKeep | undefined> {
  const read = runFromJson(text)
  const checked = strategyFromJson(document)
  if (!read.ok || !checked.ok || !isWhole(read.run)) return undefined
  if ((await notAsMade(read.run)) !== undefined) return undefined
  const { run } = read
  const metrics = metricsFromJson(run.metrics)
  return {
    ranAtMs: Date.now(),
    market: marketsWords(run.setup.markets.map(({ market }) => market)),
    strategy: checked.strategy.name,
    totalReturnPercent: metrics.totalReturnPercent,
    tradeCount: run.trades.length,
    hashes: { engine: run.engine, strategy: run.strategy, data: run.data },
    detail: detailOf(run, checked.strategy, setup),
  }
}

function isWhole(run: RunJson): run is WholeRun {
  const { resultHash, setup, curve } = run
  return resultHash !== undefined && setup !== undefined && setup.markets.length > 0 && (curve?.equity.length ?? 0) > 0
}

function detailOf(run: WholeRun, document: StrategyDocument, setup: RunSetup): RunDetail {
  const { openTimeMs, equity, holding } = run.curve
  const column = (values: number[]) => Float64Array.from(values)
  const chart = { openTimeMs: column(openTimeMs), equity: column(equity), holding: column(holding) }
  const { currency, isMadeUp } = run.about ?? {}
  return {
    document,
    // Code is compiled to an engine of its own, whose hash does not say which app compiled it.
    ...(document.code ? {} : { appEngine: run.engine }),
    resultHash: run.resultHash,
    ...(currency === undefined ? {} : { currency }),
    cash: run.setup.account.cash,
    holdingFinal: holding.at(-1)!,
    isMadeUp: isMadeUp === true,
    settings: `${isMadeUp ? ON_MADE_UP : ""}${settingsInWords(run, document, setup)}`,
    metrics: metricsFromJson(run.metrics),
    curve: curveOf({ chart }, MOST_CURVE_POINTS),
  }
}

function settingsInWords({ trades, about, setup: written }: WholeRun, strategy: StrategyDocument, setup: RunSetup) {
  return settingsWords({
    job: { ...setup, strategy, unseenPercent: defaultSetup.unseenPercent },
    market: { currency: about?.currency },
    markets: written.markets.map(({ market }: WrittenSetup["markets"][number]) => ({ name: market })),
    cash: written.account.cash,
    trades,
  })
}
