import { describe, expect, test } from "vitest"
import { changed, described } from "../../../testing/said-change.ts"
import { readIdea } from "../read-idea.ts"

const dip = described("Buy BTC on 1h when RSI 14 is below 30, sell above 70, stop 3 %")
const cross = described("Buy BTC 1h when EMA 20 crosses above EMA 50, sell when it crosses below, stop 2x ATR")

describe("the other side", () => {
  test.each([
    "short instead of long",
    "go short instead",
    "not long but short",
    "statt long short",
    "lieber short statt long",
    "corto en vez de largo",
    "short au lieu de long",
    "short em vez de long",
    "做空而不是做多",
  ])("%j mirrors the rules: what was low is high", (say) => {
    expect(changed(say, dip)).toMatchObject({
      long: null,
      short: { enter: { all: ["rsi(close, 14) > 70"] }, exit: { any: ["rsi(close, 14) < 30"] } },
    })
  })

  test("crossings turn round, and what has no direction stays", () => {
    const given = described(
      "Buy BTC 1h when EMA 20 crosses above EMA 50 and ADX is above 25 and volume is above its average, stop below the lowest low of the last 10 candles",
    )
    const turned = changed("short instead of long", given)
    expect(turned.short?.enter).toEqual({
      all: ["crossunder(ema(close, 20), ema(close, 50))", "adx(14) > 25", "volume > sma(volume, 20)"],
    })
    expect(turned.protect?.stopLoss).toMatchObject({ formula: expect.stringContaining("highest(high, 10)") })
  })

  test("both sides have rules of their own", () => {
    expect(changed("trade both sides", dip)).toMatchObject({
      long: { enter: { all: ["rsi(close, 14) < 30"] } },
      short: { enter: { all: ["rsi(close, 14) > 70"] } },
    })
  })
})

describe("one indicator in the place of another", () => {
  test.each([
    "use EMA instead of RSI",
    "replace the RSI with EMA",
    "nimm EMA statt RSI",
    "usa EMA en lugar de RSI",
    "utilise EMA au lieu de RSI",
    "use EMA em vez de RSI",
    "用EMA代替RSI",
  ])("%j takes its usual signal, and says which", (say) => {
    expect(changed(say, dip).long).toEqual({
      enter: { all: ["crossover(close, ema(close, 50))"] },
      exit: { any: ["crossunder(close, ema(close, 50))"] },
    })
    expect(readIdea(say, { given: dip }).assumptions.join(" ")).toMatch(/exponential average|ema/)
  })

  test("averages keep their lengths and what is asked of them", () => {
    expect(changed("use SMA instead of EMA", cross).long?.enter).toEqual({
      all: ["crossover(sma(close, 20), sma(close, 50))"],
    })
  })

  test("what is said of the new one stands in the rules, and the old one goes", () => {
    expect(changed("use stochastic below 20 instead of RSI", dip).long?.enter).toEqual({
      all: ["stoch(14, 3, 3).k < 20"],
    })
  })
})

describe("the stop", () => {
  test.each([
    ["wider stop", 4.5],
    ["tighter stop", 2],
    ["weiterer Stop", 4.5],
    ["engerer Stop", 2],
    ["stop más amplio", 4.5],
    ["stop más ajustado", 2],
    ["stop plus large", 4.5],
    ["stop plus serré", 2],
    ["stop mais largo", 4.5],
    ["stop mais apertado", 2],
    ["止损放宽一点", 4.5],
    ["止损收紧一点", 2],
  ])("%j moves it to %d %%", (say, percent) => {
    expect(changed(say, dip).protect?.stopLoss).toEqual({ kind: "percent", percent })
  })

  test("in average ranges it moves as well", () => {
    expect(changed("wider stop", cross).protect?.stopLoss).toMatchObject({ kind: "atr", multiple: 3 })
  })

  test.each([
    "ATR stop 2x with length 10",
    "ATR Stop 2x mit Länge 10",
    "stop ATR 2x con longitud 10",
    "stop ATR 2x avec longueur 10",
    "stop ATR 2x com período 10",
    "ATR止损2倍 长度10",
  ])("%j has both its numbers", (say) => {
    expect(changed(say, dip).protect?.stopLoss).toEqual({ kind: "atr", length: 10, multiple: 2 })
  })
})

describe("what goes", () => {
  test("a market that is removed goes, and the others stay", () => {
    const given = described("Buy BTC and ETH on 1h when RSI 14 is below 30, sell above 70, stop 3 %")
    expect(changed("remove ETH", given).markets).toEqual(["BTC/USDT"])
  })

  test("a stop that is taken away", () => {
    const given = described("Buy BTC on 1h when RSI 14 is below 30, sell above 70, stop 3 %, use 10 % of the account")
    expect(changed("take the stop away", given).protect?.stopLoss).toEqual({ kind: "none" })
  })

  test("a target in whose place a trailing stop comes", () => {
    const given = described("Buy BTC on 1h when RSI 14 is below 30, stop 3 %, target 6 %")
    const { protect } = changed("replace the take profit with a 3% trailing stop", given)
    expect(protect?.takeProfit).toEqual([])
    expect(protect?.trailing).toMatchObject({ percent: 3 })
    expect(protect?.stopLoss).toMatchObject({ percent: 3 })
  })

  test("an indicator that is swapped", () => {
    expect(changed("swap RSI for stochastic", dip).long?.enter).not.toEqual(
      expect.objectContaining({ all: expect.arrayContaining([expect.stringContaining("rsi")]) }),
    )
  })
})
