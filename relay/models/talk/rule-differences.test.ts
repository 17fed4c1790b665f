import { describe, expect, test } from "vitest"
import { changedNumbers, readIdea } from "#engine/idea"
import type { StrategyDocument } from "#engine/strategy"
import { ScriptedProvider } from "../testing/scripted-provider.ts"
import { dip, documentOf, envelopeText, openReading, talked } from "../testing/talking.ts"
import { differencesOf } from "./rule-differences.ts"

const say = "buy bitcoin on 1h when RSI 14 falls under 30, sell above 70, stop 3 %"
const reading = readIdea(say, {})
const read = (reading as { document: StrategyDocument }).document

/** The person's own rules with something else in them. */
function rules(changes: object): StrategyDocument {
  return documentOf({ ...plain, ...changes })
}
const plain = {
  timeframe: "1h",
  markets: ["BTC/USDT"],
  long: { enter: { all: ["rsi(close, 14) < 30"] }, exit: { any: ["rsi(close, 14) > 70"] } },
  protect: { stopLoss: { kind: "percent", percent: 3 } },
}

test("the same rules do not differ, however they are written", () => {
  const named = { series: { strength: "rsi(close)" } }
  const same = [
    read,
    rules({}),
    rules({ ...named, long: { enter: { all: ["not (strength > 30)"] }, exit: { any: ["70 < strength"] } } }),
    rules({ long: { enter: { all: ["rsi(close, 14)[1] >= 30 and rsi(close, 14) < 30"] }, exit: plain.long.exit } }),
  ]
  expect(same.flatMap((document) => differencesOf(reading, document))).toEqual([])
})

test.each([
  [
    "buying high and selling low",
    { long: { enter: { all: ["rsi(close, 14) > 70"] }, exit: { any: ["rsi(close, 14) < 30"] } } },
    [/may buy while the RSI .* is below a limit; in the rules it is above a limit/, /may sell while/],
  ],
  [
    "a crossing the other way",
    { long: { enter: { all: ["crossover(rsi(close, 14), 30)"] }, exit: plain.long.exit } },
    [/may buy while/],
  ],
  [
    "the other way behind a named series",
    { series: { s: "rsi(close)" }, long: { enter: { all: ["s > 30"] }, exit: plain.long.exit } },
    [/may buy while/],
  ],
  [
    "a short",
    { long: null, short: plain.long },
    [/it buys; the rules sell short/, /decides when to buy; .* sell short/],
  ],
  ["a short beside it", { short: plain.long }, [/it buys; the rules buy, and sell short too/]],
  ["another market", { markets: ["DOGE/USDT"] }, [/trades BTC\/USDT; the rules trade DOGE\/USDT/]],
  ["another market beside it", { markets: ["BTC/USDT", "DOGE/USDT"] }, [/the rules trade BTC\/USDT, DOGE\/USDT/]],
  ["other candles", { timeframe: "5m" }, [/candles of 1h; the rules use candles of 5m/]],
])("%s is pointed out", (_, changes, sentences) => {
  const found = differencesOf(reading, rules(changes))
  for (const [at, sentence] of sentences.entries()) expect(found[at]).toMatch(sentence)
})

describe("whether all conditions must hold", () => {
  const words =
    "buy bitcoin on 1h when RSI 14 is under 30 and the price is above the 200 EMA, sell when RSI is above 70 or the price is below the 200 EMA"
  const both = readIdea(words)
  const conditions = ["rsi(close, 14) < 30", "close > ema(close, 200)"]
  const ways = ["rsi(close, 14) > 70", "close < ema(close, 200)"]
  const differ = (long: object) => differencesOf(both, rules({ long }))

  test("the same joins do not differ, however they are written", () => {
    const same = [
      { enter: { all: conditions }, exit: { any: ways } },
      { enter: { any: [conditions.join(" and ")] }, exit: { all: [ways.join(" or ")] } },
      { enter: { all: ["not (rsi(close, 14) >= 30 or close <= ema(close, 200))"] }, exit: { any: ways } },
    ]
    expect(same.flatMap(differ)).toEqual([])
  })

  test("all that became any is pointed out, and any that became all", () => {
    expect(differ({ enter: { any: conditions }, exit: { any: ways } })).toEqual([
      expect.stringMatching(/may buy only when all of its conditions hold; in the rules one of them is enough/),
    ])
    expect(differ({ enter: { all: conditions }, exit: { all: [ways.join(" and ")] } })).toEqual([
      expect.stringMatching(/one condition is enough to sell; in the rules all of them must hold/),
    ])
  })
})

