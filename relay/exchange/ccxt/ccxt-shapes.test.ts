import { expect, test } from "vitest"
import { orderFromCcxt } from "./ccxt-shapes.ts"
import { text } from "./number-text.ts"

const order = (changes: object) =>
  orderFromCcxt({
    id: "1",
    clientOrderId: "a",
    symbol: "BTC/USDT",
    side: "buy",
    amount: "2",
    filled: "0",
    cost: "0",
    ...changes,
  } as never)

test("statuses that ccxt passes through untranslated are understood", () => {
  const seen = ["PENDING_NEW", "PENDING_CANCEL", "PENDING", "QUEUED", "CANCEL_QUEUED", "EXPIRED_IN_MATCH"].map(
    (status) => order({ status }).status,
  )
  expect(seen).toEqual(["waiting", "open", "open", "open", "open", "expired"])
})

test("an unknown status counts as open, so that we ask the exchange again", () => {
  expect(order({ status: "SOMETHING_NEW" }).status).toBe("open")
  expect(order({ status: undefined }).status).toBe("open")
})

test("what ccxt calls closed although a part never filled (Bybit's PartiallyFilledCanceled) has expired", () => {
  expect(order({ status: "closed", filled: "1" }).status).toBe("expired")
  expect(order({ status: "closed", filled: "2" }).status).toBe("filled")
})

test("after a cancel the order still carries our id, not the cancel's", () => {
  expect(
    order({ status: "canceled", clientOrderId: "cancel-1", info: { c: "cancel-1", C: "cw1-a" } }).clientOrderId,
  ).toBe("cw1-a")
  expect(
    order({
      status: "canceled",
      clientOrderId: "cancel-1",
      info: { clientOrderId: "cancel-1", origClientOrderId: "cw1-a" },
    }).clientOrderId,
  ).toBe("cw1-a")
})

test("numbers become plain decimals, however they were written", () => {
  expect(["1e-7", "0.10", "5", 0.25, undefined, null, "", "1.000"].map(text)).toEqual([
    "0.0000001",
    "0.1",
    "5",
    "0.25",
    "0",
    "0",
    "0",
    "1",
  ])
})

test("an order on Coinbase's stream is as large as what is filled and what is left", () => {
  const info = { cumulative_quantity: "0.04", leaves_quantity: "0.06" }
  expect(order({ amount: "0.04", filled: "0.04", info, status: "open" }).quantity).toBe("0.1")
})
