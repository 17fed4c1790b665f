import { describe, expect, test } from "vitest"
import { checkedDocument, codeEngine, runCode } from "../../../testing/code-story.ts"
import { defaultAccount } from "../../run/backtest-request.ts"
import { backtest } from "../../run/backtest.ts"
import { sliceCandles } from "../../candles/candles.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { grid } from "./grid.ts"
import { momentumRotation } from "./momentum-rotation.ts"
import { rebalance } from "./rebalance.ts"

const startMs = Date.UTC(2023, 0, 2)
const market = (seed: number, timeframe: "1h" | "1d", candles: number) =>
  syntheticCandles({ seed, candles, timeframe, startMs, startPrice: 100, kind: "mixed" })

describe("the grid", () => {
  test("sells most of its steps dearer than it bought them", async () => {
    const strategy = checkedDocument(grid.document)
    const candles = market(8, "1h", 8_000)
    const answer = await backtest(await codeEngine(strategy.code!.source), {
      strategy,
      markets: [{ market: "BTC/USDT", candles }],
      account: defaultAccount,
    })
    if (!answer.ok) throw new Error(answer.problems[0].because)
    const steps = answer.result.trades.filter(({ exitReason }) => exitReason === "signal")
    expect(steps.length).toBeGreaterThan(20)
    expect(steps.filter(({ exitPrice, entryPrice }) => exitPrice > entryPrice).length).toBeGreaterThan(
      steps.length * 0.6,
    )
  })
})

describe("rotation", () => {
  const markets = [1, 2, 3, 4].map((seed) => ({ market: `M${seed}/USDT`, candles: market(seed, "1d", 700) }))
  const run = async (some: typeof markets, params = {}) => {
    const strategy = checkedDocument(momentumRotation.document)
    const engine = await codeEngine(strategy.code!.source)
    const answer = await backtest(engine, { strategy, params, markets: some, account: defaultAccount })
    if (!answer.ok) throw new Error(answer.problems[0].because)
    return answer.result
  }

  test("holds the market that gained most, and only while it gained at all", async () => {
    const { trades } = await run(markets, { every: 1 })
    expect(trades.length).toBeGreaterThan(8)
    expect(new Set(trades.map((trade) => trade.market)).size).toBeGreaterThan(1)
    const gainAt = (name: string, timeMs: number) => {
      const { close, openTimeMs } = markets.find((each) => each.market === name)!.candles
      // The fill is at the open after the deciding candle, which ranks by the one before.
      const at = openTimeMs.indexOf(timeMs) - 2
      return close[at] / close[at - 60] - 1
    }
    for (const trade of trades) {
      const gains = markets.map((each) => gainAt(each.market, trade.entryTimeMs))
      const own = gainAt(trade.market, trade.entryTimeMs)
      expect(own).toBeGreaterThan(0)
      expect(own).toBe(Math.max(...gains))
    }
  })

  test("the order in which markets are given changes nothing", async () => {
    const sorted = (trades: { market: string; entryTimeMs: number; exitTimeMs: number }[]) =>
      trades.map(({ market: name, entryTimeMs, exitTimeMs }) => `${name} ${entryTimeMs} ${exitTimeMs}`).toSorted()
    const [one, other] = [await run(markets, { hold: 6 }), await run(markets.toReversed(), { hold: 6 })]
    expect(one.trades.length).toBeGreaterThan(8)
    expect(sorted(other.trades)).toEqual(sorted(one.trades))
  })
})

describe("rebalancing", () => {
  test("brings each market back to its part of the account", async () => {
    const strategy = checkedDocument(rebalance.document)
    const engine = await codeEngine(strategy.code!.source)
    const markets = [
      { market: "BTC/USDT", candles: market(1, "1d", 700) },
      { market: "ETH/USDT", candles: market(2, "1d", 700) },
    ]
    const answer = await backtest(engine, { strategy, markets, account: { ...defaultAccount, feePercent: 0 } })
    if (!answer.ok) throw new Error(answer.problems[0].because)
    expect(answer.result.trades.length).toBeGreaterThan(4)
    expect(answer.result.rejected).toEqual([])
  })

  test("a position brought to a percentage is worth that much at the fill, up and down, and 0 closes it", async () => {
    const source = `import { Candle, Strategy } from "candlewright"
export class Mine extends Strategy {
  count: i32 = 0
  onCandle(candle: Candle): void {
    this.count += 1
    if (this.count == 1) this.targetPercent(50)
    if (this.count == 3) this.targetPercent(80)
    if (this.count == 5) this.targetPercent(20)
    if (this.count == 7) this.targetPercent(0)
    this.log((this.position.quantity * candle.open).toString() + " " + this.equity.toString())
  }
}`
    const candles = sliceCandles(market(3, "1h", 12), {})
    const { simulation, journal } = await runCode(source, {
      candles,
      document: { protect: { stopLoss: { kind: "none" } }, size: { kind: "equity", percent: 90 } },
      account: { feePercent: 0 },
    })
    const parts = journal
      .map((line) => line.split(" ").map(Number))
      .map(([worth, equity]) => Math.round((100 * worth) / equity))
    expect([parts[0], parts[1], parts[3], parts[5], parts[7]]).toEqual([0, 50, 80, 20, 0])
    expect(simulation.trades.count).toBe(2)
  })
})
