import fc from "fast-check"
import { expect, test } from "vitest"
import { makeFixed } from "../strategy/edit/adjustable.ts"
import { writtenFormulas } from "../strategy/edit/document-formulas.ts"
import { readIdea } from "./read-idea.ts"

type Words = { buy: string; when: string; below: string; above: string; stop: string }

/** The words of a threshold with a stop behind it, in each language that puts the number last. */
const spoken: Record<string, Words> = {
  en: {
    buy: "buy {m}",
    when: "when",
    below: "below|under|is below|<",
    above: "above|over|>",
    stop: "stop|sl|stop loss",
  },
  de: { buy: "kaufe {m}", when: "wenn", below: "unter|unterhalb", above: "über", stop: "stop|Stopp|Stop-Loss" },
  es: {
    buy: "compra {m}",
    when: "cuando",
    below: "por debajo de|bajo",
    above: "por encima de",
    stop: "stop|stop loss",
  },
  fr: { buy: "achète {m}", when: "quand", below: "sous|en dessous de", above: "au-dessus de", stop: "stop|stop loss" },
  pt: { buy: "compre {m}", when: "quando", below: "abaixo de", above: "acima de", stop: "stop|stop loss" },
  it: { buy: "compra {m}", when: "quando", below: "sotto", above: "sopra", stop: "stop|stop loss" },
  nl: { buy: "koop {m}", when: "als", below: "onder", above: "boven", stop: "stop|stop loss" },
  pl: { buy: "kup {m}", when: "gdy", below: "poniżej", above: "powyżej", stop: "stop|stop loss" },
  id: { buy: "beli {m}", when: "jika", below: "di bawah", above: "di atas", stop: "stop|batas rugi" },
  vi: { buy: "mua {m}", when: "khi", below: "dưới", above: "trên", stop: "cắt lỗ|stop" },
  ru: { buy: "купить {m}", when: "когда", below: "ниже", above: "выше", stop: "стоп|стоп-лосс" },
  uk: { buy: "купити {m}", when: "якщо", below: "нижче", above: "вище", stop: "стоп" },
  ar: { buy: "اشتر {m}", when: "عندما", below: "تحت", above: "فوق", stop: "وقف الخسارة" },
  zh: { buy: "买入 {m}", when: "当", below: "低于", above: "高于", stop: "止损" },
}

/** Thresholds that nobody takes for a stop, and percentages that nobody takes for a threshold. */
const indicators = [
  { name: "rsi", low: [20, 25, 30, 35, 40], high: [60, 65, 70, 80] },
  { name: "rsi 14", low: [20, 25, 30, 35], high: [60, 70, 80] },
  { name: "mfi", low: [15, 20, 30], high: [70, 80, 85] },
  { name: "cci", low: [-200, -150, -100], high: [100, 150, 200] },
]

const sentence = fc
  .record({
    words: fc.constantFrom(...Object.values(spoken)),
    market: fc.constantFrom("BTC", "ETH", "SOL/USDT", "BTC/EUR"),
    indicator: fc.constantFrom(...indicators),
    isBelow: fc.boolean(),
    pick: fc.nat(3),
    stop: fc.constantFrom(0.5, 1, 1.5, 2, 3, 5, 8),
    percent: fc.constantFrom("%", " %"),
    comma: fc.constantFrom("", ",", " -", "."),
    order: fc.constantFrom("stop last", "stop first", "stop before its word"),
  })
  .chain(({ words, ...given }) =>
    fc.record({
      below: fc.constantFrom(...words.below.split("|")),
      above: fc.constantFrom(...words.above.split("|")),
      stopWord: fc.constantFrom(...words.stop.split("|")),
      words: fc.constant(words),
      given: fc.constant(given),
    }),
  )
  .map(({ words, below, above, stopWord, given }) => {
    const { indicator, isBelow, stop, percent, order, comma } = given
    const limits = isBelow ? indicator.low : indicator.high
    const limit = limits[given.pick % limits.length]
    const rule = `${words.buy.replace("{m}", given.market)} ${words.when} ${indicator.name} ${isBelow ? below : above} ${limit}`
    const said = order === "stop before its word" ? `${stop}${percent} ${stopWord}` : `${stopWord} ${stop}${percent}`
    const say = order === "stop first" ? `${said}, ${rule}` : `${rule}${comma} ${said}`
    return { say, limit, stop, name: indicator.name.split(" ")[0], isBelow }
  })

test("a threshold stays with its comparison and a percentage with its stop, with and without a comma, in every order", () => {
  fc.assert(
    fc.property(sentence, ({ say, limit, stop, name, isBelow }) => {
      const reply = readIdea(say)
      if (reply.kind !== "strategy") throw new Error(`${say}: ${reply.text}`)
      const document = Object.keys(reply.document.params).reduce(makeFixed, reply.document)
      const [entry] = writtenFormulas(document).map(({ text }) => text)
      expect([say, document.protect?.stopLoss]).toEqual([say, { kind: "percent", percent: stop }])
      expect([say, entry]).toEqual([
        say,
        expect.stringMatching(new RegExp(`^${name}\\(.*\\) ${isBelow ? "<" : ">"} ${limit}$`)),
      ])
    }),
    { numRuns: 150 },
  )
})

const anything = fc.array(
  fc.constantFrom(
    ..."buy|sell|cover|short|when|at|below|above|crosses|touches|reaches|is|the|price|close|BTC|RSI|RSI 14|RSI 30|RSI 70|MFI|CCI|stochastic|ADX 25|Williams %R|EMA 50|,|and|or|30|70|stop 2%|bei|unter|über|cuando|al|à".split(
      "|",
    ),
  ),
  { minLength: 2, maxLength: 12 },
)
const bounded = /^(rsi|mfi|cci|stoch|stochf|stochRsi|ultosc|willr|cmo|adx|adxr|dx)\(.*\)(\.\w+)?$/
const price = /^(close|open|high|low|(ema|sma)\(close, \w+\))$/

test("no rule compares a price with an oscillator, whatever is said", () => {
  fc.assert(
    fc.property(anything, (parts) => {
      const say = parts.join(" ")
      const reply = readIdea(say)
      if (reply.kind !== "strategy") return
      const document = Object.keys(reply.document.params).reduce(makeFixed, reply.document)
      for (const { text } of writtenFormulas(document))
        for (const comparison of text.split(/ and | or /)) {
          const crossing = /^cross\w+\((.*), (.*)\)$/.exec(comparison)
          const [left, right] = crossing ? crossing.slice(1) : comparison.split(/ [<>]=? /)
          expect([say, bounded.test(left ?? "") && price.test(right ?? "")]).toEqual([say, false])
          expect([say, price.test(left ?? "") && bounded.test(right ?? "")]).toEqual([say, false])
        }
    }),
    { numRuns: 200 },
  )
})
