import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import type { Trade } from "#engine/result"
import { type Compared, differencesOf, isDecidedTheSame } from "./parity-differences.ts"

const trade: Trade = {
  market: "BTC/USDT",
  side: "long",
  quantity: 0.00082,
  entryTimeMs: 10 * MINUTE_MS,
  entryPrice: 59_900,
  exitTimeMs: 12 * MINUTE_MS,
  exitPrice: 60_000,
  exitReason: "signal",
  // The coins that were too small to sell are paid for in it.
  profit: -0.57,
  profitPercent: -1,
  feesPaid: 0.1,
  entryTag: "",
}
const earned = 100 * trade.quantity - trade.feesPaid
const earlier = { ...trade, entryTimeMs: 8 * MINUTE_MS, exitTimeMs: 11 * MINUTE_MS }
const wanted = { market: trade.market, timeMs: trade.entryTimeMs, end: undefined }
const refusal = (because: string, decidedMs: number) => ({
  seq: 1,
  botId: "b",
  accountId: "a",
  atMs: 1,
  kind: "refusal" as const,
  words: "nothing is bought",
  about: { market: trade.market, because, decidedMs },
})

const nothing: Compared = {
  live: [],
  liveHeld: [],
  again: [],
  againHeld: [],
  wanted: [],
  rejected: [],
  refusals: [],
  late: [],
  timeframeMs: MINUTE_MS,
}
const compared = (changes: Partial<Compared>) => differencesOf({ ...nothing, ...changes })

test("a trade that the bot missed costs what it would have earned, coins too small to sell apart", () => {
  const refused = { ...wanted, end: "refused" as const }
  const refusals = [refusal("the kill switch is on", trade.entryTimeMs)]
  const [missed, ...others] = compared({ again: [trade], wanted: [refused], refusals })
  expect(others).toEqual([])
  expect(missed).toMatchObject({ cause: "refused", because: "refused: the kill switch is on" })
  expect(Number(missed.costQuote)).toBeCloseTo(earned, 9)
})

test("a trade that only the bot made counts the other way round, and one at the same prices is no difference", () => {
  const [extra] = compared({ live: [trade], wanted: [wanted] })
  expect(Number(extra.costQuote)).toBeCloseTo(-earned, 9)
  expect(compared({ live: [trade], again: [trade] })).toEqual([])
})

test("the same trade at another price costs the difference of the prices, whatever was left over", () => {
  const dearer = { ...trade, entryPrice: 59_910, profit: -2 }
  const [priced] = compared({ live: [dearer], again: [trade] })
  expect(priced.what).toMatch(/bought at 59910 instead of 59900/)
  expect(Number(priced.costQuote)).toBeCloseTo(10 * trade.quantity, 9)
})

test("what one of the two sold and the other holds costs what lies between them at the last price, not the whole loss", () => {
  const byHand = { ...trade, exitPrice: 59_000, exitReason: "byHand" }
  const held = { ...trade, exitPrice: 59_100, exitReason: "endOfData" as const }
  const [sold] = compared({ live: [byHand], againHeld: [held], wanted: [wanted] })
  expect(sold).toMatchObject({ cause: "byHand" })
  expect(Number(sold.costQuote)).toBeCloseTo(100 * trade.quantity, 9)
  const [kept] = compared({ again: [trade], liveHeld: [{ ...held, exitPrice: 59_900 }] })
  expect(Number(kept.costQuote)).toBeCloseTo(100 * trade.quantity, 9)
})

/** What happened, the cause it is named with, the beginning of its words, and whether it was decided the same. */
const causes: [what: string, Partial<Compared>, cause: string, because: RegExp, isSame: boolean][] = [
  [
    "other prices",
    { live: [{ ...trade, entryPrice: 59_910, exitPrice: 59_995 }], again: [trade] },
    "price",
    /^price gap: the exchange filled the entry 0\.017 % higher and the exit 0\.0083 % lower than/,
    true,
  ],
  ["other fees", { live: [{ ...trade, feesPaid: 0.2 }], again: [trade] }, "fee", /^fees: /, true],
  ["another size", { live: [{ ...trade, quantity: 0.0008 }], again: [trade] }, "size", /^size: /, true],
  [
    "a stop that came first",
    { live: [{ ...trade, exitReason: "stop" }], again: [trade] },
    "exit",
    /^other exit: live the stop came first, in the backtest the rules/,
    false,
  ],
  [
    "a sale by its owner",
    { live: [{ ...trade, exitReason: "byHand" }], again: [trade] },
    "byHand",
    /^sale by hand/,
    false,
  ],
  [
    "the same refusal once more, which is not kept again",
    {
      again: [trade],
      wanted: [{ ...wanted, end: "refused" }],
      refusals: [refusal("it lost 5 % today", 3 * MINUTE_MS)],
    },
    "refused",
    /^refused: it lost 5 % today$/,
    true,
  ],
  [
    "an order that nobody filled",
    { again: [trade], wanted: [{ ...wanted, end: "expired" }] },
    "notFilled",
    /^not filled: its order found no seller/,
    true,
  ],
  [
    "a candle that came late",
    { again: [trade], late: [{ market: trade.market, timeMs: trade.entryTimeMs }] },
    "lateCandle",
    /^late candle: /,
    false,
  ],
  [
    "a position the bot still had",
    { again: [trade, earlier], live: [earlier] },
    "held",
    /the bot had what it bought at 1970-01-01 00:08 UTC still/,
    false,
  ],
  [
    "a position the backtest still had",
    { again: [earlier], live: [earlier, trade] },
    "held",
    /the backtest had what it bought/,
    false,
  ],
  [
    "a limit of the strategy's own",
    { again: [trade], rejected: [{ market: trade.market, timeMs: trade.entryTimeMs, reason: "cash" }] },
    "earlier",
    /^earlier difference: There was not enough cash left$/,
    false,
  ],
  ["a position that the bot holds still", { again: [trade], liveHeld: [trade] }, "exit", /^other exit: /, false],
]

test.each(causes)("%s: the difference is named with its cause in words", (_, changes, cause, because, isSame) => {
  const differences = compared(changes)
  expect(differences).toMatchObject([{ cause, because: expect.stringMatching(because) }])
  expect(isDecidedTheSame(differences)).toBe(isSame)
})
