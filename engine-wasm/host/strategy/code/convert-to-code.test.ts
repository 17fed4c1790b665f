import { expect, test } from "vitest"
import { builtEngine } from "../../../testing/built-engine.ts"
import { checkedDocument, codeEngine } from "../../../testing/code-story.ts"
import { defaultAccount } from "../../run/backtest-request.ts"
import { backtest } from "../../run/backtest.ts"
import { convertToCode } from "./convert-to-code.ts"
import type { WrittenStrategy } from "../document/strategy-document.ts"
import { syntheticCandles } from "../../candles/synthetic/synthetic-candles.ts"
import { strategyTemplates } from "../templates/templates.ts"

const startMs = Date.UTC(2023, 0, 2)
const markets = [
  {
    market: "BTC/USDT",
    candles: syntheticCandles({
      seed: 3,
      candles: 24_000,
      timeframe: "30m",
      startMs,
      startPrice: 20_000,
      kind: "mixed",
    }),
  },
  {
    market: "ETH/USDT",
    candles: syntheticCandles({ seed: 4, candles: 24_000, timeframe: "30m", startMs, startPrice: 1.25, kind: "mixed" }),
  },
]

const account = { ...defaultAccount, slippagePercent: 0.02 }

/**
 * Runs both over the same candles, one market and two; trades, equity and the lines of the chart must agree to the
 * last bit. Returns the number of trades.
 */
async function expectSame(document: WrittenStrategy): Promise<number> {
  const rules = checkedDocument(document)
  const converted = convertToCode(rules)
  if (!converted.ok) throw new Error(JSON.stringify(converted.problems))
  const inCode = checkedDocument(converted.document)
  const engine = await codeEngine(inCode.code!.source)
  let trades = 0
  for (const some of [markets.slice(0, 1), markets]) {
    const [a, b] = await Promise.all([
      backtest(await builtEngine(), { strategy: rules, markets: some, account }, { seriesOf: 0 }),
      backtest(engine, { strategy: inCode, markets: some, account }, { seriesOf: 0 }),
    ])
    if (!a.ok || !b.ok || !a.series?.ok || !b.series?.ok) throw new Error(JSON.stringify([a, b]).slice(0, 600))
    expect(b.result.trades).toEqual(a.result.trades)
    expect(b.result.equity).toEqual(a.result.equity)
    expect(b.series.series).toEqual(a.series.series)
    trades += a.result.trades.length
  }
  return trades
}

test.each(strategyTemplates.filter(({ document }) => !document.code))(
  "$id makes the same trades in code",
  async ({ document }) => {
    expect(await expectSame(document)).toBeGreaterThan(0)
  },
)

const base = { format: "candlewright.strategy/1", name: "Wide", timeframe: "1h" } as const

test.each<[string, Omit<WrittenStrategy, "format" | "name" | "timeframe">]>([
  [
    "longer timeframes, history, both sides and the position",
    {
      params: { length: { type: "int", value: 14, min: 2, max: 50 }, useTrend: { type: "bool", value: true } },
      series: {
        daily: "ema(close, 5) @ 1d",
        bands: "bbands(close, length, 1.5)",
        middle: "sma(hl2, length)",
        fast: "macd(close)",
      },
      long: {
        enter: { all: ["close < bands.lower", "not useTrend or close > daily or hour < 6"] },
        exit: { any: ["position.profitPercent > 2", "position.candles > 30 and close > middle[3]"] },
      },
      short: {
        enter: { any: ["crossunder(fast.line, fast.signal)", "close > bands.upper and weekday <= 5"] },
        exit: { all: ["nz(rsi(close, length), 50) < 40 ? position.candles >= 2 : position.profitPercent < -1"] },
      },
      protect: {
        stopLoss: { kind: "atr", length: 10, multiple: 3 },
        takeProfit: [{ percent: 3, share: 0.5 }],
        trailing: { percent: 4, armAtPercent: 2 },
      },
    },
  ],
  [
    "a stop at a price, a limit entry, safety orders and limits",
    {
      series: { mood: "(stoch(14, 3, 3).k + stochRsi().d) / 2", worst: "lowest(low, 20) @ 4h" },
      long: {
        enter: { any: ["mood < 25", "cdlhammer() > 0"] },
        exit: { any: ["mood > 80 or barsSince(close > open) > 6"] },
      },
      protect: { stopLoss: { kind: "price", formula: "min(worst, low * 0.97)" }, timeStop: { candles: 40 } },
      orders: { entry: { kind: "limit", offsetPercent: 0.2, expireCandles: 3 } },
      add: { maxTimes: 2, everyDropPercent: 1, sizeMultiple: 1.5 },
      size: { kind: "equity", percent: 20 },
      limits: { maxOpenPositions: 1, cooldownCandles: 3, dailyLossPercent: 5 },
    },
  ],
  [
    "targets by formula, some not yet known, and words longer than a line",
    {
      series: { far: "highest(high, 60) + 2 * atr(14)", near: "lowest(low, 40) - atr(14)" },
      long: {
        enter: {
          any: [
            "rsi(close, 14) < 35 and close < sma(close, 20) and close > lowest(low, 3) and volume > 0 and high - low > atr(14) * 0.5 and hour >= 0",
            "crossover(close, sma(close, 12))",
          ],
        },
        exit: null,
      },
      short: { enter: { all: ["crossunder(close, ema(close, 30))"] }, exit: null },
      protect: {
        stopLoss: { kind: "percent", percent: 3 },
        takeProfit: [
          { formula: "rsi(close, 14) < 50 ? far : near", share: 0.5 },
          { formula: "barsSince(close > sma(close, 300)) < 5 ? close * 1.04 : close * 0.96", share: 1 },
        ],
        timeStop: { candles: 60 },
      },
    },
  ],
])("%s are the same in code", async (_what, parts) => {
  expect(await expectSame({ ...base, ...parts })).toBeGreaterThan(20)
})

test.each(["RSI", "Plus DI", "Map", "Strategy", "Array Buffer", "42", "Bbands"])(
  "a strategy called %s is a class of another name than what there is already",
  async (name) => {
    const converted = convertToCode(checkedDocument({ ...base, name, long: { enter: { all: ["close > open"] } } }))
    if (!converted.ok) throw new Error(converted.problems[0].because)
    const { source } = converted.document.code!
    expect(source).toMatch(/^export class My\w* extends Strategy/m)
    await codeEngine(source)
  },
)

test("what code cannot express the same way is refused with the reason", () => {
  const document = checkedDocument({
    ...base,
    long: { enter: { all: ["close > open"] } },
    protect: {
      stopLoss: { kind: "price", formula: "position.entryPrice * 0.9" },
      takeProfit: [
        { formula: "position.entryPrice * 1.1", share: 0.5 },
        { formula: "close * 1.1", share: 0.5 },
        { percent: 5 },
      ],
    },
  })
  expect(convertToCode(document)).toMatchObject({
    ok: false,
    problems: [
      { path: "protect.takeProfit[0].formula", because: expect.stringContaining("asks for the position") },
      { path: "protect.takeProfit[1].formula", because: expect.stringContaining("in percent together") },
      { path: "protect.stopLoss.formula", because: expect.stringContaining("asks for the position") },
    ],
  })
})
