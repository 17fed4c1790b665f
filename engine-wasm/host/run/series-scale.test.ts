import fc from "fast-check"
import { expect, test } from "vitest"
import { builtEngine } from "../../testing/built-engine.ts"
import { candlesFromColumns, type Candles } from "../candles/candles.ts"
import { HOUR_MS } from "../candles/timeframe.ts"
import { functionCatalogue } from "../strategy/formula/function-catalogue.ts"
import { strategySchema } from "../strategy/document/strategy-document.ts"
import { backtest } from "./backtest.ts"
import { defaultAccount } from "./backtest-request.ts"
import { series } from "./series.ts"

const CANDLES = 400
/** Prices are multiplied by 10 to the power of these. */
const powers = fc.constantFrom(-14, -12, -9, -7, -5, -3, -1, 1, 3, 5, 9)

/** A market in whole ticks, 100 of which make one: small steps, so that movements and prices are often equal. */
const market = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 0, 0, -1, 2, -7),
      body: fc.integer({ min: -4, max: 4 }),
      above: fc.integer({ min: 0, max: 3 }),
      below: fc.integer({ min: 0, max: 3 }),
      volume: fc.constantFrom(0, 1, 2.5, 1000),
      still: fc.boolean(),
    }),
    { minLength: CANDLES, maxLength: CANDLES },
  )
  .chain((steps) =>
    fc.record({
      steps: fc.constant(steps),
      start: fc.constantFrom(211, 1303, 99_991),
      lots: fc.constantFrom(1, 3e12),
      // A stretch without a trade, long enough for averages to settle.
      stillFrom: fc.integer({ min: 0, max: CANDLES - 200 }),
    }),
  )
  .map(ticksOf)

type Step = { gap: number; body: number; above: number; below: number; volume: number; still: boolean }
type Ticks = { open: number; high: number; low: number; close: number; volume: number }[]

type Market = { steps: Step[]; start: number; lots: number; stillFrom: number }

function ticksOf({ steps, start, lots, stillFrom }: Market): Ticks {
  let last = start
  return steps.map((step, n) => {
    const volume = step.volume * lots
    if (step.still || (n >= stillFrom && n < stillFrom + 120))
      return { open: last, high: last, low: last, close: last, volume }
    const open = Math.max(40, last + step.gap)
    const close = Math.max(40, open + step.body)
    const [high, low] = [Math.max(open, close) + step.above, Math.min(open, close) - step.below]
    last = close
    return { open, high, low, close, volume }
  })
}

/** The market at 10 to the power of `power` times its prices, as a file would have them. */
function candlesOf(ticks: Ticks, power: number): Candles {
  const column = (pick: (tick: Ticks[number]) => number) =>
    Float64Array.from(ticks, (tick) => Number(`${pick(tick)}e${power - 2}`))
  const gate = candlesFromColumns({
    openTimeMs: Float64Array.from(ticks, (_, n) => (470_000 + n) * HOUR_MS),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: Float64Array.from(ticks, ({ volume }) => volume),
    extra: {},
  })
  if (!gate.ok) throw new Error(gate.because)
  return gate.candles
}

/** Elementary functions of the price itself, and the angle of a slope in price per candle. */
const notOfScale = new Set("linregAngle log exp pow sqrt round floor ceil clamp sign nz".split(" "))

const given: Record<string, string> = {
  source: "close",
  a: "close",
  b: "sma(open, 5)",
  condition: "close > open",
  x: "close",
  y: "open",
}
/** Phases of a cycle where there is none: rounding decides them, and other whole numbers round differently. */
const isOfCycle = (formula: string) => formula.startsWith("ht") || formula.startsWith("mama")
const formulas = [
  ...[...functionCatalogue.values()].flatMap(({ name, arguments: list, outputs }) => {
    if (notOfScale.has(name)) return []
    const call = `${name}(${list.flatMap((one) => (one.kind === "series" ? [given[one.name] ?? "close"] : [])).join(", ")})`
    return outputs.length === 0 ? [call] : outputs.map((output) => `${call}.${output}`)
  }),
  "close > ema(close, 3)",
  "crossover(close, ema(close, 3))",
  "crossover(ema(close, 3), ema(close, 8))",
  "rsi(close, 2) > 50",
  "stoch(5, 1, 1).k >= 80",
  "close >= vwap()",
  "close == vwma(close, 4)",
  "close > linreg(close, 4)",
  "hlc3 > sma(hlc3, 3)",
]

async function valuesOf(candles: Candles): Promise<Record<string, Float64Array>> {
  const answer = await series(await builtEngine(), { candles, formulas })
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems))
  return answer.series
}

/** Whether `values` are `expected` times the factor, to 1e-12 of the largest of them or of their inputs. */
function follows(values: Float64Array, expected: Float64Array, factor: number, size: number): boolean {
  const largest = expected.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    size,
  )
  return values.every((value, n) => {
    const wanted = expected[n] * factor
    const isSame = Object.is(value, wanted) || (Number.isNaN(value) && Number.isNaN(wanted))
    return isSame || Math.abs(value - wanted) <= 1e-12 * largest * factor
  })
}

test("prices times a power of ten give the same figures, each in its own unit", async () => {
  await fc.assert(
    fc.asyncProperty(market, powers, async (ticks, power) => {
      const [plain, scaled] = [await valuesOf(candlesOf(ticks, 0)), await valuesOf(candlesOf(ticks, power))]
      const price = Math.max(...ticks.map(({ high }) => high)) / 100
      const strays = formulas.filter(
        (formula) =>
          // Up to a power of two the ticks are the same whole numbers.
          (power <= 2 || !isOfCycle(formula)) &&
          ![0, 1, 2].some((unit) => follows(scaled[formula], plain[formula], 10 ** (power * unit), price ** unit)),
      )
      expect(strays).toEqual([])
    }),
    { numRuns: 40 },
  )
  expect(formulas.length).toBeGreaterThan(180)
}, 120_000)

