import { expect, test } from "vitest"
import { askedFor } from "./asked-for.ts"
import { dayIn, isoDayOf } from "./day-in-words.ts"

test("a question for a term is known in six languages", () => {
  for (const question of [
    "What is Sharpe?",
    "what's the sharpe",
    "explain sharpe",
    "Was ist Sharpe?",
    "¿Qué es Sharpe?",
    "Qu'est-ce que Sharpe ?",
    "O que é Sharpe?",
    "什么是 Sharpe？",
  ])
    expect(askedFor(question), question).toEqual({ kind: "term", words: "sharpe" })
})

test("what the strategy does is a question for its plain words", () => {
  for (const question of [
    "what does this strategy do?",
    "What does it do",
    "how does my strategy work?",
    "explain this strategy",
    "describe it",
    "When does it buy?",
    "Was macht diese Strategie?",
    "¿Qué hace esta estrategia?",
  ])
    expect(askedFor(question), question).toEqual({ kind: "strategy" })
  expect(askedFor("what does drawdown mean?")).toEqual({ kind: "term", words: "drawdown" })
})

test("why it ended as it did is one question, why a day has no trade another", () => {
  for (const question of [
    "Why did it lose?",
    "why is the result so bad",
    "Why did it end like that?",
    "Warum verloren?",
  ])
    expect(askedFor(question), question).toEqual({ kind: "result" })
  expect(askedFor("Why no trade at 12 March?")).toEqual({ kind: "candle", day: { day: 12, month: 3 } })
  expect(askedFor("why didn't it buy on March 3rd, 2024 at 14:00")).toEqual({
    kind: "candle",
    day: { day: 3, month: 3, year: 2024, hour: 14 },
  })
  expect(askedFor("Why this trade?")).toEqual({ kind: "candle", day: undefined })
})

test("why it traded so little, or not at all, is a question for the test as a whole", () => {
  for (const question of [
    "why did it not trade?",
    "Why didn't it trade?",
    "why did it trade so little?",
    "why so few trades?",
    "why does it never buy",
    "warum hat es nicht gehandelt?",
    "¿Por qué no operó?",
    "Pourquoi si peu de trades ?",
    "Por que não negociou?",
    "为什么没有交易",
  ])
    expect(askedFor(question), question).toEqual({ kind: "trades" })
  expect(askedFor("Why no trade at 12 March?")).toMatchObject({ kind: "candle" })
  expect(askedFor("Why not use a 15 minute chart instead")).toBeUndefined()
})

test("what says rules asks for nothing", () => {
  for (const say of [
    "Buy the dip on bitcoin",
    "make it safer",
    "What if it buys at 3 March's low",
    "sell when it loses 5 %",
    "Why not use a 15 minute chart instead",
    "",
  ])
    expect(askedFor(say)?.kind ?? "nothing", say).not.toBe("result")
  expect(askedFor(`why ${"did it lose ".repeat(40)}`)).toBeUndefined()
})

test("a day without its year is the newest one of the test; a day that is none is none", () => {
  expect(isoDayOf({ day: 12, month: 3 }, "2025-07-01")).toBe("2025-03-12")
  expect(isoDayOf({ day: 12, month: 9 }, "2025-07-01")).toBe("2024-09-12")
  expect(isoDayOf({ day: 12, month: 9, year: 2021 }, "2025-07-01")).toBe("2021-09-12")
  expect(dayIn("on 31 february")).toBeUndefined()
  expect(dayIn("2024-03-12")).toEqual({ year: 2024, month: 3, day: 12 })
})

test("with a test on screen: its stops, its fees, its verdict, yesterday, and why at all", () => {
  for (const question of [
    "why did it stop out",
    "why did it get stopped out?",
    "warum wurde es ausgestoppt?",
    "¿por qué saltó el stop?",
    "pourquoi le stop a été touché ?",
    "por que o stop foi acionado?",
    "为什么止损了？",
  ])
    expect(askedFor(question), question).toEqual({ kind: "stops" })
  for (const question of [
    "which fee did you use?",
    "what fees did it pay?",
    "are fees included?",
    "Welche Gebühr hast du genommen?",
    "¿qué comisión usaste?",
    "quels frais as-tu pris ?",
    "qual taxa você usou?",
    "手续费是多少？",
  ])
    expect(askedFor(question), question).toEqual({ kind: "fees" })
  for (const question of [
    "is this strategy any good?",
    "is it any good",
    "should I use it?",
    "ist die Strategie gut?",
    "¿es buena?",
    "c'est bon ?",
    "é boa?",
    "这个策略好不好？",
  ])
    expect(askedFor(question), question).toEqual({ kind: "result" })
  for (const question of ["why?", "Why", "warum?", "¿por qué?", "pourquoi ?", "por que?", "为什么？"])
    expect(askedFor(question), question).toEqual({ kind: "why" })
  expect(askedFor("why did it not trade yesterday?")).toEqual({ kind: "candle", day: undefined, daysAgo: 1 })
  expect(askedFor("warum hat es gestern nicht gehandelt?")).toMatchObject({ daysAgo: 1 })
  expect(askedFor("what is a fee?")).toEqual({ kind: "term", words: "fee" })
})
