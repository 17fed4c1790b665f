import { describe, expect, test } from "vitest"
import { readIdea } from "../read-idea.ts"
import { folded } from "../words/folded-text.ts"
import { languages } from "./languages.ts"

describe.each(languages.map((language) => [language.code, language] as const))(
  "%s",
  (code, { words, numbers = "", says }) => {
    test("a phrase means one thing, accents and hyphens apart", () => {
      const meanings = [
        ...Object.entries(words).flatMap(([concept, phrases]) =>
          phrases.split(", ").map((phrase) => [phrase, concept]),
        ),
        ...numbers.split(", ").map((entry) => [entry.replace(/ \*?[\d.]+$/, ""), "number"]),
      ].map(([phrase, concept]) => [folded(phrase).replace(/[-' ]+/g, " "), concept])
      const seen = new Map<string, string>()
      const twice = meanings.flatMap(([phrase, concept]) => {
        const before = seen.get(phrase)
        seen.set(phrase, concept)
        return before === undefined ? [] : [`${phrase}: ${before}, ${concept}`]
      })
      expect(twice).toEqual([])
    })

    test("its sentences have the places that are filled in", () => {
      expect(says.left).toContain("{words}")
      expect(says.cannot).toContain("{what}")
      expect([says.assumed.includes("{what}"), says.assumed.includes("{value}")]).toEqual([true, true])
    })

    test("its own example of an idea is read whole", () => {
      const [, example] = /[:：]\s*(.+?)[.。।؟]?$/s.exec(says.ask.idea) ?? []
      const reply = readIdea(code === "ja" ? says.ask.idea.split("例：")[1] : example)
      expect(reply).toMatchObject({
        kind: "strategy",
        language: code,
        document: { timeframe: "1h", markets: ["BTC/USDT"], short: null },
        notUnderstood: [],
      })
      const values = reply.kind === "strategy" ? Object.values(reply.document.params).map(({ value }) => value) : []
      expect(values).toEqual(expect.arrayContaining([14, 30, 70, 3]))
    })
  },
)

test.each([
  "ซื้อ BTC เมื่อ RSI ต่ำกว่า 30 หยุดขาดทุน 3%",
  "קנה ביטקוין כאשר RSI מתחת ל-30, סטופ 3",
  "αγόρασε btc όταν το rsi είναι κάτω από 30 με στοπ 3",
])("%j is in no language that is read: nothing is guessed, its numbers and the languages are named", (say) => {
  const reply = readIdea(say)
  expect(reply).toMatchObject({ kind: "question", topic: "idea" })
  expect(reply.text).toMatch(/30, 3\. .*English, German/)
  expect(reply.notUnderstood.map(({ words }) => words).join()).toMatch(/30.*3/s)
})

test.each([
  ["halve the risk", "en"],
  ["buy wen 50ma croses 200ma upwrds, stop 3%", "en"],
  ["stop 3 %", "en"],
  ["use ema instead of sma", "en"],
  ["cambia el stop a 1,5 %", "es"],
  ["sin stop", "es"],
  ["más seguro", "es"],
  ["sécurise la stratégie", "fr"],
  ["le stop à 3 %", "fr"],
  ["achat btc rsi 30", "fr"],
  ["engerer Stop", "de"],
  ["verdopple das Risiko", "de"],
  ["torne mais seguro", "pt"],
  ["止损 3%", "zh"],
])("%j is answered in the language that most of its words are of: %s", (say, code) => {
  expect(readIdea(say).language).toBe(code)
})
