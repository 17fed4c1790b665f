import { sweepFigures } from "../sweep/sweep-row.ts"
import { byPlace, type Placed, type Standing } from "./constraints.ts"
import { addToBins, noBins, type DyadicHistogram } from "./dyadic-histogram.ts"
import { addToHeatCells, emptyHeatCells, type HeatCells } from "./heat-cells.ts"
import { addToMoments, noMoments, type RunningMoments } from "./running-moments.ts"
import { placesOf, radicesOf, type SpaceShape } from "./search-space.ts"
import { placeInSample, SAMPLE_SIZE } from "./trial-sample.ts"

/** The best trials that are kept by default. */
export const TOP_TRIALS = 200

/** A trial with all its figures, null being NaN. */
export type TopTrial = Placed & { figures: number[] }

/** Trials as columns: `figures` has a row for each number. */
export type Trials = {
  numbers: Float64Array
  scores: Float64Array
  standings: ArrayLike<Standing>
  figures: Float64Array
}

/**
 * What is kept of any number of trials: the best, and figures over all. Plain data, so that a database can keep it;
 * its size does not depend on how many trials there were.
 */
export type TopList = {
  /** How many places each dimension of the search has. */
  radices: number[]
  seed: number
  most: number
  /** The names of a trial's figures, in their order. */
  figures: string[]
  /** Every combination that was looked at, also those that stopped early or could not be run. */
  trials: number
  /** Trials that hold every constraint. */
  held: number
  /** Best first, by `byPlace`. */
  best: TopTrial[]
  /** Of the trials that can be judged. */
  score: RunningMoments
  /** Of all trials with a Sharpe ratio: how far luck alone spreads them. */
  sharpe: RunningMoments
  histogram: DyadicHistogram
  maps: HeatCells[]
  /** Some trials by chance, every one as likely. */
  sample: TopTrial[]
}

/** A list without trials. */
export function emptyTopList(
  space: SpaceShape,
  {
    figures = sweepFigures,
    seed = 1,
    most = TOP_TRIALS,
  }: { figures?: readonly string[]; seed?: number; most?: number } = {},
): TopList {
  return {
    radices: radicesOf(space),
    seed,
    most,
    figures: [...figures],
    trials: 0,
    held: 0,
    best: [],
    score: noMoments(),
    sharpe: noMoments(),
    histogram: noBins(),
    maps: emptyHeatCells(space),
    sample: [],
  }
}

/**
 * Adds the trials of one generation. They are taken by number, so it does not matter which worker was first; whole
 * generations must come in the order in which they were asked for.
 */
export function addTrials(list: TopList, trials: Trials): void {
  const { numbers } = trials
  const space = spaceWith(list.radices)
  const order = Array.from(numbers.keys()).sort((a, b) => numbers[a] - numbers[b])
  for (const at of order) addTrial(list, space, trials, at)
}

function addTrial(list: TopList, space: SpaceShape, { numbers, scores, standings, figures }: Trials, at: number): void {
  const placed: Placed = { number: numbers[at], score: scores[at], standing: standings[at] }
  const row = figures.subarray(at * list.figures.length, (at + 1) * list.figures.length)
  countTrial(list, placed, row)
  const places = placesOf(space, placed.number)
  for (const map of list.maps) addToHeatCells(map, places, placed)
  const [best, sampled] = [placeAmongBest(list, placed), placeInSample(list.sample, placed.number, list.seed)]
  if (best === undefined && sampled === undefined) return
  const trial: TopTrial = { ...placed, figures: Array.from(row) }
  keep(list.best, best, trial, list.most)
  keep(list.sample, sampled, trial, SAMPLE_SIZE)
}

function countTrial(list: TopList, { score, standing }: Placed, row: ArrayLike<number>): void {
  list.trials++
  addToMoments(list.sharpe, row[list.figures.indexOf("sharpe")] ?? Number.NaN)
  if (standing === 0) list.held++
  if (Number.isNaN(score)) return
  addToMoments(list.score, score)
  addToBins(list.histogram, score)
}

function placeAmongBest({ best, most }: TopList, placed: Placed): number | undefined {
  let [low, high] = [0, best.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (byPlace(best[middle], placed) < 0) low = middle + 1
    else high = middle
  }
  return low < most ? low : undefined
}

function keep(list: TopTrial[], place: number | undefined, trial: TopTrial, most: number): void {
  if (place === undefined) return
  list.splice(place, 0, trial)
  if (list.length > most) list.pop()
}

function spaceWith([variants, ...dimensions]: readonly number[]): SpaceShape {
  return { variants: { length: variants }, dimensions: dimensions.map((length) => ({ values: { length } })) }
}
