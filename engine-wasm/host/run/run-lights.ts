import type { Candles } from "../candles/candles.ts"
import { sliceCandles } from "../candles/candles.ts"
import { DAY_MS } from "../candles/timeframe.ts"
import type { BacktestResult, Rejected } from "../result/backtest-result.ts"
import { scanEquity } from "../result/drawdown.ts"
import {
  feesLight,
  holdingLight,
  leftOutLight,
  luckLight,
  minimumsLight,
  tradesLight,
  unseenLight,
  type Light,
} from "../result/lights.ts"
import { randomEntries } from "../result/random-entries.ts"
import type { RunRecord } from "../result/run-record.ts"
import { smallestOrder } from "../result/smallest-order.ts"
import { splitAtLastPart } from "../result/split-result.ts"
import { backtestIn } from "./backtest.ts"
import type { AccountSettings } from "./backtest-request.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"

const TRIES = 500
const SEED = 1

/** A finished run with what is needed to ask about it. */
export type RanRun = { result: BacktestResult; record: RunRecord }

export type LightTerms = {
  /** The least an order may be worth, where the account does not say; 0: not known. */
  minOrder: number
  currency: string | undefined
  /** The part at the end that the run left out. */
  leftOut?: { fromMs: number; toMs: number }
}

/** The six lights of a run, asked one after another over the same session. Cancelling rejects with the signal's reason. */
export async function lightsOfRun(
  session: EngineSession,
  plan: RunPlan,
  { ran, ...terms }: LightTerms & { ran: RanRun },
  signal?: AbortSignal,
): Promise<Light[]> {
  const again = async (change: Partial<AccountSettings>): Promise<RanRun | undefined> => {
    const answer = await backtestIn(session, { ...plan, account: { ...plan.account, ...change } }, { signal })
    return answer.ok ? answer : undefined
  }
  const minNotional = plan.account.minNotional || terms.minOrder
  const dear = await again(doubleCosts(plan.account))
  const bound = await again({ minNotional })
  return [
    ...lightsAtOnce(session, plan, ran, terms.leftOut),
    ...(dear ? [lightOfDearRun(ran.record, dear.record, terms.currency)] : []),
    ...(bound ? [lightOfBoundRun(bound, { minNotional, currency: terms.currency })] : []),
  ]
}

/** The lights that need no other run. `leftOut`: the part at the end that the run left out. */
export function lightsAtOnce(
  session: EngineSession,
  plan: RunPlan,
  { result, record }: RanRun,
  leftOut?: { fromMs: number; toMs: number },
): Light[] {
  const candles = session.markets.map((market) => sliceCandles(market.candles, { fromMs: plan.fromMs }))
  return [
    tradesLight(record.trades.count),
    holdingOf(result, record),
    leftOut ? leftOutLight((leftOut.toMs - leftOut.fromMs) / DAY_MS) : unseenOf(record),
    luckOf(record, candles),
  ]
}

/** The account with twice the costs. */
export function doubleCosts({ feePercent, slippagePercent }: AccountSettings): Partial<AccountSettings> {
  return { feePercent: 2 * feePercent, slippagePercent: 2 * slippagePercent }
}

/** What is left of a run's profit in the same run with twice the costs. */
export function lightOfDearRun(usual: RunRecord, dear: RunRecord, currency: string | undefined): Light {
  return feesLight({
    tradeCount: usual.trades.count,
    cash: usual.cash,
    finalEquity: finalOf(usual),
    finalWithDoubleCosts: finalOf(dear),
    currency,
  })
}

/** Whether a run made under an exchange's minimum fits it. */
export function lightOfBoundRun(
  { result, record }: RanRun,
  { minNotional, currency }: { minNotional: number; currency: string | undefined },
): Light {
  return minimumsLight({
    minNotional,
    smallestOrder: smallestOrder(record.trades),
    refusedCount: result.rejected.filter(isTooSmall).length,
    currency,
  })
}

function holdingOf({ holding, metrics }: BacktestResult, record: RunRecord): Light {
  const held = scanEquity({ ...record, equity: { openTimeMs: record.equity.openTimeMs, equity: holding } })
  return holdingLight({
    tradeCount: record.trades.count,
    returnPercent: metrics.totalReturnPercent ?? 0,
    maxDrawdownPercent: metrics.maxDrawdownPercent ?? 0,
    holdingReturnPercent: metrics.marketChangePercent ?? 0,
    holdingDrawdownPercent: held.deepest?.percent ?? 0,
  })
}

function unseenOf(record: RunRecord): Light {
  return unseenLight({ parts: splitAtLastPart(record), wasLeftOut: false })
}

function luckOf({ trades }: RunRecord, markets: Candles[]): Light {
  return luckLight(randomEntries({ trades, markets, tries: TRIES, seed: SEED }), trades.count)
}

function finalOf({ equity, cash }: RunRecord): number {
  return equity.equity.at(-1) ?? cash
}

function isTooSmall({ reason }: Rejected): boolean {
  return reason === "minimumNotional" || reason === "quantityStep"
}
