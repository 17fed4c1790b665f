import { MINUTE_MS } from "#engine/candles"
import { expect, test } from "vitest"
import type { LogEntry } from "../../../exchange/simulated/event-log.ts"
import { kill9Venues } from "./kill9-venue.ts"
import { kill9Verdict } from "./kill9-verdict.ts"

// What the judge of killed relays finds wrong, on logs written by hand.

const buy = { orderId: 1, clientOrderId: "cwa", symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" }
const stop = { ...buy, orderId: 2, clientOrderId: "cwb", side: "SELL", type: "STOP_LOSS" }
const sale = { ...buy, orderId: 3, clientOrderId: "cwc", side: "SELL" }
const fill = { status: "FILLED", executed: "0.01", fillQuantity: "0.01", fillPrice: "60000" }
const open = { status: "NEW", executed: "0" }

const log = (...events: [atMs: number, event: string, about: object][]) =>
  events.map(([atMs, event, about], sequence) => ({
    sequence,
    atMs,
    kind: "event",
    event,
    accountId: 2,
    about,
  })) as LogEntry[]
const faultsOf = (entries: LogEntry[], isOver = true) =>
  kill9Verdict(entries, { accountId: 2, venue: kill9Venues.binance, isOver }).faults

const bought = [0, "TRADE", { ...buy, ...fill, commission: "0.00001", commissionAsset: "BTC" }] as const
const guarded = [0, "NEW", { ...stop, ...open }] as const
const ended = [0, "CANCELED", { ...stop, ...open, status: "CANCELED" }] as const
const sold = [MINUTE_MS, "TRADE", { ...sale, ...fill, executed: "0.00999", fillQuantity: "0.00999" }] as const

test("a purchase with its stop, sold later, is fine; the fee in the coin is no loss", () => {
  expect(faultsOf(log([...bought], [...guarded], [MINUTE_MS, "CANCELED", ended[2]], [...sold]))).toEqual([])
})

test("an id of two orders, a stop left open and coins still held are found", () => {
  const twice = { ...sale, ...open, clientOrderId: buy.clientOrderId }
  expect(faultsOf(log([...bought], [...guarded], [1, "NEW", twice]))).toEqual([
    "the id cwa was used twice",
    "the order cwb is left open",
    "the order cwa is left open",
    "0.00999 of BTCUSDT is still held",
  ])
})

test("more sold than bought is found", () => {
  expect(
    faultsOf(log([...bought], [0, "TRADE", sold[2]], [0, "TRADE", { ...sold[2], orderId: 4, clientOrderId: "cwd" }])),
  ).toEqual(["more was sold than was held: BTCUSDT -0.00999"])
})

test("coins without a stop for longer than two seconds of real time are found, while the bots run too", () => {
  const naked = (minutes: number) => log([...bought], [minutes * MINUTE_MS, "NEW", guarded[2]])
  expect(faultsOf(naked(1.9), false)).toEqual([])
  expect(faultsOf(naked(3), false)).toEqual(["3000 ms without a stop from 0 of the exchange"])
})

test("the absence of a killed relay counts where a stop can be replaced in one request, and has a figure of its own elsewhere", () => {
  const naked = log([...bought], [3 * MINUTE_MS, "NEW", guarded[2]])
  const aways = [[MINUTE_MS / 2, 2.5 * MINUTE_MS]] as const
  const verdictAt = (canReplace: boolean) =>
    kill9Verdict(naked, {
      accountId: 2,
      venue: { speed: 60, canReplace, mostUnprotectedMs: 2_000 },
      aways,
      isOver: false,
    })
  expect(verdictAt(false)).toMatchObject({ faults: [], longestUnprotectedRealMs: 1_000, longestBaredRealMs: 3_000 })
  expect(verdictAt(true)).toMatchObject({ longestUnprotectedRealMs: 3_000, longestBaredRealMs: 3_000 })
  expect(verdictAt(true).faults).toHaveLength(1)
  const before = [[-5 * MINUTE_MS, 2.5 * MINUTE_MS]] as const
  const late = {
    accountId: 2,
    venue: { speed: 60, canReplace: false, mostUnprotectedMs: 2_000 },
    aways: before,
    isOver: false,
  }
  expect(kill9Verdict(naked, late).faults).toHaveLength(1)
})
