import { expect, test } from "vitest"
import type { LeavingRequest } from "../exchange/gate.ts"
import { LastLook } from "./last-look.ts"

const times = { windowMs: 5_000, deadlineMs: 5_000 }
const move = (order: string, quantity: string): LeavingRequest => ({
  kind: "amend",
  market: "BTC/USDT",
  order,
  quantity,
  ...times,
})

test("a stop is moved only where that was approved, once, and never to sell more than was approved", () => {
  const look = new LastLook({ isOn: true })
  expect(() => look.gate(move("7", "1"))).toThrow("no stop was approved")
  look.approveMove("7", 1)
  expect(() => look.gate(move("7", "1.1"))).toThrow("no stop was approved")
  expect(() => look.gate(move("7", "1"))).toThrow("no stop was approved")
  look.approveMove("7", 1)
  look.gate(move("7", "1"))
  expect(() => look.gate(move("7", "1"))).toThrow("no stop was approved")
  look.approveMove("7", 1)
  look.forgetMove("7")
  expect(() => look.gate(move("7", "1"))).toThrow("no stop was approved")
})
