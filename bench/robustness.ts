import { syntheticCandles } from "#engine/candles"
import {
  backtestIn,
  defaultAccount,
  lightsOfRun,
  openSession,
  TaskDesk,
  type Engine,
  type MarketCandles,
  type RunTask,
} from "#engine/run"
import { benchStrategy } from "./bench-strategy.ts"
import { median } from "./interleaved.ts"

const YEAR_HOURS = 8_760
const RUNS = 5
const MARKETS = 100
const BLOCK_CANDLES = 48

const account = { ...defaultAccount, cash: 10_000 }
const strategy = benchStrategy({
  timeframe: "1h",
  series: { quick: "sma(close, 20)", calm: "sma(close, 100)" },
  long: { enter: { all: ["crossover(quick, calm)"] }, exit: { any: ["crossunder(quick, calm)"] } },
  protect: { stopLoss: { kind: "percent", percent: 5 } },
  size: { kind: "equity", percent: 95 },
})

/** A year of hours: all lights of a result after its backtest, and other pasts of the market run in a second by one thread. */
export async function measureRobustness(
  engine: Engine,
): Promise<Record<"lightsMilliseconds" | "monteCarloRunsPerSecond", number>> {
  const startMs = Date.UTC(2024, 0, 1)
  const made = { seed: 7, candles: YEAR_HOURS, timeframe: "1h", startMs, startPrice: 30_000, kind: "mixed" } as const
  const own: MarketCandles[] = [{ market: "BENCH/USD", candles: syntheticCandles(made) }]
  const lights: number[] = []
  for (let run = 0; run < RUNS; run++) lights.push(await cpuOfLights(engine, own))
  return { lightsMilliseconds: median(lights), monteCarloRunsPerSecond: await pastsPerSecond(engine, own) }
}

async function cpuOfLights(engine: Engine, own: MarketCandles[]): Promise<number> {
  const session = openSession(engine, own)
  const plan = { strategy, account }
  const ran = await backtestIn(session, plan)
  if (!ran.ok) throw new Error(ran.problems[0].because)
  return cpuOf(async () => void (await lightsOfRun(session, plan, { ran, currency: "USD", minOrder: 5 })))
}

async function pastsPerSecond(engine: Engine, own: MarketCandles[]): Promise<number> {
  const desk = new TaskDesk(engine, { own })
  const terms = { space: { variants: [strategy], dimensions: [] }, account }
  const task = (seed: number): RunTask => {
    const remade = { kind: "bootstrapped" as const, seed, blockCandles: BLOCK_CANDLES }
    return { kind: "run", terms, stretch: { remade }, number: 0 }
  }
  await desk.run(task(0))
  const cpuMs = await cpuOf(async () => {
    for (let seed = 1; seed <= MARKETS; seed++) await desk.run(task(seed))
  })
  return (1_000 * MARKETS) / cpuMs
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
