import { DAY_MS } from "../candles/timeframe.ts"
import type { BacktestResult, Rejected } from "../result/backtest-result.ts"
import { scanEquity } from "../result/drawdown.ts"
import { luckLight, ruinLight } from "../result/chance-lights.ts"
import {
  feesLight,
  holdingLight,
  leftOutLight,
  minimumsLight,
  tradesLight,
  unseenLight,
  type Light,
} from "../result/lights.ts"
import type { RunRecord } from "../result/run-record.ts"
import { smallestOrder } from "../result/smallest-order.ts"
import { splitAtLastPart } from "../result/split-result.ts"
import { tradeChance } from "../result/statistics/trade-chance.ts"
import { tradeReturnsOf } from "../result/trade-returns.ts"
import { backtestIn } from "./backtest.ts"
import type { AccountSettings } from "./backtest-request.ts"
import type { RunPlan } from "./engine/engine-run.ts"
import type { EngineSession } from "./engine/engine-session.ts"
import { dearCosts } from "./robustness/costs.ts"
import { RUIN_SHARE } from "./robustness/robustness-request.ts"
import { entryRankOf } from "./robustness/run-luck.ts"

const SHUFFLES = 1_000
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

/** The lights of a run, asked one after another over the same session. Cancelling rejects with the signal's reason. */
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
  const luck = await luckLightOf(session, plan, ran.record, signal)
  const dear = await again(dearCosts(plan.account))
  const bound = await again({ minNotional })
  return [
    ...lightsAtOnce(plan, ran, terms),
    luck,
    ...(dear ? [lightOfDearRun(ran.record, dear.record, { account: plan.account, currency: terms.currency })] : []),
    ...(bound ? [lightOfBoundRun(bound, { minNotional, currency: terms.currency })] : []),
  ]
}

/** The lights that need no other run. */
export function lightsAtOnce(
  { account }: RunPlan,
  { result, record }: RanRun,
  { leftOut, currency }: Pick<LightTerms, "leftOut" | "currency">,
): Light[] {
  return [
    tradesLight(record.trades.count),
    holdingOf(result, record),
    leftOut ? leftOutLight((leftOut.toMs - leftOut.fromMs) / DAY_MS) : unseenOf(record),
    ruinOf(record, account.cash * RUIN_SHARE, currency),
  ]
}

/** Whether its entries are better than chance. Cancelling rejects with the signal's reason. */
export async function luckLightOf(
  session: EngineSession,
  plan: RunPlan,
  record: RunRecord,
  signal?: AbortSignal,
): Promise<Light> {
  return luckLight(await entryRankOf(session, plan, record, signal), record.trades.count)
}

/** What is left of a run's profit in the same run with `dearCosts`. */
export function lightOfDearRun(
  usual: RunRecord,
  dear: RunRecord,
  { account, currency }: { account: AccountSettings; currency: string | undefined },
): Light {
  return feesLight({
    tradeCount: usual.trades.count,
    cash: usual.cash,
    finalEquity: finalOf(usual),
    finalWithHighCosts: finalOf(dear),
    slippagePercent: { usual: account.slippagePercent, high: dearCosts(account).slippagePercent },
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

function ruinOf({ trades, cash }: RunRecord, ruinCash: number, currency: string | undefined): Light {
  const returns = tradeReturnsOf({ trades, cash })
  const found = tradeChance({ returns, cash, ruinCash, chance: { kind: "shuffled" }, runs: SHUFFLES, seed: SEED })
  return ruinLight({
    by: "trades",
    runs: SHUFFLES,
    tradeCount: trades.count,
    worstFallPercent: found?.fallPercent.worst ?? 0,
    ruinPercent: found?.ruinPercent ?? 0,
    ruinCash,
    currency,
  })
}

function finalOf({ equity, cash }: RunRecord): number {
  return equity.equity.at(-1) ?? cash
}

function isTooSmall({ reason }: Rejected): boolean {
  return reason === "minimumNotional" || reason === "quantityStep"
}
