import { MINUTE_MS, sliceCandles, type Candles } from "#engine/candles"
import {
  defaultAccount,
  LiveRun,
  openSession,
  prepareRun,
  type Engine,
  type EngineRun,
  type LiveIntent,
} from "#engine/run"
import { bot } from "./bot.ts"
import { repeated } from "./interleaved.ts"

const WARM_CANDLES = 5_000
const ROUND_CANDLES = 20_000
const ROUNDS = 7

/**
 * Microseconds a live bot needs for one more candle: the candle into the engine, indicators, decision, account, what
 * it asks for read out, and its fills told back.
 */
export async function measureLiveCandle(
  engine: Engine,
  candles: Candles,
): Promise<Record<"liveCandleMicroseconds", number>> {
  const warm = sliceCandles(candles, { toMs: candles.openTimeMs[WARM_CANDLES] })
  const plan = { strategy: bot, account: defaultAccount, fromMs: candles.openTimeMs[WARM_CANDLES] }
  const opened = await LiveRun.open(engine, plan, [{ market: "BENCH/USD", candles: warm }])
  if (!opened.ok) throw new Error(opened.problems[0].because)
  const { run } = opened
  run.advanceTo(candles.openTimeMs[WARM_CANDLES])
  let n = WARM_CANDLES
  const { cpuMs } = repeated(ROUNDS, () => {
    for (const end = n + ROUND_CANDLES; n < end; n++) oneMore(run, candles, n)
    if (run.takeRecords().equity.equity.length !== ROUND_CANDLES) throw new Error("The bot did not take its candles.")
  })
  return { liveCandleMicroseconds: (cpuMs * 1000) / ROUND_CANDLES }
}

function oneMore(run: LiveRun, { openTimeMs, open, high, low, close, volume }: Candles, n: number): void {
  const timeMs = openTimeMs[n]
  run.append(0, {
    openTimeMs: timeMs,
    open: open[n],
    high: high[n],
    low: low[n],
    close: close[n],
    volume: volume[n],
  })
  run.advanceTo(timeMs + MINUTE_MS)
  for (const intent of run.takeIntents()) fill(run, intent, close[n])
  const { side, stop } = run.position(0)
  if (side !== 0 && low[n] <= stop)
    run.fill(0, { side: "sell", quantity: Infinity, price: stop, fee: 0, coinFee: 0, timeMs })
}

/** Entries and exits fill at once, at the close. */
function fill(run: LiveRun, { id, action, side, quantity = 0, timeMs }: LiveIntent, price: number): void {
  if (action !== "enter" && action !== "exit") return
  run.fill(0, { intent: id, side, quantity, price, fee: quantity * price * 0.001, coinFee: 0, timeMs })
  run.endOrder(0, id, "filled", timeMs)
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
