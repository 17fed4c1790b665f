import { DAY_MS } from "#engine/candles"
import { type MarketPhase, marketPhases, type RunPart, smallestCash, splitAtLastPart } from "#engine/result"
import { ranWith } from "./lights-job.ts"
import type { RunJob } from "./run-job.ts"

/** What a strategy did on a person's own market: everything that is said of it is counted here. */
export type StrategyFacts = {
  currency: string | undefined
  fromMs: number
  toMs: number
  tradeCount: number
  tradesPerMonth: number
  returnPercent: number
  holdingPercent: number
  maxDrawdownPercent: number
  phases: MarketPhase[]
  /**
   * With so much cash every order would have been worth `minOrder`; nothing where it never traded, or always buys for
   * the same amount.
   */
  smallestCash: number | null
  minOrder: number
  /** The first part of the period and the last, as if that had not been seen; nothing where the period is too short. */
  parts: { seen: RunPart; unseen: RunPart } | undefined
}

const MONTH_DAYS = 365.25 / 12

/** Runs a job and counts what there is to say of its strategy; nothing when it is refused. Throws as `runJob` does. */
export async function factsOf(job: RunJob, signal: AbortSignal): Promise<StrategyFacts | undefined> {
  const ran = await ranWith(job, {}, signal)
  if (!ran) return undefined
  const { result, record, laidOut } = ran
  const { openTimeMs } = record.equity
  const [fromMs, toMs] = [openTimeMs[0] ?? 0, openTimeMs.at(-1) ?? 0]
  const months = Math.max(1, (toMs + record.timeframeMs - fromMs) / DAY_MS / MONTH_DAYS)
  const isFixed = laidOut.plan.strategy.size.kind === "quote"
  return {
    currency: laidOut.markets.list[0].quote,
    fromMs,
    toMs,
    tradeCount: record.trades.count,
    tradesPerMonth: record.trades.count / months,
    returnPercent: result.metrics.totalReturnPercent ?? 0,
    holdingPercent: result.metrics.marketChangePercent ?? 0,
    maxDrawdownPercent: result.metrics.maxDrawdownPercent ?? 0,
    phases: marketPhases(record, result.holding),
    smallestCash: isFixed ? null : smallestCash(record, job.minOrder),
    minOrder: job.minOrder,
    parts: splitAtLastPart(record),
  }
}
