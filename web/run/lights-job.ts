import { DAY_MS, sliceCandles } from "#engine/candles"
import {
  type BacktestResult,
  feesLight,
  holdingLight,
  type Light,
  leftOutLight,
  luckLight,
  minimumsLight,
  randomEntries,
  type Rejected,
  type RunRecord,
  scanEquity,
  splitResult,
  tradesLight,
  unseenLight,
} from "#engine/result"
import { type AccountSettings, backtestIn } from "#engine/run"
import { type LaidOut, layOut } from "./lay-out.ts"
import type { RunJob } from "./run-job.ts"

/** The share of the period that is looked at by itself, as if it had not been seen. */
export const UNSEEN_SHARE = 0.3
const TRIES = 500
const SEED = 1

type Ran = { laidOut: LaidOut; result: BacktestResult; record: RunRecord }

/** Runs work that needs the engine when nothing else has it. */
export type InTurn = <Answer>(work: () => Promise<Answer>) => Promise<Answer>

/**
 * Puts the six questions to a job's result, the quick ones first. Each further run waits for its turn, so that nothing
 * the person does waits for all of them. Throws as `runJob` does; a job that is refused has no lights.
 */
export async function lightsOf(
  job: RunJob,
  { onLights, inTurn, signal }: { onLights: (lights: Light[]) => void; inTurn: InTurn; signal: AbortSignal },
): Promise<void> {
  const base = await inTurn(() => ranWith(job, {}, signal))
  if (!base) return
  const { result, record } = base
  onLights([tradesLight(record.trades.count), holdingOf(result, record), unseenOf(base), luckOf(base)])
  const { feePercent, slippagePercent, cash } = job
  const doubled = { feePercent: 2 * feePercent, slippagePercent: 2 * slippagePercent }
  const dear = await inTurn(() => ranWith(job, doubled, signal))
  const currency = base.laidOut.markets.list[0].quote
  if (dear)
    onLights([
      feesLight({
        cash,
        finalEquity: finalOf(record),
        finalWithDoubleCosts: finalOf(dear.record),
        currency,
      }),
    ])
  const minNotional = base.laidOut.plan.account.minNotional || job.minOrder
  const bound = await inTurn(() => ranWith(job, { minNotional }, signal))
  if (bound)
    onLights([
      minimumsLight({
        minNotional,
        smallestOrder: smallestOrder(bound.record),
        refusedCount: bound.result.rejected.filter(isTooSmall).length,
        currency,
      }),
    ])
}

async function ranWith(job: RunJob, change: Partial<AccountSettings>, signal: AbortSignal): Promise<Ran | undefined> {
  const laidOut = await layOut(job)
  if (!laidOut.ok) return undefined
  const { markets, plan } = laidOut
  const answer = await backtestIn(markets.session, { ...plan, account: { ...plan.account, ...change } }, { signal })
  return answer.ok ? { laidOut, result: answer.result, record: answer.record } : undefined
}

function holdingOf({ holding, metrics }: BacktestResult, record: RunRecord): Light {
  const held = scanEquity({ ...record, equity: { openTimeMs: record.equity.openTimeMs, equity: holding } })
  return holdingLight({
    returnPercent: metrics.totalReturnPercent ?? 0,
    maxDrawdownPercent: metrics.maxDrawdownPercent ?? 0,
    holdingReturnPercent: metrics.marketChangePercent ?? 0,
    holdingDrawdownPercent: held.deepest?.percent ?? 0,
  })
}

/**
 * The light of a part that was left out, run now: the whole period as one run, cut where the part begins. Undefined
 * where nothing is left out or the run is refused. Throws as `runJob` does.
 */
export async function unseenLightOf(job: RunJob): Promise<Light | undefined> {
  const laidOut = await layOut(job)
  const unseen = laidOut.ok ? laidOut.markets.unseen : undefined
  const whole = unseen && (await ranWith({ ...job, unseenPercent: 0 }, {}, new AbortController().signal))
  return whole && unseenLight({ parts: splitResult(whole.record, unseen.fromMs), wasLeftOut: true })
}

function unseenOf({ record, laidOut: { markets } }: Ran): Light {
  if (markets.unseen) return leftOutLight((markets.unseen.toMs - markets.unseen.fromMs) / DAY_MS)
  const { openTimeMs } = record.equity
  const [firstMs, lastMs] = [openTimeMs[0] ?? 0, openTimeMs.at(-1) ?? 0]
  return unseenLight({ parts: splitResult(record, lastMs - UNSEEN_SHARE * (lastMs - firstMs)), wasLeftOut: false })
}

function luckOf({ laidOut: { markets: opened, plan }, record }: Ran): Light {
  const markets = opened.session.markets.map(({ candles }) => sliceCandles(candles, { fromMs: plan.fromMs }))
  return luckLight(randomEntries({ trades: record.trades, markets, tries: TRIES, seed: SEED }), record.trades.count)
}

function finalOf({ equity, cash }: RunRecord): number {
  return equity.equity.at(-1) ?? cash
}

/** Quote currency: the least that any order of a run was worth. */
function smallestOrder({ trades }: RunRecord): number | null {
  let least = Infinity
  for (let i = 0; i < trades.count; i++)
    least = Math.min(least, trades.quantity[i] * Math.min(trades.entryPrice[i], trades.exitPrice[i]))
  return Number.isFinite(least) ? least : null
}

function isTooSmall({ reason }: Rejected): boolean {
  return reason === "minimumNotional" || reason === "quantityStep"
}
