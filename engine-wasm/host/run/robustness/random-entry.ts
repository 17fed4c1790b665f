import type { EntryRank } from "../../result/chance-lights.ts"
import type { TradeColumns } from "../../result/backtest-result.ts"
import type { Metrics } from "../../result/metrics.ts"
import { medianOf, quantileOfSorted } from "../../result/statistics/quantile.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { pValueOf } from "../optimise/coin-flip-stage.ts"
import type { Dimension } from "../search/search-space.ts"
import { sweepFigures, type SweepFigure } from "../sweep/sweep-row.ts"
import { CHANCE_SEEDS, chanceDocument, type ChanceDocument } from "./chance-document.ts"

/** How a run's return ranks among runs whose entries are chance. */
export type RandomEntry = Pick<EntryRank, "method" | "tries" | "betterThanPercent"> & {
  /** (1 + tries that returned at least as much) / (1 + tries): one-sided, never 0. */
  pValue: number
  /** Of the run, and of the tries; percent of the cash. */
  returnPercent: number
  chanceReturnPercent: { p5: number; p50: number; p95: number }
  /** Trades of the run, and the middle of the tries'. */
  tradeCount: number
  chanceTradeCount: number
}

/** What is known of the run that is compared. */
export type OwnRun = {
  returnPercent: number
  tradeCount: number
  longCount: number
  /** 0 to 100: its time in the market. */
  exposurePercent: number
  /** Strategy candles it saw, all markets together. */
  candles: number
}

/** What the test needs to know of a finished run over so many strategy candles, all markets together. */
export function ownRunOf(
  { totalReturnPercent, exposurePercent }: Pick<Metrics, "totalReturnPercent" | "exposurePercent">,
  { count, side }: Pick<TradeColumns, "count" | "side">,
  candles: number,
): OwnRun {
  return {
    returnPercent: totalReturnPercent ?? 0,
    tradeCount: count,
    longCount: side.subarray(0, count).filter((one) => one > 0).length,
    exposurePercent: exposurePercent ?? 0,
    candles,
  }
}

/** Runs every combination of a document's dimensions, the last changing fastest; their figures in the order of `sweepFigures`. */
export type RunCombinations = (strategy: StrategyDocument, dimensions: Dimension[]) => Promise<Float64Array>

type RandomEntryPlan = { strategy: StrategyDocument; own: OwnRun; tries: number; seed: number }

/** Tries of the first, coarse search for how often to enter, in powers of two, and of the second around what it found. */
const COARSE = { steps: [-2, -1, 0, 1, 2, 3, 4, 5, 6], seeds: 4 }
const FINE = { steps: [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((n) => n / 6), seeds: 8 }

/** Runs that finding the frequency takes. */
export const FREQUENCY_RUNS = COARSE.steps.length * COARSE.seeds + FINE.steps.length * FINE.seeds

/**
 * Enters by chance as often as the run did and leaves by the document's own rules: what its exits, its size and the
 * market give anybody. The rank of the real run among them is a test of its entries alone (a Monte Carlo permutation
 * test: D. Aronson, "Evidence-Based Technical Analysis", 2006, chapter 5). Undefined where entries cannot be replaced or
 * nothing was traded.
 */
export async function randomEntry(
  run: RunCombinations,
  { strategy, own, tries, seed }: RandomEntryPlan,
): Promise<RandomEntry | undefined> {
  const chance = chanceDocument(strategy, own.tradeCount === 0 ? 0.5 : own.longCount / own.tradeCount)
  if (!chance || own.tradeCount === 0 || tries < 1) return undefined
  const often = await frequencyOf(run, chance, own, seed)
  const figures = await run(chance.strategy, dimensionsOf(chance, [often], seedsFrom(seed * tries + 1000, tries)))
  return { method: "engine", ...rankOf(own, columnOf(figures, "totalReturnPercent"), columnOf(figures, "tradeCount")) }
}

/** How often to enter, as a share of candles, so that chance makes as many trades as the run. */
async function frequencyOf(run: RunCombinations, chance: ChanceDocument, own: OwnRun, seed: number): Promise<number> {
  const free = Math.max(own.tradeCount, own.candles * (1 - own.exposurePercent / 100))
  const coarse = await closestTo(run, chance, { own, seed, around: own.tradeCount / free, ...COARSE })
  return closestTo(run, chance, { own, seed, around: coarse, ...FINE })
}

type Grid = { own: OwnRun; seed: number; around: number; steps: number[]; seeds: number }

async function closestTo(run: RunCombinations, chance: ChanceDocument, grid: Grid): Promise<number> {
  const { own, around, steps, seeds } = grid
  const levels = [...new Set(steps.map((step) => Math.min(1, around * 2 ** step)))]
  const figures = await run(chance.strategy, dimensionsOf(chance, levels, seedsFrom(grid.seed, seeds)))
  const counts = columnOf(figures, "tradeCount")
  const away = levels.map((_, n) => {
    const ofLevel = counts.subarray(n * seeds, (n + 1) * seeds)
    return Math.abs(ofLevel.reduce((sum, count) => sum + count, 0) / seeds - own.tradeCount)
  })
  return levels[away.indexOf(Math.min(...away))] ?? around
}

function dimensionsOf({ often, seed }: ChanceDocument, levels: number[], seeds: number[]): Dimension[] {
  return [
    { name: often, values: levels },
    { name: seed, values: seeds },
  ]
}

function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: Math.min(count, CHANCE_SEEDS) }, (_, n) => (first + n) % CHANCE_SEEDS)
}

function columnOf(figures: Float64Array, figure: SweepFigure): Float64Array {
  const place = sweepFigures.indexOf(figure)
  const width = sweepFigures.length
  // What could not run, or made no trade, returned nothing.
  return Float64Array.from({ length: figures.length / width }, (_, n) => figures[n * width + place] || 0)
}

/** The run's place among returns of chance. */
export function rankOf(
  own: Pick<OwnRun, "returnPercent" | "tradeCount">,
  returns: Float64Array,
  tradeCounts: Float64Array,
): Omit<RandomEntry, "method"> {
  const sorted = returns.toSorted()
  const below = sorted.filter((percent) => percent < own.returnPercent).length
  const equal = sorted.filter((percent) => percent === own.returnPercent).length
  return {
    tries: returns.length,
    pValue: pValueOf(own.returnPercent, [...returns]),
    betterThanPercent: (100 * (below + equal / 2)) / returns.length,
    returnPercent: own.returnPercent,
    chanceReturnPercent: {
      p5: quantileOfSorted(sorted, 0.05),
      p50: quantileOfSorted(sorted, 0.5),
      p95: quantileOfSorted(sorted, 0.95),
    },
    tradeCount: own.tradeCount,
    chanceTradeCount: medianOf(tradeCounts),
  }
}
