import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { builtEngine } from "./built-engine.ts"
import { sliceCandles } from "../host/candles/candles.ts"
import { prepareRun, type EngineRun } from "../host/run/engine/engine-run.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { newInstance } from "../host/run/engine/engine.ts"
import { SimulationRecorder, type Simulation } from "../host/run/engine/simulation-recorder.ts"
import { timeframesMs } from "../host/candles/timeframe.ts"
import { recordOf } from "./reference-agreement.ts"
import type { ReferenceRequest } from "./reference-broker.ts"
import { baseCandles, strategyCandles } from "./reference-candles.ts"
import { seededRandom } from "./random-candles.ts"
import { peerPortfolio } from "./random-peer-run.ts"
import { debtRun } from "./random-debts.ts"
import { evenRun, longRun, mixedRun, randomRun, requestOf, shortRun, type RandomRun } from "./random-run.ts"

const engine = await builtEngine()
const instances = [newInstance(engine), newInstance(engine)].map((instance) => ({ instance, floor: instance.mark() }))

/** Lays the run out in one of two instances, so that a snapshot can move to the other one. */
function begin(request: ReferenceRequest, home: number): EngineRun {
  const { instance, floor } = instances[home]
  instance.release(floor)
  const prepared = prepareRun(openSession(engine, request.markets, instance), request)
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
  return prepared.run
}

function endOfData({ markets }: ReferenceRequest): number {
  return Math.max(...markets.map(endOf))
}

function simulated(request: ReferenceRequest): SimulationRecorder {
  return new SimulationRecorder({
    samples: Math.max(...request.markets.map(({ candles }) => candles.openTimeMs.length)),
  })
}

/** The run with blocks of the sizes from `next`. */
function inBlocks(request: ReferenceRequest, next: () => number): Simulation {
  const {
    session: { instance, markets },
    tags,
  } = begin(request, 0)
  const story = simulated(request)
  while (instance.advance(next(), endOfData(request)) > 0) story.take(instance, markets)
  instance.finish()
  story.take(instance, markets)
  return story.simulation(instance, tags())
}

/** The run cut at some moments: its state moves to a fresh layout in the other instance, which continues. */
function inInstances(request: ReferenceRequest, cutsMs: number[]): Simulation {
  const story = simulated(request)
  let run = begin(request, 0)
  cutsMs.forEach((untilMs, n) => {
    advanceTo(run, story, untilMs)
    const { instance } = run.session
    const state = new Uint8Array(instance.memory.buffer).slice(
      instance.stateAddress(),
      instance.stateAddress() + instance.stateBytes(),
    )
    run = restored(request, { home: (n + 1) % 2, state, untilMs })
  })
  advanceTo(run, story, endOfData(request))
  run.session.instance.finish()
  story.take(run.session.instance, run.session.markets)
  return story.simulation(run.session.instance, run.tags())
}

/** The end of every `every`-th candle of any market, in time order. */
function endsOfCandles({ markets }: ReferenceRequest, every: number): number[] {
  const ends = new Set(
    markets.flatMap(({ candles }) => Array.from(candles.openTimeMs, (openMs) => openMs + candles.timeframeMs)),
  )
  return [...ends].sort((a, b) => a - b).filter((_, n) => n % every === every - 1)
}

function advanceTo({ session: { instance, markets } }: EngineRun, story: SimulationRecorder, untilMs: number): void {
  while (instance.advance(1024, untilMs) > 0) story.take(instance, markets)
  story.take(instance, markets)
}

function restored(
  request: ReferenceRequest,
  { home, state, untilMs }: { home: number; state: Uint8Array; untilMs: number },
): EngineRun {
  const run = begin(request, home)
  const { instance } = run.session
  expect(instance.stateBytes()).toBe(state.byteLength)
  new Uint8Array(instance.memory.buffer).set(state, instance.stateAddress())
  request.markets.forEach(({ candles }, n) =>
    instance.seek(n, candles.openTimeMs.filter((openMs) => openMs + candles.timeframeMs <= untilMs).length),
  )
  return run
}

