import { describe, expect, test } from "vitest"
import { strategyFromJson, type StrategyDocument } from "../../strategy/index.ts"
import { readIdea } from "../read-idea.ts"
import type { Reply, StrategyReply } from "../reply.ts"
import { changedNumberInWords, changedNumbers } from "./number-check.ts"
import { functionSheet } from "./function-sheet.ts"
import { strategyFromModel } from "./model-strategy.ts"

const rule = (enter: string, more: object = {}) => documentOf({ timeframe: "1h", long: { enter: [enter] }, ...more })

function documentOf(value: object): StrategyDocument {
  const read = strategyFromModel({ name: "x", ...value }, { form: "full" })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.document
}

/** What the interpreter read of a sentence; its words are all understood. */
function readingOf(say: string, document: StrategyDocument): StrategyReply {
  const [rule, stop] = say.split(/, (?=stop)/i)
  const understood = [
    { from: 0, to: rule.length, words: rule, meaning: "", part: "enter" as const },
    ...(stop ? [{ from: rule.length + 2, to: say.length, words: stop, meaning: "", part: "protect" as const }] : []),
  ]
  return {
    kind: "strategy",
    document,
    flags: [],
    text: "",
    language: "en",
    assumptions: [],
    notPossible: [],
    understood,
    notUnderstood: [],
  }
}

const wordsFor = (say: string, read: StrategyDocument, wrote: StrategyDocument) =>
  changedNumbers(readingOf(say, read), wrote).map(changedNumberInWords)

const said = "buy when RSI 14 is under 30, stop 3 %"
const read = rule("rsi(close, 14) < 30", { stop: { percent: 3 } })

describe("a number the person said and the model changed is pointed out", () => {
  test.each([
    ["a limit", rule("rsi(close, 14) < 25", { stop: { percent: 3 } }), ["You said 30; the rules have 25 (RSI limit)."]],
    [
      "a length",
      rule("rsi(close, 10) < 30", { stop: { percent: 3 } }),
      ["You said 14; the rules have 10 (RSI length)."],
    ],
    [
      "a stop",
      rule("rsi(close, 14) < 30", { stop: { percent: 5 } }),
      ["You said 3; the rules have 5 (the stop loss)."],
    ],
    ["a stop that was left out", rule("rsi(close, 14) < 30"), ["You said 3; the rules have 2 (the stop loss)."]],
    [
      "a limit that is gone",
      rule("close > 1", { stop: { percent: 3 } }),
      ["You said 14; the rules do not have it.", "You said 30; the rules do not have it."],
    ],
  ])("%s", (_, wrote, words) => {
    expect(wordsFor(said, read, wrote)).toEqual(words)
  })
})

describe("what says the same is not pointed out", () => {
  test.each([
    ["the same", read],
    ["a crossing in place of a comparison", rule("crossunder(rsi(close, 14), 30)", { stop: { percent: 3 } })],
    ["a usual length left out", rule("rsi(close) < 30", { stop: { percent: 3 } })],
    [
      "a number more",
      rule("rsi(close, 14) < 30 and close > ema(close, 200)", { stop: { percent: 3 }, targets: [{ percent: 6 }] }),
    ],
  ])("%s", (_, wrote) => {
    expect(wordsFor(said, read, wrote)).toEqual([])
  })

  test("numbers that the interpreter added itself", () => {
    expect(wordsFor("buy when RSI is under 30", rule("rsi(close, 14) < 30"), rule("rsi(close, 7) < 30"))).toEqual([])
  })

  test("the 1 of candles of 1h is not a risk of 1 % that the interpreter chose", () => {
    const reading = readIdea("buy btc 1h when rsi 14 is below 30, sell above 70, stop 2%")
    const its = rule("rsi(close, 14) < 30 and rsi(close, 14)[1] < 70", {
      stop: { percent: 2 },
      size: { kind: "equity", percent: 100 },
    })
    expect(changedNumbers(reading, its)).toEqual([])
    const risking = readIdea("buy btc 1h when rsi 14 is below 30, sell above 70, stop 2%, risk 1 %")
    expect(changedNumbers(risking, its)).toContainEqual(expect.objectContaining({ said: 1 }))
  })

  test("decimal commas", () => {
    const german = rule("rsi(close, 14) < 30", { stop: { percent: 2.5 } })
    expect(wordsFor("RSI(14) unter 30, Stop 2,5 Prozent", german, german)).toEqual([])
  })
})

test("where the interpreter read no rules, each number must at least be somewhere", () => {
  const reading: Reply = {
    kind: "question",
    topic: "entry",
    questions: 1,
    text: "",
    language: "en",
    assumptions: [],
    notPossible: [],
    understood: [],
    notUnderstood: [{ from: 0, to: 30, words: "something with 34 and 55, and 9" }],
  }
  const found = changedNumbers(reading, rule("crossover(ema(close, 34), ema(close, 55))"))
  expect(found.map(changedNumberInWords)).toEqual(["You said 9; the rules do not have it."])
})

test("the sheet of the formula language is short, and its examples are formulas", () => {
  const sheet = functionSheet()
  expect(sheet.length / 3.5).toBeLessThan(800)
  for (const formula of ["close > highest(high, 20)[1]", "ema(close, 20) @ 1d > close", "cdlengulfing() > 0"])
    expect(
      strategyFromJson({
        format: "candlewright.strategy/1",
        name: "x",
        timeframe: "1h",
        long: { enter: { all: [formula] } },
      }).ok,
    ).toBe(true)
})
