import { MINUTE_MS, sliceCandles, type Candles } from "#engine/candles"
import { defaultAccount, openSession, prepareRun, SimulationRecorder, type Engine, type EngineRun } from "#engine/run"
import { bot } from "./bot.ts"
import { repeated } from "./interleaved.ts"

const WARM_CANDLES = 5_000
const ROUND_CANDLES = 20_000
const ROUNDS = 7

/** Microseconds a whole bot needs for one more candle: indicators, decision, fills, account, and reading its output. */
export function measureLiveCandle(engine: Engine, candles: Candles): Record<"liveCandleMicroseconds", number> {
  const most = WARM_CANDLES + (ROUNDS + 1) * ROUND_CANDLES
  const run = preparedBot(engine, sliceCandles(candles, { toMs: candles.openTimeMs[0] + most * MINUTE_MS }))
  const recorder = new SimulationRecorder({ samples: most })
  run.session.instance.advance(WARM_CANDLES, Infinity)
  const { cpuMs } = repeated(ROUNDS, () => {
    for (let n = 0; n < ROUND_CANDLES; n++) oneMore(run, recorder)
  })
  return { liveCandleMicroseconds: (cpuMs * 1000) / ROUND_CANDLES }
}

/** The bot laid out over candles, ready for its first. */
export function preparedBot(engine: Engine, candles: Candles): EngineRun {
  const prepared = prepareRun(openSession(engine, [{ market: "BENCH/USD", candles }]), {
    strategy: bot,
    account: defaultAccount,
  })
  if (!prepared.ok) throw new Error(prepared.problems[0].because)
  return prepared.run
}

function oneMore({ session: { instance, markets } }: EngineRun, recorder: SimulationRecorder): void {
  if (instance.advance(1, Infinity) !== 1) throw new Error("The bot did not take its candle.")
  recorder.take(instance, markets)
}
