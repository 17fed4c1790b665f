import fc from "fast-check"
import { expect, test } from "vitest"
import { wordsTwice } from "../../testing/words-twice.ts"
import { readIdea } from "./read-idea.ts"
import type { Reply } from "./reply.ts"

/** Numbers of the sentence that stand in no place the reply speaks of and nowhere in its document. */
function lostNumbers(say: string, reply: Reply): string[] {
  const places = [...reply.understood, ...reply.notUnderstood]
  const document = reply.kind === "strategy" ? JSON.stringify(reply.document) : ""
  const isNamed = (from: number, to: number) => places.some((place) => place.from <= from && place.to >= to)
  return [...say.matchAll(/\d+(?:[.]\d+)?/g)]
    .filter(({ 0: number, index }) => !isNamed(index, index + number.length))
    .map(([number]) => number)
    .filter((number) => !new RegExp(`(?<![\\d.])${Number(number.replace(",", "."))}(?![\\d.])`).test(document))
}

const number = fc.oneof(
  fc.integer({ min: 0, max: 300 }).map(String),
  fc.integer({ min: 1, max: 99 }).map((tenths) => (tenths / 10).toFixed(1)),
  fc.constantFrom("0.5", "2,5", "50k", "1,000", "100000", "-3", "+4", "1/3"),
)
const unit = fc.constantFrom(
  "",
  "%",
  " %",
  " percent",
  "$",
  " dollars",
  "x",
  "R",
  "h",
  "m",
  "d",
  " days",
  " candles",
  " hours",
  " ATR",
  " am",
  ":00",
)
const words = fc.constantFrom(
  ..."buy|sell|short|cover|exit|when|if|and|or|,|.|:|(|)|at|above|below|between|crosses|crosses back|for|after|in a row|every|a day|every monday|weekly|daily|RSI|EMA|MACD|Bollinger|supertrend|ATR|price|volume|the average|standard deviations below|highest high|low of the last|yesterday's high|stop|take profit|trailing|break even|once up|half at|the rest at|risk|of the account|per trade|max|positions|trades|daily loss|drawdown|wait|after a loss|limit order|cancel after|DCA|safety orders|each|grid|between the lines|levels|from|to|UTC|london session|not on friday|leverage|no shorts|both directions|otherwise flat|I have|hold|for at most|rebalance|reward|on BTC|ETH|1h|4h|kaufe|wenn|unter|über|compra|cuando|por debajo de|achète|sous|купить|ниже|al|altında|买入|低于".split(
    "|",
  ),
)
const part = fc.oneof(
  { weight: 3, arbitrary: words },
  { weight: 2, arbitrary: fc.tuple(number, unit).map((all) => all.join("")) },
)

test("no number of a sentence is lost, and no word is both understood and not understood", () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 3, maxLength: 24 }), fc.boolean(), (parts, isBuying) => {
      const say = `${isBuying ? "buy BTC when RSI 14 is below 30 " : ""}${parts.join(" ")}`
      const reply = readIdea(say)
      expect([say, lostNumbers(say, reply)]).toEqual([say, []])
      expect([say, wordsTwice(reply)]).toEqual([say, []])
      expect(
        /NaN|undefined|Infinity/.exec(JSON.stringify(reply, (key, value: unknown) => (key === "source" ? "" : value))),
      ).toBe(null)
    }),
    { numRuns: 400 },
  )
})
