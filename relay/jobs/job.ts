import type { AccountSettings, OptimiseRequest, SweepFigure, SweepVary } from "#engine/run"
import type { ParamValues } from "#engine/strategy"
import type { Timeframe } from "#engine/candles"
import type { VenueId } from "#venues"

export const jobKinds = ["backtest", "optimisation"] as const
export type JobKind = (typeof jobKinds)[number]
export const jobStatuses = ["queued", "running", "done", "failed", "cancelled"] as const
export type JobStatus = (typeof jobStatuses)[number]

/** A run as it was asked, checked, with nothing left open: the same work whenever it is begun. */
export type AskedRun = {
  venue: VenueId
  /** The exchange's names. */
  markets: string[]
  /** Of the candles: the strategy's, or a shorter one that adds up to it. */
  timeframe: Timeframe
  /** Candles opening from here up to, but without, the end. */
  fromMs: number
  toMs: number
  /** The strategy document as it was sent. */
  strategy: unknown
  params: ParamValues
  account: AccountSettings
}

export type AskedSweep = { vary: SweepVary; rank: SweepFigure; fewestTrades?: number; mostRows: number }

/** What of a search for good values its run does not say. */
export type AskedSearch = Omit<OptimiseRequest, "terms" | "history"> & { vary: SweepVary }

/** What a job is to do. */
export type AskedJob = { run: AskedRun } & (
  | { kind: "backtest" }
  | { kind: "optimisation"; sweep: AskedSweep }
  | { kind: "optimisation"; search: AskedSearch }
)

/** Why a job has no answer: in words, and the place in the body that is to blame. */
export type JobFailure = { error: string; field?: string }

/** How a job ended: its answer as JSON, or why there is none. */
export type JobOutcome = { result: string } | JobFailure

/** A job as whoever asked for it sees it. */
export type JobView = {
  id: string
  kind: JobKind
  status: JobStatus
  /** From 0 to 1. */
  progress: number
  createdMs: number
  endedMs: number | null
  error?: string
  field?: string
}