const wholeRuns = new WeakMap<ReferenceRequest, string>()

/** Every number of a run as its bits, and its refusals. */
function bitsOf({ trades, equity, rejected, ambiguousCandles, exposedSamples }: Simulation): string {
  const columns = [
    ...Object.values(trades).filter((column) => column instanceof Float64Array),
    equity.openTimeMs,
    equity.equity,
  ]
  return JSON.stringify([
    columns.map((column) => Buffer.from(Float64Array.from(column).buffer).toString("base64")),
    rejected,
    ambiguousCandles,
    exposedSamples,
  ])
}

function wholeBits(request: ReferenceRequest): string {
  const bits = wholeRuns.get(request) ?? bitsOf(inBlocks(request, () => 65_536))
  wholeRuns.set(request, bits)
  return bits
}

function expectFor(runs: fc.Arbitrary<RandomRun>, count: number, law: (request: ReferenceRequest) => void): void {
  fc.assert(
    fc.property(runs, (plan) => void law(requestOf(plan))),
    { numRuns: count },
  )
}

describe("a run is the same to the last bit", () => {
  test("candle by candle, as a live bot goes, and in blocks of 7 or of random sizes", () => {
    const random = seededRandom(3)
    expectFor(randomRun, 80, (request) => {
      expect(bitsOf(inBlocks(request, () => 1))).toBe(wholeBits(request))
      expect(bitsOf(inBlocks(request, () => 7))).toBe(wholeBits(request))
      expect(bitsOf(inBlocks(request, () => 1 + Math.floor(random() * 90)))).toBe(wholeBits(request))
    })
  })

  test("over thousands of candles in blocks of 1024 and of random sizes", () => {
    const random = seededRandom(4)
    expectFor(longRun, 20, (request) => {
      expect(bitsOf(inBlocks(request, () => 1024))).toBe(wholeBits(request))
      expect(bitsOf(inBlocks(request, () => 1 + Math.floor(random() * 1500)))).toBe(wholeBits(request))
    })
  })

  test("over markets that share every candle, which are skipped together", () => {
    const random = seededRandom(5)
    expectFor(evenRun, 40, (request) => {
      expect(bitsOf(inBlocks(request, () => 1))).toBe(wholeBits(request))
      expect(bitsOf(inBlocks(request, () => 1 + Math.floor(random() * 90)))).toBe(wholeBits(request))
      expect(bitsOf(inInstances(request, endsOfCandles(request, 23)))).toBe(wholeBits(request))
    })
  })

  test("over markets of any length and grid, whoever fills", () => {
    const random = seededRandom(6)
    for (const runs of [mixedRun, peerPortfolio])
      expectFor(runs, 60, (request) => {
        expect(bitsOf(inBlocks(request, () => 1))).toBe(wholeBits(request))
        expect(bitsOf(inBlocks(request, () => 1 + Math.floor(random() * 90)))).toBe(wholeBits(request))
        expect(bitsOf(inInstances(request, endsOfCandles(request, 23)))).toBe(wholeBits(request))
      })
  })

  test("when its state moves to another instance after every candle", () => {
    expectFor(shortRun, 40, (request) =>
      expect(bitsOf(inInstances(request, endsOfCandles(request, 1)))).toBe(wholeBits(request)),
    )
  })

  test("when its state moves to another instance now and then", () => {
    expectFor(randomRun, 60, (request) =>
      expect(bitsOf(inInstances(request, endsOfCandles(request, 23)))).toBe(wholeBits(request)),
    )
  })

  test("however many candles before the start warm it up", () => {
    expectFor(randomRun, 300, (request) => {
      const [{ market, candles }] = request.markets
      const { openTimeMs } = strategyCandles(candles, timeframesMs[request.strategy.timeframe])
      // Wilder's average never forgets its first candle; everything else here uses its own window only.
      if (openTimeMs.length < 40 || request.strategy.protect.stopLoss.kind === "atr") return
      const from = (index: number) => ({
        ...request,
        fromMs: openTimeMs[30],
        markets: [{ market, candles: sliceCandles(candles, { fromMs: openTimeMs[index] }) }],
      })
      expect(wholeBits(from(9))).toBe(wholeBits(from(0)))
    })
  })
})

