import { expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { failureOf, failureOfAnswer, VenueFailure } from "./venue-failure.ts"

const refused = (status: number, body: unknown, retryAfter?: string) =>
  failureOfAnswer({ status, body: typeof body === "string" ? body : JSON.stringify(body), retryAfter }).failure

test.each([
  ["7", 7_000],
  ["0.5", 500],
  ["2147484", 3 * DAY_MS],
  ["999999999", 3 * DAY_MS],
  ["0", undefined],
  ["00.0", undefined],
  ["-1", undefined],
  ["1e9", undefined],
  ["Infinity", undefined],
  ["Wed, 21 Oct 2026 07:28:00 GMT", undefined],
  ["", undefined],
  [undefined, undefined],
])("a Retry-After of %s is a wait of %s ms", (retryAfter, retryAfterMs) => {
  expect(refused(429, {}, retryAfter)).toMatchObject({ kind: "busy", retryAfterMs })
})

test("an exchange's message becomes one line, with control characters spelled out, and is cut", () => {
  expect(refused(400, { msg: "no\r\u001b[2Kyes" }).message).toBe("no\\u{d}\\u{1b}[2Kyes")
  expect(refused(400, { msg: "x".repeat(100_000) }).message.length).toBeLessThan(300)
  expect(refused(400, { msg: { a: 1 }, message: "in words" }).message).toBe("in words")
  expect(refused(500, "<html>").message).toBe("HTTP 500")
  expect(refused(500, "null").message).toBe("HTTP 500")
})

test("only Binance's own code makes a market unknown, not the digits anywhere", () => {
  expect(refused(400, { code: -1121, msg: "Invalid symbol." }).kind).toBe("unknown-market")
  expect(refused(400, { code: -1100, msg: "Illegal characters, see -1121" }).kind).toBe("refused")
})

test("ccxt's errors mean what their class says, ours what they carry, any other that the exchange is unreachable", () => {
  const named = (name: string) => Object.assign(new Error("words"), { name })
  expect(
    ["BadSymbol", "RateLimitExceeded", "DDoSProtection", "PermissionDenied", "NotSupported", "TypeError"].map(
      (name) => failureOf(named(name)).kind,
    ),
  ).toEqual(["unknown-market", "busy", "busy", "region", "refused", "unreachable"])
  expect(failureOf("thrown words")).toEqual({ ok: false, kind: "unreachable", message: "thrown words" })
  const failure = { ok: false, kind: "banned", message: "418" } as const
  expect(failureOf(new VenueFailure(failure))).toBe(failure)
})