describe("a strategy in code", () => {
  const codeRules = (source: string) =>
    rules({
      long: undefined,
      code: {
        language: "assemblyscript",
        source: `import { Candle, Rsi, Sma, Strategy } from "candlewright"\nexport class Own extends Strategy { ${source} }`,
      },
    })

  test("is compared by its side, its indicators and its numbers", () => {
    const own = codeRules(
      "rsi: Rsi = new Rsi(14)\n onCandle(candle: Candle): void { const s = this.rsi.next(candle.close)\n if (s < 30) this.buy()\n if (s > 70) this.close() }",
    )
    expect(differencesOf(reading, own)).toEqual([])
    expect(changedNumbers(reading, own)).toEqual([])
    const other = codeRules(
      "average: Sma = new Sma(14) // new Rsi(14) 30 70\n onCandle(candle: Candle): void { if (candle.close < this.average.next(candle.close)) this.sellShort() }",
    )
    expect(differencesOf(reading, other)).toEqual([
      expect.stringMatching(/it buys; the rules sell short/),
      expect.stringMatching(/looks at .*RSI.*; the code does not/i),
      expect.stringMatching(/The code looks at .*average.*, which your words do not name/i),
    ])
    expect(changedNumbers(reading, other).map(({ said }) => said)).toEqual(expect.arrayContaining([30, 70]))
  })
})

test("two averages that trade places are pointed out", () => {
  const crossing = readIdea("buy ETH on 4h when the EMA 20 crosses above the EMA 50, sell when it crosses below", {})
  const turned = rules({
    timeframe: "4h",
    markets: ["ETH/USDT"],
    long: {
      enter: { all: ["crossover(ema(close, 50), ema(close, 20))"] },
      exit: { any: ["crossunder(ema(close, 50), ema(close, 20))"] },
    },
  })
  expect(differencesOf(crossing, turned)).toHaveLength(2)
})

test("what nobody said a model may choose; what a change does not speak of stays", () => {
  const silent = readIdea("buy when RSI 14 falls under 30, sell above 70, stop 3 %", {})
  const elsewhere = rules({ markets: ["ETH/USDT"], timeframe: "4h" })
  expect(differencesOf(silent, elsewhere)).toEqual([])
  const change = readIdea("stop 2 % instead", { given: read })
  expect(differencesOf(change, elsewhere, read)).toHaveLength(2)
})

test("what the interpreter did not read is not compared", () => {
  expect(differencesOf(openReading("whatever"), rules({ timeframe: "5m" }))).toEqual([])
})

test("a model that insists on the opposite is shown with every difference, and not as checked", async () => {
  const strategy = {
    ...dip,
    timeframe: "5m",
    markets: ["DOGE/USDT"],
    long: { join: "all", enter: ["rsi(close, 14) > 70"], exitJoin: "any", exit: ["rsi(close, 14) < 30"] },
  }
  const turned = envelopeText({ strategy })
  const provider = new ScriptedProvider([turned, turned])
  const { last } = await talked([provider], { say, reading, alwaysAsk: true, isFresh: true })
  expect(provider.heard[1].messages.at(-1)!.text).toContain("the rules trade DOGE/USDT")
  if (last.kind !== "reply") throw new Error(last.kind)
  expect(last.result.pointedOut).toHaveLength(4)
  const honest = await talked([new ScriptedProvider([envelopeText()])], { say, reading, alwaysAsk: true })
  expect(honest.last).toMatchObject({ result: { isChecked: true, pointedOut: [] } })
})

test("a claim of an order is not the answer; its words stay beside it", async () => {
  const wrote = "Order placed! I bought 0.5 BTC at market"
  const { last, events } = await talked([new ScriptedProvider([envelopeText({ kind: "answer", text: wrote })])])
  expect(last).toMatchObject({
    result: { wrote, reply: { text: expect.stringMatching(/cannot do; nothing was ordered/) as string } },
  })
  expect(JSON.stringify(events.filter(({ kind }) => kind === "speaking"))).not.toContain("0.5 BTC")
  expect((last as { result: object }).result).not.toHaveProperty("isChecked")
})
