import { describe, expect, test } from "vitest"
import { changed, described } from "../../../testing/said-change.ts"
import { readIdea } from "../read-idea.ts"

const dip = described("buy btc 1h when rsi 14 is under 30, sell when rsi is over 70, stop 3%, take profit 5%, risk 1%")
const ladder = described("ema 20 crosses above ema 50 on eth 4h, sell half at 4% and the rest at 8%, stop 2 atr")
const short = described("short sol when rsi over 80 and cover at 50, 15m, stop 2%")

describe("a stop that is spoken of stays one", () => {
  test.each([
    "dont use the stop i said, use 2 atr",
    "never mind the stop, use 2 atr",
    "vergiss den Stop, nimm 2 ATR",
    "no uses el stop, usa 2 atr",
  ])("%j is another stop", (say) => {
    const { protect, size } = changed(say, dip)
    expect(protect?.stopLoss).toEqual({ kind: "atr", length: 14, multiple: 2 })
    expect(size).toMatchObject({ kind: "risk", percent: 1 })
  })

  test.each([
    "stop 3% is too tight, make it 5",
    "Der Stop von 3 % ist zu eng, nimm 5 %",
    "el stop del 3% es muy ajustado, ponlo en 5%",
    "le stop de 3 % est trop serré, mets 5 %",
    "o stop de 3% é muito apertado, coloque 5%",
    "3%的止损太紧，改成5%",
  ])("%j is a wider one", (say) => {
    expect(changed(say, dip).protect?.stopLoss).toEqual({ kind: "percent", percent: 5 })
  })

  test("without a stop the size is no larger than it was", () => {
    const small = described("buy btc 1h when rsi < 30, stop 20%, risk 1%")
    expect(changed("no stop", small).size).toEqual({ kind: "equity", percent: 5 })
    expect(changed("no stop", dip).size).toEqual({ kind: "equity", percent: 10 })
  })

  test("more than the whole account is asked about", () => {
    expect(readIdea("ignore the stop and set size 200%", { given: dip })).toMatchObject({
      kind: "question",
      topic: "size",
    })
  })

  test("two stops are asked about, and both are named", () => {
    const reply = readIdea("stop 2% and stop 4%", { given: dip })
    expect(reply).toMatchObject({ kind: "question", topic: "contradiction", choices: ["stop 2 %", "stop 4 %"] })
    expect(reply.text).toContain("(stop 2 % / stop 4 %?)")
  })
})

describe("one of several targets", () => {
  const [first, second] = [
    { percent: 4, share: 0.5 },
    { percent: 8, share: 1 },
  ]
  test.each([
    ["drop the second target", [first]],
    ["lösche das zweite Ziel", [first]],
    ["quita el segundo objetivo", [first]],
    ["enlève le deuxième objectif", [first]],
    ["tire o segundo alvo", [first]],
    ["去掉第二个止盈", [first]],
    ["remove the first target", [second]],
    ["first target 3%", [{ percent: 3, share: 0.5 }, second]],
    ["erstes Ziel 3 %", [{ percent: 3, share: 0.5 }, second]],
    ["第一个止盈3%", [{ percent: 3, share: 0.5 }, second]],
    ["raise the last target by 2%", [first, { percent: 10, share: 1 }]],
    [
      "tp1 3% and tp2 9%",
      [
        { percent: 3, share: 0.5 },
        { percent: 9, share: 1 },
      ],
    ],
  ])("%j leaves the others", (say, targets) => {
    expect(changed(say, ladder).protect?.takeProfit).toEqual(targets)
  })
})

describe("a target by the stop", () => {
  test.each([
    "target twice the stop",
    "make the target double the stop",
    "Ziel doppelt so groß wie der Stop",
    "objetivo el doble del stop",
    "objectif deux fois le stop",
    "alvo o dobro do stop",
    "止盈是止损的两倍",
  ])("%j moves the target and leaves the stop", (say) => {
    expect(changed(say, dip).protect).toMatchObject({
      stopLoss: { kind: "percent", percent: 3 },
      takeProfit: [{ percent: 6, share: 1 }],
    })
  })

  test("of a stop in ranges it is in ranges", () => {
    expect(changed("target twice the stop", ladder).protect?.takeProfit).toEqual([
      { formula: "close + 4 * atr(14)", share: 1 },
    ])
  })
})

test.each(["not btc, eth", "nicht btc, sondern eth", "pas btc, eth", "não btc, eth", "不要btc，要eth"])(
  "%j is another market",
  (say) => {
    expect(changed(say, dip).markets).toEqual(["ETH/USDT"])
  },
)

test("a number no RSI is long is its level, a usual one its length", () => {
  expect(changed("rsi 85", short).short?.enter).toEqual({ all: ["rsi(close, 14) > 85"] })
  expect(changed("rsi 21", short).short?.enter).toEqual({ all: ["rsi(close, 21) > 80"] })
})

test("a short side comes beside the long one", () => {
  expect(changed("add a short side too", dip)).toMatchObject({
    long: { enter: { all: ["rsi(close, 14) < 30"] } },
    short: { enter: { all: ["rsi(close, 14) > 70"] } },
  })
})

test("an amount of money alone is the size of a strategy that spends one", () => {
  const spending = described("buy eth 4h when rsi < 30, stop 4%, $50 per trade")
  expect(changed("$100 instead of $50", spending).size).toEqual({ kind: "quote", amount: 100 })
})

test("a risk without its unit is in percent, which is assumed aloud", () => {
  const reply = readIdea("risk 0.5", { given: dip })
  expect(reply).toMatchObject({ kind: "strategy", document: { size: { kind: "risk", percent: 0.5 } } })
  expect(reply.assumptions.join()).toContain("0.5 %")
})
