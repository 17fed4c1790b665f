import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { defaultAccount } from "../backtest-request.ts"
import { sliceCandles, type Candles } from "../../candles/candles.ts"
import { prepareRun, type EngineRun } from "./engine-run.ts"
import { openSession } from "./engine-session.ts"
import { programHash, restoreSnapshot, takeSnapshot } from "./snapshot.ts"
import { strategySchema } from "../../strategy/document/strategy-document.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { SimulationRecorder } from "./simulation-recorder.ts"

const candles = syntheticCandles({
  seed: 5,
  candles: 900,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 100,
  kind: "mixed",
})
const half = candles.openTimeMs[450]
const engine = await builtEngine()

function bot(some: Candles, length = 8): EngineRun {
  const strategy = strategySchema.parse({
    format: "candlewright.strategy/1",
    name: "moved",
    timeframe: "1h",
    long: {
      enter: { all: [`crossover(ema(close, ${length}), sma(close, 20))`] },
      exit: { any: ["rsi(close, 7) > 75"] },
    },
    protect: { stopLoss: { kind: "atr", length: 14, multiple: 2 }, trailing: { percent: 3 } },
  })
  const prepared = prepareRun(openSession(engine, [{ market: "A/USDT", candles: some }]), {
    strategy,
    account: defaultAccount,
  })
  if (!prepared.ok) throw new Error(prepared.problems[0].because)
  return prepared.run
}

function goOn({ session }: EngineRun, recorder: SimulationRecorder): void {
  while (session.instance.advance(1024, Infinity) > 0) recorder.take(session.instance, session.markets)
}

test("a bot continues over newer candles as if it had never stopped", async () => {
  const recorder = new SimulationRecorder({ samples: candles.openTimeMs.length })
  const before = bot(sliceCandles(candles, { toMs: half }))
  goOn(before, recorder)
  const after = bot(sliceCandles(candles, { fromMs: half }))
  const snapshot = { ...takeSnapshot(before, await programHash(before)), done: [0] }
  expect(restoreSnapshot(after, snapshot, await programHash(after))).toEqual({ ok: true })
  goOn(after, recorder)
  after.session.instance.finish()
  recorder.take(after.session.instance, after.session.markets)

  const whole = bot(candles)
  const wholeRecorder = new SimulationRecorder({ samples: candles.openTimeMs.length })
  goOn(whole, wholeRecorder)
  whole.session.instance.finish()
  wholeRecorder.take(whole.session.instance, whole.session.markets)
  const [a, b] = [recorder.simulation(after.session.instance, []), wholeRecorder.simulation(whole.session.instance, [])]
  expect(b.trades.count).toBeGreaterThan(5)
  expect(a).toEqual(b)
})

test("another strategy, another engine and a state cut short are refused with the reason", async () => {
  const run = bot(candles)
  const own = await programHash(run)
  const snapshot = takeSnapshot(run, own)
  const other = bot(candles, 9)
  expect(restoreSnapshot(other, snapshot, await programHash(other))).toMatchObject({
    ok: false,
    because: expect.stringContaining("another strategy"),
  })
  expect(restoreSnapshot(run, { ...snapshot, engine: "older" }, own)).toMatchObject({
    ok: false,
    because: expect.stringContaining("another version"),
  })
  expect(restoreSnapshot(run, { ...snapshot, state: snapshot.state.subarray(8) }, own)).toMatchObject({
    ok: false,
    because: expect.stringContaining("damaged"),
  })
})
