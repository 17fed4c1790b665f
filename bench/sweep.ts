import { MINUTE_MS, sliceCandles, type Candles } from "#engine/candles"
import {
  defaultAccount,
  openSession,
  sweep,
  type Engine,
  type EngineSession,
  type MarketCandles,
  type SweepRequest,
  type SweepRow,
} from "#engine/run"
import { SweepThreads } from "../relay/jobs/sweep-threads.ts"
import { assertClose } from "./assert-close.ts"
import { benchStrategy } from "./bench-strategy.ts"
import { fusedSweep, type FusedStops, type SweptPair } from "./fused-sweep.ts"
import { costOf, costOfAsync, median, type Cost } from "./interleaved.ts"
import { measureSweepCosts } from "./sweep-costs.ts"

const CANDLES = 100_000
const WARM_UPS = 6
const RUNS = 9

const range = (from: number, count: number, step: number) => Array.from({ length: count }, (_, n) => from + n * step)
const vary = { fast: range(5, 25, 1), slow: range(30, 40, 5) }
const account = { ...defaultAccount, cash: 10_000, feePercent: 0.01 }
const strategy = benchStrategy({
  params: { fast: { type: "int", value: 10, min: 2, max: 100 }, slow: { type: "int", value: 50, min: 2, max: 500 } },
  series: { quick: "sma(close, fast)", calm: "sma(close, slow)" },
  long: { enter: { all: ["crossover(quick, calm)"] }, exit: { any: ["crossunder(quick, calm)"] } },
  protect: { stopLoss: { kind: "none" } },
  size: { kind: "equity", percent: 100 },
})
const request: SweepRequest = { strategy, vary, account }
const CELLS = vary.fast.length * vary.slow.length * CANDLES

const stops: FusedStops = { stop: 3, trailing: 4, armAt: 2 }
const withStops: SweepRequest = {
  ...request,
  strategy: benchStrategy({
    ...strategy,
    protect: {
      stopLoss: { kind: "percent", percent: stops.stop },
      trailing: { percent: stops.trailing, armAtPercent: stops.armAt },
    },
  }),
}

const withEverything: SweepRequest = {
  ...request,
  strategy: benchStrategy({
    ...strategy,
    protect: {
      stopLoss: { kind: "percent", percent: 0.5 },
      trailing: { percent: 0.4, armAtPercent: 0.3 },
      takeProfit: [
        { percent: 0.3, share: 0.5 },
        { percent: 0.6, share: 1 },
      ],
      roi: [
        { afterMinutes: 0, percent: 2 },
        { afterMinutes: 60, percent: 0.5 },
      ],
      timeStop: { candles: 120 },
    },
  }),
}

type Swept = { engine: number; wall: number; byHand: number }

/**
 * A thousand pairs of averages over 100,000 candles, each with return, drawdown, Sharpe, trades and more, alone and with
 * a stop that trails: nanoseconds of processor time per candle and combination, and the loop written by hand.
 */
export async function measureSweep(engine: Engine, candles: Candles): Promise<Record<string, number>> {
  const market = few(candles)
  await assertSameSweep(engine, market.candles)
  const session = openSession(engine, [market])
  const plain = await nanosecondsOf(session, market.candles, request)
  const stopped = await nanosecondsOf(session, market.candles, withStops, stops)
  const full = await engineNanoseconds(session, withEverything)
  return {
    ...(await measureSweepCosts(engine, market.candles, withStops)),
    sweepFullNanosecondsPerCandleCombination: full.engine,
    sweepNanosecondsPerCandleCombination: plain.engine,
    sweepWallNanosecondsPerCandleCombination: plain.wall,
    sweepFusedNanosecondsPerCandleCombination: plain.byHand,
    sweepRatioToFused: plain.engine / plain.byHand,
    sweepStopsNanosecondsPerCandleCombination: stopped.engine,
    sweepStopsFusedNanosecondsPerCandleCombination: stopped.byHand,
    sweepStopsRatioToFused: stopped.engine / stopped.byHand,
  }
}

