import { describe, expect, test } from "vitest"
import { momentum } from "../../host/strategy/functions/momentum.ts"
import { testLaws } from "../../testing/law-stories.ts"
import { operatorHarness } from "../../testing/operator-harness.ts"
import { randomCandles } from "../../testing/random-candles.ts"
import { expectTalib, talibVectors, type TalibTwin } from "../../testing/talib-vectors.ts"

const harness = await operatorHarness()
const vectors = talibVectors()
const candles = randomCandles(6_000)
const spec = (name: string) => momentum.find((one) => one.name === name)!
const twin = (talib: string, name: string, more: Partial<TalibTwin> = {}): TalibTwin => ({ talib, spec: spec(name), ...more })

const twins: TalibTwin[] = [
  twin("RSI", "rsi"), twin("CMO", "cmo"), twin("MOM", "mom"), twin("ROC", "roc"), twin("ROCP", "rocp"), twin("ROCR", "rocr"),
  twin("ROCR100", "rocr100"), twin("TRIX", "trix"), twin("PPO", "ppo"), twin("APO", "apo", { floor: 1 }),
  twin("CCI", "cci"), twin("WILLR", "willr"),
  twin("MFI", "mfi"), twin("ULTOSC", "ultosc"), twin("BOP", "bop"), twin("AROONOSC", "aroonosc"),
  twin("AROON", "aroon", { outputs: ["aroonUp", "aroonDown"] }),
  twin("MACD", "macd", { floor: 1, outputs: ["macd", "signal", "hist"] }),
  twin("STOCH", "stoch", { numbers: (p) => [p["fastK_Period"]!, p["slowK_Period"]!, p["slowD_Period"]!, p["slowK_MAType"] ?? 0] }),
  twin("STOCHF", "stochf", { numbers: (p) => [p["fastK_Period"]!, p["fastD_Period"]!, p["fastD_MAType"] ?? 0] }),
  twin("STOCHRSI", "stochRsi"),
]

describe.skipIf(!vectors)("momentum equals TA-Lib's", () => {
  test.for(twins)("$talib", (one) => expect(expectTalib(harness, vectors!, one)).toBeGreaterThan(0))
})

testLaws(harness, momentum, { columns: candles, grid: 100 })

const flat = new Float64Array(200).fill(5e-5)
const still = { open: flat, high: flat, low: flat, close: flat, volume: flat }
// AROON is left out: it returns an age, and in a still market the newest candle is always the highest and the lowest.
const silent = momentum.filter(({ name }) => !name.startsWith("rocr") && name !== "aroon")

test.for(silent.map((one) => [one.name, one] as const))("%s is 0 in a market that does not move from 5e-5, as in TA-Lib", ([, one]) => {
  const series = one.arguments.some(({ kind }) => kind === "series") ? [flat] : []
  for (const output of harness.run(one, { columns: still, series })) expect(output.at(-1)).toBeCloseTo(0, 10)
})

test.for(["rsi", "cmo", "macd", "ppo", "stochRsi", "cci", "willr", "aroon", "tsi", "stoch", "roc"])("%s does not depend on the unit of a market's price", (name) => {
  const one = spec(name)
  const [dear, cheap] = [3e4, 3e4 / 2 ** 29].map((price) => {
    const factor = price / 3e4
    const columns = { open: scaled("open", factor), high: scaled("high", factor), low: scaled("low", factor),
      close: scaled("close", factor), volume: candles.volume }
    return harness.run(one, { columns, series: one.arguments.some(({ kind }) => kind === "series") ? [columns.close] : [] })
  })
  const unit = name === "macd" ? 2 ** 29 : 1
  cheap!.forEach((output, n) => expect(output.map((value) => value * unit)).toEqual(dear![n]))
})

const scaled = (name: "open" | "high" | "low" | "close", factor: number) => candles[name].map((price) => price * factor)

test("the awesome oscillator compares the middle of candles over two windows", () => {
  const columns = { high: Float64Array.of(2, 4, 6, 12), low: Float64Array.of(0, 2, 4, 8) }
  expect([...harness.run(spec("ao"), { numbers: [2, 3], columns })[0]!]).toEqual([NaN, NaN, 1, 1.5])
})

test("the true strength index of a market that only rises is 100, and that falls -100", () => {
  const rising = Float64Array.from({ length: 60 }, (_, i) => 100 + i * i)
  const tsi = (series: Float64Array) => harness.run(spec("tsi"), { series: [series] })[0]!.at(-1)
  expect([tsi(rising), tsi(rising.map((price) => -price))]).toEqual([100, -100])
})
