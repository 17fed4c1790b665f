import { expect, test } from "vitest"
import { venuesFrom } from "./venue-override.ts"
import { languages } from "../exchange/simulated/language.ts"
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
  const wrong: [wsApi: string, words: string][] = [
    ["ws://evil.example/ws-api/v3", "does not lead to this computer"],
    ["http://127.0.0.1/ws-api/v3", "is not an address such as ws://127.0.0.1:9100"],
    ["ws://127.0.0.1/a?b", "has something after its path"],
    ["ws://127.0.0.1/a.b", "has a path of other than letters"],
    ["ws://u@127.0.0.1/a", "has a user's name"],
  ]
  for (const [wsApi, words] of wrong) expect(() => wsApiOf({ wsApi }), wsApi).toThrow(words)
})

test("an address may be the one that `candlewright exchange --json` prints, path and all", () => {
  for (const { id, dialect } of realVenues) {
    const { rest, ...streams } = languages[dialect].addresses("127.0.0.1:9100")
    for (const stream of [streams.stream, streams.publicStream, streams.privateStream].filter(Boolean)) {
      const venue = venuesFrom(JSON.stringify({ [id]: { rest, stream } })).find((one) => one.id === id)!
      expect([venue.rest, venue.streams], stream).toEqual([["http://127.0.0.1:9100"], ["ws://127.0.0.1:9100"]])
    }
  }
})

test.each([
  ["ws://127.0.0.1:9320/v5/public/linear", "Leave the path out, or write /v5/public/spot or /v5/private"],
  ["ws://127.0.0.1:9320/v5/public/spot/BTCUSDT", "has a path that this exchange's address does not have"],
  ["http://127.0.0.1:9320/v5/public/spot", "is not an address such as ws://127.0.0.1:9100"],
])("%s as Bybit's stream is refused with what is wrong", (stream, words) =>
  expect(() => venuesFrom(JSON.stringify({ bybit: { rest: "http://127.0.0.1:9320", stream } }))).toThrow(words),
)

test.each([
  ["http://evil.example", "does not lead to this computer"],
  ["https://127.0.0.1:1", "is not an address such as http://127.0.0.1:9100"],
  ["http://127.0.0.1.evil.example", "does not lead to this computer"],
  ["http://127.0.0.1@evil.example", "does not lead to this computer"],
  ["http://user@127.0.0.1", "has a user's name"],
  ["http://:word@127.0.0.1", "has a user's name"],
  ["http://169.254.169.254", "does not lead to this computer"],
  ["http://0.0.0.0:80", "does not lead to this computer"],
  ["http://127.0.0.1/x", "Leave the path out, or write /api/v3"],
  ["http://127.0.0.1?a", "has something after its path"],
  ["file:///etc", "is not an address"],
  ["9100", "is not an address"],
])("%s is refused with what is wrong with it", (rest, words) =>
  expect(() => venuesFrom(JSON.stringify({ binance: { rest } }))).toThrow(words),
)

test("what cannot be read is refused with an example, an unknown exchange with the known ones", () => {
  for (const text of ["{", "[]", '{"binance":1}', '{"binance":{"rest":"http://127.0.0.1:1","key":"x"}}'])
    expect(() => venuesFrom(text)).toThrow("is not understood. Write it as")
  expect(() => venuesFrom('{"kraken":{"rest":"http://127.0.0.1:1"}}')).toThrow(
    'names "kraken". Known are binance, bybit, coinbase.',
  )
})