async function nanosecondsOf(
  session: EngineSession,
  candles: Candles,
  asked: SweepRequest,
  levels?: FusedStops,
): Promise<Swept> {
  const engine = await engineNanoseconds(session, asked)
  return { ...engine, byHand: nanoseconds([costOf(() => byHand(candles, levels)).cpuMs]) }
}

async function engineNanoseconds(session: EngineSession, asked: SweepRequest): Promise<Omit<Swept, "byHand">> {
  const costs: Cost[] = []
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const cost = await costOfAsync(() => sweep(session, asked))
    if (run >= 0) costs.push(cost)
  }
  return {
    engine: nanoseconds(costs.map(({ cpuMs }) => cpuMs)),
    wall: nanoseconds(costs.map(({ wallMs }) => wallMs)),
  }
}

type Threads = Record<
  "sweepSpeedupTwoWorkers" | "sweepSpeedupTwoWorkersByProcessorTime" | "sweepTwoWorkersWallMilliseconds",
  number
>

/**
 * A sweep of four thousand pairs on one worker and on two that stay open, as the app keeps them: the speed-up of two.
 * By processor time: the speed-up on an idle machine; on a busy one wall-clock time says little.
 */
export async function measureSweepThreads(engine: Engine, candles: Candles): Promise<Threads> {
  const shared = { engine, markets: [few(candles)] }
  const larger = { ...request, vary: { ...vary, fast: range(2, 99, 1) } }
  const [one, two] = [1, 2].map((threads) => new SweepThreads(shared, threads))
  const runs: { one: Cost; two: Cost }[] = []
  for (let run = -WARM_UPS; run < RUNS; run++) {
    const pair = { one: await costOfAsync(() => one.sweep(larger)), two: await costOfAsync(() => two.sweep(larger)) }
    if (run >= 0) runs.push(pair)
  }
  await Promise.all([one.close(), two.close()])
  return {
    sweepSpeedupTwoWorkers: median(runs.map((run) => run.one.wallMs / run.two.wallMs)),
    sweepSpeedupTwoWorkersByProcessorTime: median(runs.map((run) => (2 * run.one.cpuMs) / run.two.cpuMs)),
    sweepTwoWorkersWallMilliseconds: median(runs.map((run) => run.two.wallMs)),
  }
}

function few(candles: Candles): MarketCandles {
  return { market: "BENCH/USD", candles: sliceCandles(candles, { toMs: candles.openTimeMs[0] + CANDLES * MINUTE_MS }) }
}

const nanoseconds = (costsMs: number[]) => (median(costsMs) * 1e6) / CELLS

function byHand(candles: Candles, levels?: FusedStops): ReturnType<typeof fusedSweep> {
  const money = { cash: account.cash, feeRate: account.feePercent / 100 }
  return fusedSweep(candles, { fasts: vary.fast, slows: vary.slow, ...money }, levels)
}

/** Throws unless every row of the sweeps equals the loop's for its pair. */
export async function assertSameSweep(engine: Engine, candles: Candles): Promise<void> {
  const session = openSession(engine, [{ market: "BENCH/USD", candles }])
  for (const [asked, levels] of [[request, undefined] as const, [withStops, stops] as const]) {
    const swept = await sweep(session, asked)
    if (!swept.ok) throw new Error(swept.problems[0].because)
    const pairs = byHand(candles, levels)
    for (const row of swept.rows) assertSamePair(row, pairs.get(`${row.params.fast} ${row.params.slow}`))
  }
}

function assertSamePair(row: SweepRow, pair?: SweptPair): void {
  if (!pair) throw new Error("The loop written by hand has no such pair.")
  assertClose("final equity", row.finalEquity, pair.finalEquity)
  assertClose("drawdown", row.maxDrawdownPercent, pair.maxDrawdownPercent)
  assertClose("sharpe", row.sharpe, pair.sharpe)
  assertClose("trades", row.tradeCount, pair.trades)
}
