import { MINUTE_MS, sliceCandles, type Candles } from "#engine/candles"
import { metricsOf } from "#engine/result"
import { openSession, runRecord, sweep, type Engine, type SweepRequest } from "#engine/run"
import { costOf, costOfAsync, median } from "./interleaved.ts"

const RUNS = 7
/** So few that nothing but the combination itself is left. */
const FEW_CANDLES = 64
/** Runs that go one by one, for comparison. */
const ALONE = 24

export type SweepCosts = Record<
  "sweepNanosecondsPerTrade" | "sweepFixedMicrosecondsTogether" | "sweepFixedMicrosecondsAlone" | "sweepGainOverAlone",
  number
>

/**
 * What a sweep's work is made of: a combination before its first candle, together and alone; a trade, all the time of a
 * sweep counted to its trades; and how many times as fast as one backtest after the other it is.
 */
export async function measureSweepCosts(engine: Engine, candles: Candles, request: SweepRequest): Promise<SweepCosts> {
  const combinations = Object.values(request.vary).reduce((count, values) => count * values.length, 1)
  const short = sliceCandles(candles, { toMs: candles.openTimeMs[0] + FEW_CANDLES * MINUTE_MS })
  const together = await togetherMs(engine, candles, request)
  const aloneMs = aloneMsOf(engine, candles, request)
  const trades = await tradesOf(engine, candles, request)
  return {
    sweepNanosecondsPerTrade: (together * 1e6) / trades,
    sweepFixedMicrosecondsTogether: ((await togetherMs(engine, short, request)) * 1e3) / combinations,
    sweepFixedMicrosecondsAlone: aloneMsOf(engine, short, request) * 1e3,
    sweepGainOverAlone: (aloneMs * combinations) / together,
  }
}

async function togetherMs(engine: Engine, candles: Candles, request: SweepRequest): Promise<number> {
  const session = openSession(engine, [{ market: "BENCH/USD", candles }])
  const costs: number[] = []
  for (let run = -2; run < RUNS; run++) {
    const { cpuMs } = await costOfAsync(() => sweep(session, request))
    if (run >= 0) costs.push(cpuMs)
  }
  return median(costs)
}

/** Of one backtest with all metrics, as a sweep needs them. */
function aloneMsOf(engine: Engine, candles: Candles, { strategy, account, vary }: SweepRequest): number {
  const session = openSession(engine, [{ market: "BENCH/USD", candles }])
  const costs = Array.from({ length: ALONE }, (_, n) => {
    const params = Object.fromEntries(Object.entries(vary).map(([name, values]) => [name, values[n % values.length]]))
    return costOf(() => {
      const run = runRecord(session, { strategy, account, params })
      if (!run.ok) throw new Error(run.problems[0].because)
      metricsOf(run.record)
    }).cpuMs
  })
  return median(costs.slice(2))
}

async function tradesOf(engine: Engine, candles: Candles, request: SweepRequest): Promise<number> {
  const swept = await sweep(openSession(engine, [{ market: "BENCH/USD", candles }]), request)
  if (!swept.ok) throw new Error(swept.problems[0].because)
  return swept.rows.reduce((sum, { tradeCount }) => sum + (tradeCount ?? 0), 0)
}
