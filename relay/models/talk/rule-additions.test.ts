import { expect, test } from "vitest"
import { changedNumberInWords, changedNumbers, readIdea } from "#engine/idea"
import type { StrategyDocument } from "#engine/strategy"
import { ScriptedProvider } from "../testing/scripted-provider.ts"
import { dip, documentOf, envelopeText, talked } from "../testing/talking.ts"
import { additionsOf } from "./rule-additions.ts"
import { differencesOf } from "./rule-differences.ts"

const say = "buy btc 1h when rsi 14 is below 30, sell above 70, stop 3%"
const reading = readIdea(say)
const dipLong = {
  enter: { all: ["rsi(close, 14) < 30"] },
  exit: { any: ["rsi(close, 14) > 70"] },
}

function rules(changes: object): StrategyDocument {
  const stop = { stopLoss: { kind: "percent", percent: 3 } }
  return documentOf({
    markets: ["BTC/USDT"],
    long: dipLong,
    protect: stop,
    ...changes,
  })
}

const enters = (enter: object) => ({ long: { ...dipLong, enter } })

test.each([
  ["the same rules", {}],
  ["a crossing", enters({ all: ["crossunder(rsi(close), 30)"] })],
  ["a crossing written as two comparisons", enters({ all: ["rsi(close, 14)[1] >= 30", "rsi(close, 14) < 30"] })],
  ["a named series", { series: { s: "rsi(close)" }, ...enters({ all: ["not (s >= 30)"] }) }],
])("%s: nothing was added", (_, changes) => {
  expect(additionsOf(reading, rules(changes))).toEqual([])
})

const average = "close > sma(close, 50)"

test.each([
  ["a condition", enters({ all: [...dipLong.enter.all, average] }), [/It added: it may buy when .*50/]],
  [
    "a condition by or",
    enters({ any: [...dipLong.enter.all, average] }),
    [/It added: it may buy when/, /one condition is enough to buy; your words do not say “or”/],
  ],
  ["a condition that compares nothing", enters({ all: [...dipLong.enter.all, "hour == 9"] }), [/It added: it may buy/]],
  ["a second limit", enters({ all: [...dipLong.enter.all, "rsi(close, 14) < 25"] }), [/It added: .* 25/]],
  [
    "a target",
    {
      protect: {
        stopLoss: { kind: "percent", percent: 3 },
        takeProfit: [{ percent: 6, share: 1 }],
      },
    },
    [/It added: take profit .*6/],
  ],
  [
    "all of the account",
    { size: { kind: "equity", percent: 100 } },
    [/From your words and the assumptions: size .*; the rules have 100 %/, /This is a large risk/],
  ],
  ["a limit of the day", { limits: { dailyLossPercent: 5 } }, [/It added: daily loss limit 5 %/]],
])("%s that nobody said is said", (_, changes, sentences) => {
  expect(additionsOf(reading, rules(changes))).toEqual(sentences.map((each) => expect.stringMatching(each) as string))
})

test("levels that trade places are pointed out, once each", () => {
  const swapped = rules({
    long: {
      enter: { all: ["rsi(close, 14) < 70"] },
      exit: { any: ["rsi(close, 14) > 30"] },
    },
  })
  expect(differencesOf(reading, swapped)).toEqual([
    expect.stringMatching(/may buy while the RSI .* is below 30; in the rules it is below 70/),
    expect.stringMatching(/may sell while the RSI .* is above 70; in the rules it is above 30/),
  ])
  const other = rules(enters({ all: ["rsi(close, 14) < 25"] }))
  expect(differencesOf(reading, other)).toEqual([])
  expect(changedNumbers(reading, other).map(changedNumberInWords)).toEqual([
    "You said 30; the rules have 25 (RSI limit).",
  ])
})

test("a condition without a number that is gone is said", () => {
  const two = readIdea("buy btc 1h when rsi 14 is below 30 and volume is high, sell above 70, stop 3%")
  expect(differencesOf(two, rules({}))).toEqual([expect.stringMatching(/It left out: it may buy when .*volume/)])
})

test("only rules that hold all the words and nothing else are called checked", async () => {
  const resultFor = async (words: string, answer: string) => {
    const { last } = await talked([new ScriptedProvider([answer])], {
      say: words,
      reading: readIdea(words),
      alwaysAsk: true,
    })
    if (last.kind !== "reply") throw new Error(last.kind)
    return last.result
  }
  expect(await resultFor(say, envelopeText())).toMatchObject({
    isChecked: true,
    pointedOut: [],
  })
  expect(await resultFor(`${say}, zorgly`, envelopeText())).toMatchObject({
    isChecked: false,
    pointedOut: [],
  })
  const more = {
    ...dip,
    long: { ...dip.long, enter: [...dip.long.enter, average] },
  }
  expect((await resultFor(say, envelopeText({ strategy: more }))).pointedOut).toHaveLength(1)
  const cut = envelopeText().slice(0, -1)
  expect((await resultFor(say, cut)).pointedOut).toEqual([expect.stringMatching(/cut off and completed/)])
  expect((await resultFor(say, envelopeText().replace(/\}$/, ",}"))).pointedOut).toEqual([])
})