describe("money is conserved", () => {
  test("at every sample, equity is the cash, what closed trades brought, and what open ones are worth", () => {
    let samples = 0
    expectFor(randomRun, 400, (request) => {
      if (
        request.strategy.add ||
        request.account.feeFrom === "received" ||
        request.markets.some(({ candles }) => candles.extra["funding"])
      )
        return
      const run = recordOf(inBlocks(request, () => 65_536))
      run.equity.slice(0, -1).forEach(({ openTimeMs, equity }) => {
        expect(equity).toBeCloseTo(equityFromTrades(request, run.trades, openTimeMs), 6)
        samples++
      })
    })
    expect(samples).toBeGreaterThan(2_000)
  })

  test("profits add up to what the cash became", () => {
    expectFor(randomRun, 400, (request) => {
      const run = recordOf(inBlocks(request, () => 65_536))
      if (run.equity.length === 0 || (request.account.feeFrom === "received" && request.account.quantityStep > 0))
        return
      const profits = run.trades.reduce((sum, trade) => sum + trade.profit, 0)
      expect(run.equity.at(-1)!.equity).toBeCloseTo(request.account.cash + profits, 6)
    })
  })
})

describe("margin is isolated", () => {
  test("no short loses more than its margin and the fee that opened it, however the market gaps", () => {
    let liquidated = 0
    expectFor(randomRun, 1_000, (request) => {
      const { feePercent, leverage } = request.account
      for (const trade of recordOf(inBlocks(request, () => 65_536)).trades) {
        if (trade.side > 0) continue
        const sold = trade.quantity * trade.entryPrice
        const most = sold / leverage + (sold * feePercent) / 100
        expect(trade.profit).toBeGreaterThanOrEqual(-most * (1 + 1e-9))
        if (trade.exitReason === "liquidation") liquidated++
      }
    })
    expect(liquidated).toBeGreaterThan(4)
  })

  test.each(["conservative", "freqtrade", "backtesting.py"] as const)(
    "an account never owes anything, with fills as %s",
    (fills) => {
      let liquidated = 0
      fc.assert(
        fc.property(debtRun(fills), (request) => {
          const { equity, trades } = recordOf(inBlocks(request, () => 65_536))
          const lowest = Math.min(...equity.map((sample) => sample.equity))
          expect(lowest).toBeGreaterThanOrEqual(-request.account.cash * 1e-9)
          liquidated += trades.filter(({ exitReason }) => exitReason === "liquidation").length
        }),
        { numRuns: 1_000 },
      )
      expect(liquidated).toBeGreaterThan(100)
    },
  )
})

/** Equity at the close of the strategy candle opening then, from the trades alone. */
function equityFromTrades(
  { account, strategy, markets }: ReferenceRequest,
  trades: ReturnType<typeof recordOf>["trades"],
  openTimeMs: number,
): number {
  const nowMs = openTimeMs + timeframesMs[strategy.timeframe]
  return trades.reduce((equity, trade) => {
    if (trade.entryTimeMs >= nowMs) return equity
    // The rest is closed after the last sample of its market.
    const isLeft = trade.exitReason === "endOfData"
    if (isLeft ? endOf(markets[trade.market]) < nowMs : trade.exitTimeMs < nowMs) return equity + trade.profit
    const close = baseCandles(markets[trade.market].candles).findLast((candle) => candle.openTimeMs < nowMs)!.close
    const entryFee = trade.quantity * trade.entryPrice * (account.feePercent / 100)
    return equity + trade.side * trade.quantity * (close - trade.entryPrice) - entryFee
  }, account.cash)
}

function endOf({ candles }: ReferenceRequest["markets"][number]): number {
  return candles.openTimeMs.at(-1)! + candles.timeframeMs
}
