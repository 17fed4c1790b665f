import { exp, ln } from "../../candles/elementary-function.ts"
import type { SeededChance } from "../../candles/synthetic/seeded-chance.ts"
import { type Eigen, symmetricEigen } from "./symmetric-eigen.ts"

/** A step wider than the whole range finds nothing. */
const WIDEST_STEP = 1

/** Weights and learning rates, named as in Hansen's tutorial, table 1. */
type Rates = { weights: number[]; mueff: number; cc: number; cs: number; c1: number; cmu: number; damps: number }

/**
 * A normal distribution that learns where good points are: CMA-ES with rank-one and rank-mu updates (Hansen, "The CMA
 * Evolution Strategy: A Tutorial", 2016, arXiv 1604.00772).
 */
export class CovarianceAdaptation {
  readonly #size: number
  readonly #rates: Rates
  readonly #meanLength: number
  #mean: number[]
  #step: number
  #covariance: number[][]
  #eigen: Eigen
  #stepPath: number[]
  #shapePath: number[]
  /** How much of the step path's start is left, in squares. */
  #forgotten = 1

  /** `leastSpread`: for each dimension the deviation it keeps, so that whole places stay in reach. */
  constructor(
    start: { mean: number[]; step: number },
    population: number,
    private readonly leastSpread: readonly number[],
  ) {
    this.#size = start.mean.length
    this.#rates = ratesOf(this.#size, population)
    this.#meanLength = Math.sqrt(this.#size) * (1 - 1 / (4 * this.#size) + 1 / (21 * this.#size ** 2))
    this.#mean = start.mean
    this.#step = start.step
    this.#covariance = start.mean.map((_, row) => start.mean.map((__, column) => Number(row === column)))
    this.#eigen = symmetricEigen(this.#covariance)
    this.#stepPath = start.mean.map(() => 0)
    this.#shapePath = start.mean.map(() => 0)
  }

  /** A point drawn from the distribution. */
  draw(chance: SeededChance): number[] {
    const stretched = this.#eigen.values.map((value) => Math.sqrt(value) * chance.bell())
    return this.#mean.map((center, row) => center + this.#step * dot(this.#eigen.vectors[row], stretched))
  }

  /** Whether the distribution has become so narrow that it only reaches places beside its mean. */
  get isNarrow(): boolean {
    return this.leastSpread.every((least, at) => this.#step * Math.sqrt(this.#covariance[at][at]) <= least * 1.01)
  }

  /** Learns from points in the order of how good they are, best first. */
  learn(ranked: readonly (readonly number[])[]): void {
    const { weights } = this.#rates
    const steps = ranked
      .slice(0, weights.length)
      .map((point) => point.map((x, at) => (x - this.#mean[at]) / this.#step))
    const move = this.#mean.map((_, at) => steps.reduce((sum, step, rank) => sum + weights[rank] * step[at], 0))
    this.#mean = this.#mean.map((center, at) => center + this.#step * move[at])
    this.#forgotten *= (1 - this.#rates.cs) * (1 - this.#rates.cs)
    const isShort = this.#followPaths(move)
    this.#adapt(steps, isShort)
    this.#keepSpread()
    this.#eigen = withoutNegatives(symmetricEigen(this.#covariance))
  }

  /** Lengthens or shortens the step; returns whether the path is short enough for the shape to follow. */
  #followPaths(move: readonly number[]): boolean {
    const { cs, cc, mueff, damps } = this.#rates
    const white = this.#whitened(move)
    const fresh = Math.sqrt(cs * (2 - cs) * mueff)
    this.#stepPath = this.#stepPath.map((value, at) => (1 - cs) * value + fresh * white[at])
    const length = Math.sqrt(dot(this.#stepPath, this.#stepPath))
    const settled = Math.sqrt(1 - this.#forgotten)
    const isShort = length / settled / this.#meanLength < 1.4 + 2 / (this.#size + 1)
    const shape = isShort ? Math.sqrt(cc * (2 - cc) * mueff) : 0
    this.#shapePath = this.#shapePath.map((value, at) => (1 - cc) * value + shape * move[at])
    this.#step = Math.min(WIDEST_STEP, this.#step * exp((cs / damps) * (length / this.#meanLength - 1)))
    return isShort
  }

  #adapt(steps: readonly (readonly number[])[], isShort: boolean): void {
    const { weights, c1, cmu, cc } = this.#rates
    const kept = 1 - c1 - cmu + (isShort ? 0 : c1 * cc * (2 - cc))
    this.#covariance = this.#covariance.map((row, i) =>
      row.map((value, j) => {
        const spread = steps.reduce((sum, step, rank) => sum + weights[rank] * step[i] * step[j], 0)
        return kept * value + c1 * this.#shapePath[i] * this.#shapePath[j] + cmu * spread
      }),
    )
  }

  #keepSpread(): void {
    this.leastSpread.forEach((least, at) => {
      this.#covariance[at][at] = Math.max(this.#covariance[at][at], (least / this.#step) * (least / this.#step))
    })
  }

  /** The vector in the coordinates in which the distribution is round. */
  #whitened(vector: readonly number[]): number[] {
    const { values, vectors } = this.#eigen
    const along = values.map(
      (value, k) => vectors.reduce((sum, row, i) => sum + row[k] * vector[i], 0) / Math.sqrt(value),
    )
    return vectors.map((row) => dot(row, along))
  }
}

function ratesOf(size: number, population: number): Rates {
  const raw = Array.from({ length: Math.floor(population / 2) }, (_, at) => ln((population + 1) / 2) - ln(at + 1))
  const sum = raw.reduce((total, weight) => total + weight, 0)
  const weights = raw.map((weight) => weight / sum)
  const mueff = 1 / dot(weights, weights)
  const cc = (4 + mueff / size) / (size + 4 + (2 * mueff) / size)
  const cs = (mueff + 2) / (size + mueff + 5)
  const c1 = 2 / ((size + 1.3) ** 2 + mueff)
  const cmu = Math.min(1 - c1, (2 * (mueff - 2 + 1 / mueff)) / ((size + 2) ** 2 + mueff))
  const damps = 1 + 2 * Math.max(0, Math.sqrt((mueff - 1) / (size + 1)) - 1) + cs
  return { weights, mueff, cc, cs, c1, cmu, damps }
}

/** Rounding can leave an eigenvalue a little below zero. */
function withoutNegatives({ values, vectors }: Eigen): Eigen {
  const least = 1e-14 * Math.max(...values)
  return { values: values.map((value) => Math.max(value, least)), vectors }
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at]
  return sum
}
