import type { OptimiseNews, OptimiseStage, TrialRow } from "./optimisation.ts"

export type OptimiseListener = (news: OptimiseNews) => void

/** How much of the whole work each stage is, by candles times combinations; what is left out counts nothing. */
export type StageWeights = Partial<Record<OptimiseStage, number>>

/** Tells whoever listens how far an optimisation is. */
export class OptimiseProgress {
  #evaluated = 0
  #leaders: readonly TrialRow[] = []
  #before = 0
  #stage: OptimiseStage = "search"
  #steps = { done: 0, of: 1 }
  readonly #total: number

  constructor(
    private readonly toEvaluate: number,
    private readonly weights: StageWeights,
    private readonly listener: OptimiseListener = () => {},
  ) {
    this.#total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
  }

  /** Begins a stage of so many steps; the one before is done. */
  begin(stage: OptimiseStage, steps: number): void {
    if (stage !== this.#stage) this.#before += this.weights[this.#stage] ?? 0
    this.#stage = stage
    this.#steps = { done: 0, of: Math.max(1, steps) }
    this.#tell()
  }

  step(count = 1): void {
    this.#steps.done += count
    this.#tell()
  }

  found(evaluated: number, leaders: readonly TrialRow[]): void {
    this.#evaluated = evaluated
    this.#leaders = leaders
  }

  #tell(): void {
    const inStage = Math.min(1, this.#steps.done / this.#steps.of) * (this.weights[this.#stage] ?? 0)
    this.listener({
      stage: this.#stage,
      share: this.#total > 0 ? Math.min(1, (this.#before + inStage) / this.#total) : 0,
      evaluated: this.#evaluated,
      toEvaluate: this.toEvaluate,
      leaders: this.#leaders,
    })
  }
}
