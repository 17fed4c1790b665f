import { expect, test } from "vitest"
import { venuesFrom } from "./venue-override.ts"
import { realVenues } from "#venues"

test("without an override requests go to the real exchanges", () => {
  expect(venuesFrom(undefined)).toBe(realVenues)
  expect(venuesFrom("")).toBe(realVenues)
})

test("one exchange may be replaced by a stand-in on this computer; the others stay", () => {
  const venues = venuesFrom('{"binance":{"rest":"http://127.0.0.1:9100","stream":"ws://localhost:9100"}}')
  expect(venues[0]).toEqual({
    ...realVenues[0],
    rest: ["http://127.0.0.1:9100"],
    streams: ["ws://localhost:9100"],
    standIn: { stream: "ws://localhost:9100", wsApi: "ws://localhost:9100/ws-api/v3" },
  })
  expect(venues.slice(1)).toEqual(realVenues.slice(1))
})

test("accounts reach the stand-in at the path that is named, or at the usual one", () => {
  const wsApiOf = (more: object) => {
    const [{ standIn }] = venuesFrom(JSON.stringify({ binance: { rest: "http://127.0.0.1:9100", ...more } }))
    return standIn?.wsApi
  }
  expect(wsApiOf({})).toBe("ws://127.0.0.1:9100/ws-api/v3")
  expect(wsApiOf({ wsApi: "ws://127.0.0.1:9101" })).toBe("ws://127.0.0.1:9101/ws-api/v3")
  expect(wsApiOf({ wsApi: "ws://localhost:9101/other/v4" })).toBe("ws://localhost:9101/other/v4")
  for (const wsApi of [
    "ws://evil.example/ws-api/v3",
    "http://127.0.0.1/ws-api/v3",
    "ws://127.0.0.1/a?b",
    "ws://u@127.0.0.1/a",
  ])
    expect(() => wsApiOf({ wsApi })).toThrow("may only lead to this computer")
})

test.each([
  "http://evil.example",
  "https://127.0.0.1:1",
  "http://127.0.0.1.evil.example",
  "http://127.0.0.1@evil.example",
  "http://user@127.0.0.1",
  "http://169.254.169.254",
  "http://0.0.0.0:80",
  "http://127.0.0.1/x",
  "file:///etc",
  "9100",
])("%s is refused: it is not on this computer", (rest) =>
  expect(() => venuesFrom(JSON.stringify({ binance: { rest } }))).toThrow("may only lead to this computer"),
)

test("what cannot be read is refused with an example, an unknown exchange with the known ones", () => {
  for (const text of ["{", "[]", '{"binance":1}', '{"binance":{"rest":"http://127.0.0.1:1","key":"x"}}'])
    expect(() => venuesFrom(text)).toThrow("is not understood. Write it as")
  expect(() => venuesFrom('{"kraken":{"rest":"http://127.0.0.1:1"}}')).toThrow(
    'names "kraken". Known are binance, bybit, coinbase.',
  )
})
