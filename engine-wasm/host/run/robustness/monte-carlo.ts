import { scanEquity } from "../../result/drawdown.ts"
import { marketBlockCandles } from "../../result/statistics/block-length.ts"
import { spreadOf, type Spread } from "../../result/statistics/quantile.ts"
import { tradeChance, type TradeChance, type TradeChanceResult } from "../../result/statistics/trade-chance.ts"
import { partsSpeakFromMs } from "../../strategy/model/models-speak.ts"
import type { RunAnswer } from "../optimise/optimise-task.ts"
import { equityOf } from "../optimise/walk-forward-stage.ts"
import { ruinCashOf, type RobustnessRequest, type RobustnessWork } from "./robustness-request.ts"

/** The 5th, 50th and 95th percentile of many runs. */
export type Percentiles = { p5: number; p50: number; p95: number }

/** Where many runs stood step by step: quote currency in the worst 5 %, the middle and the best 5 %. */
export type EquityFan = { unit: "trades" | "days"; steps: number[]; low: number[]; middle: number[]; high: number[] }

/** Many runs as chance would have them. */
export type ChanceRuns = Percentiles & {
  runs: number
  /** 0 to 100: how many of them fell to `ruinCash` or below. p5, p50 and p95 are equity at the end, quote currency. */
  ruinPercent: number
  /** Deepest fall from a high, percent: p95 is passed by one run in twenty. */
  worstFall: Percentiles
  fan: EquityFan
}

export type MonteCarlo = {
  /** The same trades in another order. */
  shuffle: ChanceRuns
  /** The strategy on other pasts of its markets, made of blocks of their candles. */
  bootstrap: ChanceRuns & { blockCandles: number }
  /** Each trade missed with a chance of `MISSED_PERCENT`. */
  skipped: ChanceRuns
}

/** One trade in ten: an order that did not fill, a computer that slept. */
const MISSED_PERCENT = 10
const FAN_PLACES = 100

/** A run's trades in another order, or with some of them missed. */
export function tradesByChance(
  { tradeReturns }: RunAnswer,
  request: RobustnessRequest,
  chance: TradeChance,
): ChanceRuns {
  const { trials: runs, seed, terms } = request
  const { cash } = terms.account
  const found = tradeChance({ returns: tradeReturns, cash, ruinCash: ruinCashOf(request), chance, runs, seed })
  return found ? chanceRunsOf(found) : untouched(cash, runs)
}

export const shuffledTrades: TradeChance = { kind: "shuffled" }
export const skippedTrades: TradeChance = { kind: "skipped", missedPercent: MISSED_PERCENT }

function chanceRunsOf({ runs, finalEquity, fallPercent, ruinPercent, fan }: TradeChanceResult): ChanceRuns {
  const equity = (place: keyof Spread) => fan.map((step) => step.equity[place])
  return {
    runs,
    p5: finalEquity.worst,
    p50: finalEquity.median,
    p95: finalEquity.best,
    ruinPercent,
    worstFall: { p5: fallPercent.best, p50: fallPercent.median, p95: fallPercent.worst },
    fan: {
      unit: "trades",
      steps: fan.map(({ tradeCount }) => tradeCount),
      low: equity("worst"),
      middle: equity("median"),
      high: equity("best"),
    },
  }
}

/** Without trades nothing happens to the money. */
function untouched(cash: number, runs: number): ChanceRuns {
  const fan: EquityFan = { unit: "trades", steps: [0], low: [cash], middle: [cash], high: [cash] }
  return { runs, p5: cash, p50: cash, p95: cash, ruinPercent: 0, worstFall: { p5: 0, p50: 0, p95: 0 }, fan }
}

/**
 * The strategy on markets made anew by the stationary bootstrap (D. Politis and J. Romano, 1994), each run by the engine
 * as the real one: what could have happened to it, whatever the order of calm and wild weeks. Where the strategy asks a
 * model, no block is carried over a day from which a part of it speaks, or it would meet the candles it learnt from.
 */
export async function bootstrappedRuns({
  runner,
  request,
  signal,
  onDone,
}: RobustnessWork): Promise<MonteCarlo["bootstrap"]> {
  const { terms, period, trials, seed, markets } = request
  const blockCandles = Math.max(1, ...markets.map(({ candles }) => marketBlockCandles(candles.close)))
  const apartFromMs = partsSpeakFromMs(terms.space.variants[0])
  const paths = await Promise.all(
    Array.from({ length: trials }, async (_, n) => {
      const remade = { kind: "bootstrapped" as const, seed: seed + n, blockCandles, apartFromMs }
      const run = await runner.run({ kind: "run", terms, stretch: { ...period, remade }, number: 0 }, signal)
      onDone()
      return equityOf(run.dailyReturns).map((share) => share * terms.account.cash)
    }),
  )
  return { blockCandles, ...runsOfPaths(paths, { cash: terms.account.cash, ruinCash: ruinCashOf(request) }) }
}

/** Many runs by their equity at the end of each day. */
export function runsOfPaths(paths: Float64Array[], { cash, ruinCash }: { cash: number; ruinCash: number }): ChanceRuns {
  const days = Math.max(0, ...paths.map((path) => path.length))
  const steps = stepsOf(days)
  const at = (path: Float64Array, day: number) => (day === 0 ? cash : (path[Math.min(day, path.length) - 1] ?? cash))
  const fan = steps.map((day) => spreadOf(Float64Array.from(paths, (path) => at(path, day))))
  const falls = spreadOf(Float64Array.from(paths, (path) => deepestFallPercent(path, cash)))
  const { worst: p5, median: p50, best: p95 } = fan[fan.length - 1]
  return {
    runs: paths.length,
    p5,
    p50,
    p95,
    ruinPercent: (100 * paths.filter((path) => path.some((equity) => equity <= ruinCash)).length) / paths.length,
    worstFall: { p5: falls.worst, p50: falls.median, p95: falls.best },
    fan: {
      unit: "days",
      steps,
      low: fan.map(({ worst }) => worst),
      middle: fan.map(({ median }) => median),
      high: fan.map(({ best }) => best),
    },
  }
}

function stepsOf(days: number): number[] {
  const places = Math.min(days, FAN_PLACES - 1)
  return places === 0 ? [0] : Array.from({ length: places + 1 }, (_, step) => Math.round((step * days) / places))
}

function deepestFallPercent(equity: Float64Array, cash: number): number {
  const curve = { openTimeMs: equity.map((_, day) => day), equity }
  return scanEquity({ cash, timeframeMs: 1, equity: curve }).deepest?.percent ?? 0
}
