import type { AccountSettings } from "../backtest-request.ts"
import type { EngineSession } from "../engine/engine-session.ts"
import type { ParamValues } from "../../strategy/document/strategy-document-params.ts"
import type { StrategyProblem } from "../../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../../strategy/document/strategy-document.ts"
import { countInWords, spaceProblems } from "../search/space-problems.ts"
import {
  combinationAt,
  combinationCount,
  dimensionsOf,
  numbering,
  type SearchSpace,
  type SweepVary,
} from "../search/search-space.ts"
import { figuresOf, type SweepOptions } from "./combination-figures.ts"
import { ranked, rowOfFigures, sweepFigures, type SweepFigure, type SweepRow } from "./sweep-row.ts"

export { FEWEST_TRADES, sweepFigures, ranked, type SweepFigure, type SweepRow } from "./sweep-row.ts"

export type SweepRequest = {
  strategy: StrategyDocument
  vary: SweepVary
  /** Values for the other params; missing ones keep the document's. */
  params?: ParamValues
  account: AccountSettings
  /** The figure that sorts the rows, best first. */
  rank?: SweepFigure
  /** Rows with fewer trades come after the others; 10 by default. */
  fewestTrades?: number
  /** As in a backtest. */
  fromMs?: number
  /**
   * Only every `of`-th combination, beginning with number `first`: for workers that share a sweep. Neighbours are
   * alike, so all have equal work.
   */
  part?: { first: number; of: number }
}

/** `refused`: combinations whose values the strategy cannot be run with, such as an average over no candle. */
export type Swept =
  | { ok: true; rows: SweepRow[]; refused: { params: ParamValues; because: string }[] }
  | { ok: false; problems: StrategyProblem[] }

/** More combinations than this are refused: their table would be unreadable, and their best would be chance. */
export const MOST_COMBINATIONS = 100_000

/**
 * Runs a strategy with every combination of the values in `vary`, over candles that are already in an engine. Each
 * row has the figures of a backtest with these params. Rules for one market run over the candles together; code and
 * other programs' fills run one by one. Returns `problems` when it
 * refuses. Cancelling rejects with the signal's reason.
 */
export async function sweep(session: EngineSession, request: SweepRequest, options: SweepOptions = {}): Promise<Swept> {
  const problems = sweepProblems(request)
  if (problems.length > 0) return { ok: false, problems }
  const combinations = combinationsOf(request)
  const { figures, refused } = await figuresOf(session, request, combinations, options)
  const leftOut = new Set(refused.map(({ at }) => at))
  const rows = combinations.flatMap((params, n) =>
    leftOut.has(n)
      ? []
      : [rowOfFigures(params, figures.subarray(n * sweepFigures.length, (n + 1) * sweepFigures.length))],
  )
  return {
    ok: true,
    rows: ranked(rows, request.rank ?? "sharpe", request.fewestTrades),
    refused: refused.map(({ at, because }) => ({ params: combinations[at], because })),
  }
}

/** How many combinations these values make; a value that appears twice is tried once. */
export function variedCount(vary: SweepVary): number {
  return combinationCount({ variants: { length: 1 }, dimensions: dimensionsOf(vary) })
}

/** Rows of several parts as one sweep orders them before it ranks: by the number of their combination. */
export function inSweepOrder(rows: readonly SweepRow[], vary: SweepVary): SweepRow[] {
  const numberOf = numbering({ variants: { length: 1 }, dimensions: dimensionsOf(vary) })
  return rows
    .map((row) => ({ row, number: numberOf({ variant: 0, params: row.params }) }))
    .sort((a, b) => a.number - b.number)
    .map(({ row }) => row)
}

/** Why these values cannot be tried; empty: they can. */
export function sweepProblems(request: Pick<SweepRequest, "strategy" | "vary" | "params">): StrategyProblem[] {
  const space = spaceOf(request)
  if (combinationCount(space) <= MOST_COMBINATIONS) return spaceProblems(space, request.params)
  const most = MOST_COMBINATIONS.toLocaleString("en")
  return [{ path: "vary", because: `these are ${countInWords(space)}; try at most ${most}` }]
}

function spaceOf({ strategy, vary }: Pick<SweepRequest, "strategy" | "vary">): SearchSpace {
  return { variants: [strategy], dimensions: dimensionsOf(vary) }
}

/** Every combination of this part, the last param's values changing fastest. */
function combinationsOf({ strategy, vary, params, part }: SweepRequest): ParamValues[] {
  const space = spaceOf({ strategy, vary })
  const own = Object.fromEntries(Object.entries(strategy.params).map(([name, { value }]) => [name, value]))
  const { first, of } = part ?? { first: 0, of: 1 }
  return Array.from({ length: Math.ceil((combinationCount(space) - first) / of) }, (_, n) => ({
    ...own,
    ...params,
    ...combinationAt(space, first + n * of).params,
  }))
}
