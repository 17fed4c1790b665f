import { expect, test } from "vitest"
import { codeDocument, codeEngine } from "../../../testing/code-story.ts"
import { coreSources } from "../../../testing/core-sources.ts"
import { defaultAccount } from "../backtest-request.ts"
import { sliceCandles, type Candles } from "../../candles/candles.ts"
import { compileCode } from "../../strategy/code/code-compile.ts"
import { prepareRun, type EngineRun } from "../engine/engine-run.ts"
import { openSession } from "../engine/engine-session.ts"
import type { Engine } from "../engine/engine.ts"
import { simulate } from "../engine/simulate.ts"
import { programHash, restoreSnapshot, takeSnapshot } from "../engine/snapshot.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { SimulationRecorder, type Simulation } from "../engine/simulation-recorder.ts"

const source = `import { Candle, Ema, Rsi, Strategy } from "candlewright"
let seen: i32 = 0
export class Mine extends Strategy {
  rsi: Rsi = new Rsi(7)
  daily: Ema = new Ema(3)
  trend: f64 = NaN
  closes: f64[] = []
  constructor() { super(); this.listenTo("1d") }
  onHigher(timeframe: string, candle: Candle): void { this.trend = this.daily.next(candle.close) }
  onCandle(candle: Candle): void {
    seen += 1
    this.closes.push(candle.close)
    if (this.closes.length > 40) this.closes.shift()
    let mean: f64 = 0
    for (let n = 0; n < this.closes.length; n++) mean += this.closes[n] / <f64>this.closes.length
    const strength = this.rsi.next(candle.close)
    if (strength < 40 && candle.close < mean) this.buy().stop(candle.low * 0.97).target(candle.close * 1.02, 0.5).tag("dip " + (seen % 5).toString())
    if (strength > 60 || candle.close > this.trend * 1.05) this.close()
  }
}
`
const candles = syntheticCandles({
  seed: 9,
  candles: 700,
  timeframe: "1h",
  startMs: Date.UTC(2024, 0, 1),
  startPrice: 50,
  kind: "mixed",
})
const strategy = codeDocument(source, { size: { kind: "equity", percent: 60 } })
const account = { ...defaultAccount, quantityStep: 0.001 }
const bits = ({ trades, equity, rejected, tags }: Simulation) =>
  JSON.stringify([
    Object.values(trades).map((column) => (typeof column === "number" ? column : Array.from(column, String))),
    Array.from(equity.equity, String),
    rejected,
    tags,
  ])

function begin(engine: Engine, some: Candles): EngineRun {
  const prepared = prepareRun(openSession(engine, [{ market: "BTC/USDT", candles: some }]), { strategy, account })
  if (!prepared.ok) throw new Error(prepared.problems[0].because)
  return prepared.run
}

test("a strategy in code resumes elsewhere without any difference, with all candles or with the new ones only", async () => {
  const engine = await codeEngine(source)
  const whole = simulate(openSession(engine, [{ market: "BTC/USDT", candles }]), { strategy, account })
  if (!whole.ok) throw new Error(whole.problems[0].because)
  expect(whole.simulation.trades.count).toBeGreaterThan(10)

  const recorder = new SimulationRecorder({ samples: candles.openTimeMs.length })
  let run = begin(engine, sliceCandles(candles, { toMs: candles.openTimeMs[37] }))
  const program = await programHash(run)
  for (let at = 37; ; at += 37) {
    while (run.session.instance.advance(1024, Infinity) > 0) recorder.take(run.session.instance, run.session.markets)
    recorder.take(run.session.instance, run.session.markets)
    if (at >= candles.openTimeMs.length) break
    const snapshot = { ...takeSnapshot(run, program), done: [0] }
    run = begin(engine, sliceCandles(candles, { fromMs: candles.openTimeMs[at], toMs: candles.openTimeMs[at + 37] }))
    expect(restoreSnapshot(run, snapshot, program)).toEqual({ ok: true })
  }
  run.session.instance.finish()
  recorder.take(run.session.instance, run.session.markets)
  expect(bits(recorder.simulation(run.session.instance, run.tags()))).toBe(bits(whole.simulation))
})

test("counting its work does not change a strategy's trades", async () => {
  const compiled = await compileCode(source, { core: await coreSources(), unmetered: true })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  const unmetered = { module: await WebAssembly.compile(compiled.wasm), sha256: "", code: source }
  const [a, b] = [await codeEngine(source), unmetered].map((engine) =>
    simulate(openSession(engine, [{ market: "BTC/USDT", candles }]), { strategy, account }),
  )
  if (!a.ok || !b.ok) throw new Error("it stopped")
  expect(bits(b.simulation)).toBe(bits(a.simulation))
})

test("a strategy in code goes on where prices get digits that none had before, right but for rounding", async () => {
  const engine = await codeEngine(source)
  const half = candles.openTimeMs[350]
  const finer = (price: number, n: number) => (n < 350 ? price : Number((price + 0.0013).toFixed(4)))
  const [open, high, low, close] = [candles.open, candles.high, candles.low, candles.close].map((one) => one.map(finer))
  const all = { ...candles, open, high, low, close, priceDecimals: 4 }
  const whole = simulate(openSession(engine, [{ market: "BTC/USDT", candles: all }]), { strategy, account })
  if (!whole.ok) throw new Error(whole.problems[0].because)

  const before = begin(engine, { ...sliceCandles(all, { toMs: half }), priceDecimals: 2 })
  const recorder = new SimulationRecorder({ samples: all.openTimeMs.length })
  while (before.session.instance.advance(1024, Infinity) > 0)
    recorder.take(before.session.instance, before.session.markets)
  const program = await programHash(before)
  const after = begin(engine, sliceCandles(all, { fromMs: half }))
  expect(await programHash(after)).toBe(program)
  expect(restoreSnapshot(after, { ...takeSnapshot(before, program), done: [0] }, program)).toEqual({ ok: true })
  while (after.session.instance.advance(1024, Infinity) > 0)
    recorder.take(after.session.instance, after.session.markets)
  after.session.instance.finish()
  recorder.take(after.session.instance, after.session.markets)

  const moved = recorder.simulation(after.session.instance, after.tags())
  expect(moved.trades.count).toBe(whole.simulation.trades.count)
  const [last, lastOfWhole] = [moved, whole.simulation].map(({ equity }) => equity.equity.at(-1)!)
  expect(Math.abs(last / lastOfWhole - 1)).toBeLessThan(1e-12)
})
