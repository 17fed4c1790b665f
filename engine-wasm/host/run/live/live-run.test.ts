import fc from "fast-check"
import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { codeEngine } from "../../../testing/code-story.ts"
import { plainRun, requestOf, type RandomRun } from "../../../testing/random-run.ts"
import { engineRunner, recordOf } from "../../../testing/reference-agreement.ts"
import type { ReferenceTrade } from "../../../testing/reference-book.ts"
import type { ReferenceRequest } from "../../../testing/reference-broker.ts"
import { baseCandles } from "../../../testing/reference-candles.ts"
import { SteppedFills } from "../../../testing/stepped-fills.ts"
import { sliceCandles } from "../../candles/candles.ts"
import { convertToCode } from "../../strategy/code/convert-to-code.ts"
import { strategyFromJson } from "../../strategy/document/strategy-document-from-json.ts"
import type { Engine } from "../engine/engine.ts"
import { LiveRun } from "./live-run.ts"

const engine = await builtEngine()
const backtested = engineRunner(engine)

/** What a live run has nothing of, or decides at another moment (each is named in docs/live.md). */
function asLiveHasIt({ strategy, account, markets }: RandomRun): RandomRun {
  return {
    strategy: {
      ...strategy,
      orders: { entry: { kind: "market" } },
      protect: { ...strategy.protect, roi: [] },
    },
    account: {
      ...account,
      slippagePercent: 0,
      delayCandles: 0,
      feeFrom: "quote",
    },
    // A candle opens where the one before it closed: sizes are decided at that close.
    markets: markets.map((plan) => ({ ...plan, fundingPercent: 0, candles: plan.candles.map(withoutGap) })),
    fromMinutes: null,
  }
}

/** The encoded candle with an open equal to the close before it (random-market.ts: body 16, wicks 8 x 8, gap 16). */
function withoutGap(code: number): number {
  return (code % 1024) + Math.floor(code / 16_384) * 16_384
}

/** The trades of a live run over the request's candles; before candle n it moves to a fresh engine where `moves(n)`. */
async function lived(request: ReferenceRequest, moves: (candle: number) => boolean, by: Engine = engine) {
  const [{ market, candles }] = request.markets
  const rows = baseCandles(candles)
  const first = sliceCandles(candles, { toMs: candles.openTimeMs[0] + 1 })
  const open = async () => {
    const opened = await LiveRun.open(by, request, [{ market, candles: first }])
    if (!opened.ok) throw new Error(JSON.stringify(opened.problems))
    return opened.run
  }
  const exchange = new SteppedFills(await open(), request.account.feePercent / 100)
  const trades: ReferenceTrade[] = []
  exchange.close(rows[0].openTimeMs + candles.timeframeMs)
  for (const [n, candle] of rows.slice(1).entries()) {
    if (moves(n)) {
      trades.push(...recordOf(exchange.run.takeRecords()).trades)
      const snapshot = exchange.run.snapshot()
      exchange.run = await open()
      if (!exchange.run.restore(snapshot).ok) throw new Error("The snapshot was refused.")
    }
    exchange.step(candle, candles.timeframeMs)
  }
  return [...trades, ...recordOf(exchange.run.takeRecords()).trades]
}

function backtestTrades(request: ReferenceRequest) {
  return backtested(request).trades.filter(({ exitReason }) => exitReason !== "endOfData")
}

test("a strategy that an exchange fills makes the trades of its backtest, to the last bit", async () => {
  const reasons = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(plainRun.map(asLiveHasIt), async (plan) => {
      const request = requestOf(plan)
      const trades = await lived(request, () => false)
      expect(trades).toEqual(backtestTrades(request))
      for (const { exitReason } of trades) reasons.set(exitReason, (reasons.get(exitReason) ?? 0) + 1)
    }),
    { numRuns: 300 },
  )
  for (const reason of ["signal", "stop", "trailing", "takeProfit", "timeStop", "breakEven", "liquidation"])
    expect(reasons.get(reason) ?? 0, reason).toBeGreaterThan(20)
})

test("so does one that moves to a fresh engine again and again", async () => {
  let moved = 0
  await fc.assert(
    fc.asyncProperty(plainRun.map(asLiveHasIt), fc.integer({ min: 1, max: 9 }), async (plan, every) => {
      const request = requestOf(plan)
      const trades = await lived(request, (n) => n % every === 0)
      expect(trades).toEqual(backtestTrades(request))
      moved += trades.length
    }),
    { numRuns: 30 },
  )
  expect(moved).toBeGreaterThan(200)
})

test("a strategy in code goes live as its rules do", async () => {
  let [compared, traded] = [0, 0]
  for (const plan of fc.sample(plainRun.map(asLiveHasIt), { seed: 31, numRuns: 7 })) {
    const request = requestOf(plan)
    const converted = convertToCode(request.strategy)
    if (!converted.ok) continue
    const read = strategyFromJson(converted.document)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const inCode = { ...request, strategy: read.strategy }
    const trades = await lived(inCode, (n) => n % 40 === 39, await codeEngine(read.strategy.code!.source))
    expect(trades.map(withoutTag)).toEqual(backtestTrades(request).map(withoutTag))
    compared++
    traded += trades.length
  }
  expect(compared).toBeGreaterThan(3)
  expect(traded).toBeGreaterThan(20)
}, 120_000)

/** Code numbers its tags in another order. */
function withoutTag(trade: ReferenceTrade) {
  return { ...trade, entryTag: 0 }
}
