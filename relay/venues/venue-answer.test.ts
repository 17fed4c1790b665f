import fc from "fast-check"
import { expect, test } from "vitest"
import { dataIn } from "./venue-answer.ts"
import { failureOf } from "./venue-failure.ts"

const klines = "/api/v3/klines?symbol=BTCUSDT&interval=1m"
const read = (path: string, body: string, status = 200, contentType = "application/json") => {
  try {
    return dataIn(path, { status, body, contentType })
  } catch (error) {
    return failureOf(error).kind
  }
}

test("a list of candles passes as it came, each exchange's own shape", () => {
  for (const [path, body] of [
    [klines, "[]"],
    [klines, "[[1,2,3,4,5,6]]"],
    ["/v5/market/kline?symbol=BTCUSDT", '{"retCode":0,"result":{"list":[]}}'],
    ["/v5/market/kline?symbol=BTCUSDT", '{"retCode":10006,"retMsg":"Too many visits"}'],
    ["/api/v3/brokerage/market/products/BTC-USD/candles?start=1", '{"candles":[]}'],
    [
      "/api/v3/brokerage/market/products/BTC-USD/candles?start=1",
      '{"candles":[{"start":"1","open":"2","high":"3","low":"1","close":"2","volume":"0"}]}',
    ],
    ["/api/v3/time", '{"serverTime":1}'],
  ])
    expect(read(path, body)).toBe(body)
})

test("an answer that is not a list of candles is refused", () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      const answer = JSON.parse(JSON.stringify(anything) ?? "null") as Record<string, unknown> | null
      const isList = Array.isArray(answer) || Array.isArray(answer?.candles) || Boolean(answer?.retCode)
      fc.pre(!isList)
      expect(read(klines, JSON.stringify(answer))).toBe("unreachable")
    }),
  )
})

test("a list with a row that is not a candle is refused, each exchange's own shape", () => {
  const number = fc.oneof(fc.integer(), fc.integer().map(String))
  const notNumber = fc.constantFrom(null, "", " ", "abc", {}, [], true, "1e999")
  const broken = fc
    .tuple(fc.array(number, { minLength: 6, maxLength: 8 }), fc.nat(5), notNumber)
    .map(([cells, at, cell]) => cells.with(at, cell as string))
  const row = fc.oneof(broken, fc.array(number, { maxLength: 5 }), fc.constantFrom(null, 7, "row", {}))
  const named = (cells: unknown) =>
    Array.isArray(cells)
      ? Object.fromEntries(["start", "open", "high", "low", "close", "volume"].map((name, at) => [name, cells[at]]))
      : cells
  fc.assert(
    fc.property(row, (bad) => {
      const good = [1, 2, 3, 4, 5, 6]
      expect(read(klines, JSON.stringify([good, bad]))).toBe("unreachable")
      expect(read("/v5/market/kline?a=1", JSON.stringify({ retCode: 0, result: { list: [bad, good] } }))).toBe(
        "unreachable",
      )
      expect(read("/products/X/candles?a=1", JSON.stringify({ candles: [named(good), named(bad)] }))).toBe(
        "unreachable",
      )
    }),
  )
})

test("a page, a torn text, an empty body and any status but success are failures", () => {
  expect(read(klines, "[]", 200, "text/html; charset=utf-8")).toBe("unreachable")
  for (const body of ["", "[[1,", "<html>", "undefined"]) expect(read(klines, body)).toBe("unreachable")
  for (const status of [100, 204, 205, 304, 302, 600, 999])
    expect([status, read(klines, "", status)]).toEqual([status, "unreachable"])
  expect(read(klines, "[]", 418)).toBe("banned")
})
