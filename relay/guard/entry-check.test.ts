import { expect, test } from "vitest"
import { usualRisk } from "../accounts/risk.ts"
import { checkEntry, type Exposure, type Moment, type WantedEntry } from "./entry-check.ts"

const entry: WantedEntry = { market: "BTC/USDT", quantity: 0.01, price: 100, stopPrice: 98, isMore: false }
const empty: Exposure = {
  equity: 1_000,
  positions: new Map(),
  dayProfit: 0,
  dayStart: 1_000,
  drawdownPercent: 0,
  ordersInMinute: 0,
  closest: undefined,
}
const now: Moment = { isKilled: false, candleAge: 0, clockErrorMs: 0, price: 100 }
const check = (changes: {
  entry?: Partial<WantedEntry>
  risk?: object
  at?: Partial<Exposure>
  moment?: Partial<Moment>
}) =>
  checkEntry(
    { ...entry, ...changes.entry },
    { ...usualRisk, ...changes.risk },
    { ...empty, ...changes.at },
    { ...now, ...changes.moment },
  )

test("an entry within all limits leaves as it is", () => {
  expect(check({})).toEqual({ ok: true, quantity: 0.01 })
})

test.each([
  ["the kill switch is on", { moment: { isKilled: true } }, /kill switch/],
  ["nobody knows how late it is", { moment: { candleAge: undefined } }, /time is not known/],
  ["the decision lies in the future", { moment: { candleAge: -5 } }, /time is not known/],
  ["its candle is old", { moment: { candleAge: 2.5 } }, /2 candles old/],
  [
    "this computer's clock is wrong",
    { moment: { clockErrorMs: -1_500 } },
    /1\.5 seconds behind the exchange's; set it/,
  ],
  [
    "the clock is wrong, whatever age that gives its candle",
    { moment: { clockErrorMs: 600_000, candleAge: 12 } },
    /10 minutes ahead of the exchange's/,
  ],
  ["the clock is far behind", { moment: { clockErrorMs: -7_200_000, candleAge: -120 } }, /2 hours behind/],
  ["a price is no number", { entry: { price: NaN } }, /makes no sense/],
  ["its price is far above the market's", { entry: { price: 106 } }, /more than 5 % above/],
  ["its price lacks a digit", { entry: { price: 9.9, stopPrice: 9 } }, /more than 5 % below/],
  ["the account does not allow the market", { risk: { allowedMarkets: ["ETH/USDT"] } }, /does not allow BTC\/USDT/],
  ["it has no stop", { entry: { stopPrice: undefined } }, /wants a stop/],
  ["too many orders have left", { at: { ordersInMinute: 10 } }, /10 orders of this minute/],
  [
    "all places are taken",
    {
      at: {
        positions: new Map([
          ["A/B", 1],
          ["C/B", 1],
          ["D/B", 1],
        ]),
      },
    },
    /3 positions/,
  ],
  ["it moves like what is held", { at: { closest: { market: "ETH/USDT", correlation: 0.95 } } }, /almost like ETH/],
  ["today's loss is reached", { at: { dayProfit: -30 } }, /lost 3\.0 % today/],
  ["the dip is reached", { at: { drawdownPercent: 20 } }, /20\.0 % below/],
  ["the exchange has not said what there is", { at: { equity: undefined } }, /has not said/],
  ["its market has its share", { at: { positions: new Map([["BTC/USDT", 330]]) } }, /leaves no room/],
] as [string, Parameters<typeof check>[0], RegExp][])("nothing is bought when %s", (_, changes, words) => {
  const verdict = check(changes)
  expect(verdict.ok ? "bought" : verdict.because).toMatch(words)
})

test.each([95.1, 100, 104.9])("a buy within the price band, at %d of 100, leaves", (price) => {
  expect(check({ entry: { price, stopPrice: price * 0.98 } })).toEqual({ ok: true, quantity: 0.01 })
})

test("an entry that is too large becomes smaller, by the limit that is the tightest", () => {
  expect(check({ entry: { quantity: 9 } })).toEqual({
    ok: true,
    quantity: 3.3,
    decidedBy: "the largest share of one market (33 %)",
  })
  expect(check({ entry: { quantity: 9, stopPrice: 90 } })).toMatchObject({
    quantity: 1,
    decidedBy: "the risk of one trade (1 %)",
  })
  expect(check({ entry: { quantity: 9 }, risk: { maxOrderQuote: "50" } })).toMatchObject({ quantity: 0.5 })
})
