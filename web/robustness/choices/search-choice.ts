import { namedObjectives, type OptimisePlan, readObjective, type SearchMethodName } from "#engine/run"

/** How a search is to go on, as a person chooses it. */
export type SearchChoice = {
  /** The name of an objective, or a formula over the figures. */
  objective: string
  /** A second objective, for the best compromises between the two; "" for none. */
  second: string
  fewestTrades: number
  /** Combinations that fell further rank behind; 100 allows everything. */
  largestDipPercent: number
  /** This much of the period, at its end, is locked away. */
  holdOutPercent: number
  method: SearchMethodName | "fitting"
  /** Combinations tried by every method but the grid, which tries all. */
  trials: number
  seed: number
}

export const usualSearch: SearchChoice = {
  objective: "sharpe",
  second: "",
  fewestTrades: 30,
  largestDipPercent: 100,
  holdOutPercent: 20,
  method: "fitting",
  trials: 2_000,
  seed: 1,
}

export const searchBounds = {
  fewestTrades: { min: 0, max: 100_000 },
  largestDipPercent: { min: 1, max: 100 },
  holdOutPercent: { min: 0, max: 50 },
  trials: { min: 1, max: 100_000 },
  seed: { min: 0, max: 1_000_000 },
}

/** Up to so many combinations all of them are tried unless a person chooses otherwise. */
const MOST_FITTING_GRID = 5_000

/** The method a choice comes to, for so many combinations. */
export function methodFor({ method }: Pick<SearchChoice, "method">, combinations: number): SearchMethodName {
  if (method !== "fitting") return method
  return combinations <= MOST_FITTING_GRID ? "grid" : "tpe"
}

/** The choice as the engine takes it. */
export function planOf(choice: SearchChoice, combinations: number): OptimisePlan {
  const { objective, second, fewestTrades, largestDipPercent, trials, seed } = choice
  return {
    method: methodFor(choice, combinations),
    trials,
    seed,
    objectives: second === "" || second === objective ? [objective] : [objective, second],
    minTrades: fewestTrades,
    ...(largestDipPercent < 100 && { maxDrawdownPercent: largestDipPercent }),
  }
}

/** What is wrong with a formula as objective, in words; undefined: nothing. */
export function objectiveProblem(objective: string): string | undefined {
  const read = readObjective(objective)
  return read.ok ? undefined : read.problems[0].because
}

export function isNamedObjective(objective: string): boolean {
  return Object.hasOwn(namedObjectives, objective)
}