const rules = [
  "crossover(close, ema(close, 5))",
  "crossunder(close, ema(close, 5))",
  "rsi(close, 3) < 40",
  "adx(5) > 30 and plusDi(5) > minusDi(5)",
  "mfi(5) > 60",
  "close > bbands(close, 6, 1).upper",
  "stoch(5, 3, 3).k > stoch(5, 3, 3).d",
  "correl(high, low, 6) < 0.9",
  "cdlengulfing() > 0",
  "close < supertrend(4, 1).line",
  "zscore(close, 6) > 1",
  "obv() > highest(obv(), 8)[1]",
  "macd(close, 3, 6, 3).histogram > 0",
  "close - close[1] > atr(5)",
  "high - low == lowest(high - low, 7)",
  "high - low <= lowest(high - low, 4)[1]",
  "close > (high[1] + low[1]) / 2",
  "close >= (highest(high, 5) + lowest(low, 5)) / 2",
  "close > open + (high - low) * part",
  "close >= open[1] * grown",
  "close / close[1] == close[1] / close[2]",
  "abs(close - open) >= abs(close[1] - open[1])",
  "(close - lowest(low, 5)) / (highest(high, 5) - lowest(low, 5)) >= 0.5",
  "(open + high + low + close) / count >= ohlc4[1]",
  "sma(close - open, 3) >= close - open",
  "close + close[2] == 2 * close[1]",
]
/** Conditions on a position of a market whose prices, times 1.01, lie on its ticks now and then. */
const exits = [
  ...rules,
  "close >= position.entryPrice * grown",
  "position.entryPrice - close >= 3 * (high - low)",
  "close > position.entryPrice + (high[1] - low[1]) * part",
]

/** Protections in percent, whose levels lie on prices of the market now and then. */
const protections = fc
  .record({
    stopLoss: fc.constantFrom(
      { kind: "none" as const },
      { kind: "percent" as const, percent: 1 },
      { kind: "percent" as const, percent: 2.5 },
      { kind: "atr" as const, length: 2, multiple: 2 },
    ),
    takeProfit: fc.constantFrom(
      [],
      [
        { percent: 1, share: 0.5 },
        { percent: 3, share: 1 },
      ],
    ),
    trailing: fc.constantFrom(null, { percent: 2, armAtPercent: 1 }),
    breakEven: fc.constantFrom(null, { atPercent: 1, plusPercent: 0.5 }),
    roi: fc.constantFrom(
      [],
      [
        { afterMinutes: 0, percent: 2 },
        { afterMinutes: 180, percent: 0.5 },
      ],
    ),
  })
  .chain((protect) =>
    fc.constantFrom("conservative" as const, "freqtrade" as const, "backtesting.py" as const).map((fills) => ({
      fills,
      protect: fills === "conservative" ? protect : asPeersHaveIt(protect, fills),
    })),
  )

type Protection = { stopLoss: { kind: string }; takeProfit: readonly object[] }

function asPeersHaveIt<Protect extends Protection>(protect: Protect, fills: "freqtrade" | "backtesting.py") {
  const stopLoss = protect.stopLoss.kind === "percent" ? protect.stopLoss : { kind: "none" as const }
  if (fills === "freqtrade") return { ...protect, stopLoss, breakEven: null, takeProfit: [] }
  const takeProfit = protect.takeProfit.slice(-1)
  return { ...protect, stopLoss, takeProfit, breakEven: null, trailing: null, roi: [] }
}

test("prices times a power of ten change no decision", async () => {
  let traded = 0
  await fc.assert(
    fc.asyncProperty(
      market,
      powers,
      fc.constantFrom(...rules),
      fc.constantFrom(...rules),
      fc.constantFrom(...exits),
      protections,
      async (ticks, power, enter, sell, exit, { fills, protect }) => {
        const strategy = strategySchema.parse({
          format: "candlewright.strategy/1",
          name: "scale",
          timeframe: "1h",
          params: {
            part: { type: "number", value: 0.5, min: 0, max: 1 },
            grown: { type: "number", value: 1.01, min: 1, max: 2 },
            count: { type: "int", value: 4, min: 1, max: 9 },
          },
          long: { enter: { all: [enter] }, exit: { any: [exit] } },
          short: { enter: { all: [sell] }, exit: { any: [enter] } },
          limits: { dailyLossPercent: 2, maxDrawdownPercent: 50 },
          protect,
          size: { kind: "equity", percent: 50 },
        })
        const trades = async (times: number) => {
          const account = {
            ...defaultAccount,
            cash: Number(`1e${4 + times}`),
            leverage: 20,
            fills,
            minNotional: 0,
            quantityStep: 0,
            priceTick: 0,
          }
          const markets = [{ market: "A/B", candles: candlesOf(ticks, times) }]
          const run = await backtest(await builtEngine(), { strategy, markets, account })
          if (!run.ok) throw new Error(JSON.stringify(run.problems))
          return run.result.trades.map(({ entryTimeMs, exitTimeMs, exitReason }) => ({
            entryTimeMs,
            exitTimeMs,
            exitReason,
          }))
        }
        const plain = await trades(0)
        expect(await trades(power), JSON.stringify([power, enter, sell, exit, fills, protect])).toEqual(plain)
        traded += plain.length
      },
    ),
    { numRuns: 300 },
  )
  expect(traded).toBeGreaterThan(1000)
}, 120_000)
