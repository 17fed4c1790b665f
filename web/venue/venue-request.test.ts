import { afterEach, expect, test, vi } from "vitest"
import { MOST_ANSWER_BYTES, VenueFailure, venueOf } from "#venues"
import { VenueRequest } from "./venue-request.ts"

const direct = "https://data-api.binance.vision/api/v3/time"
const relayed = "/api/md/binance/api/v3/time"
const time = () => json({ serverTime: 1 })

afterEach(() => vi.unstubAllGlobals())

test("an exchange that lets the browser in is asked directly, without the relay", async () => {
  const asked = network({ [direct]: time })
  await new VenueRequest(venueOf("binance")).ask("/api/v3/time")
  expect(asked).toEqual([direct])
})

test("where the browser is refused requests go through the relay, and from then on only there", async () => {
  const asked = network({ [relayed]: time })
  const request = new VenueRequest(venueOf("binance"))
  await request.ask("/api/v3/time")
  await request.ask("/api/v3/time")
  expect(asked).toEqual([direct, relayed, relayed])
  expect(request.route).toBe("relay")
})

test("a connection that worked and broke is not replaced by the relay", async () => {
  const answers: Record<string, () => Response> = { [direct]: time, [relayed]: time }
  const asked = network(answers)
  const request = new VenueRequest(venueOf("binance"))
  await request.ask("/api/v3/time")
  delete answers[direct]
  await expect(request.ask("/api/v3/time")).rejects.toThrow(VenueFailure)
  expect(asked).toEqual([direct, direct])
})

test("the Practice exchange is asked through the relay only", async () => {
  const asked = network({ "/api/md/practice/api/v3/time": time })
  await new VenueRequest(venueOf("practice")).ask("/api/v3/time")
  expect(asked).toEqual(["/api/md/practice/api/v3/time"])
})

test("a refusal is the exchange's answer: nobody else is asked instead", async () => {
  const asked = network({
    [direct]: () => json({ code: 0, msg: "Service unavailable from a restricted location" }, 451),
  })
  expect(await failureOf("/api/v3/time")).toMatchObject({
    kind: "region",
    message: "Service unavailable from a restricted location",
  })
  expect(asked).toEqual([direct])
})

test("a busy exchange's wait is kept", async () => {
  network({ [direct]: () => json({ code: -1003, msg: "Too much request weight used" }, 429, { "retry-after": "7" }) })
  expect(await failureOf("/api/v3/time")).toMatchObject({ kind: "busy", retryAfterMs: 7_000 })
})

test("an answer that breaks off counts as no answer", async () => {
  network({ [direct]: broken, [relayed]: broken })
  expect(await failureOf("/api/v3/time")).toMatchObject({ kind: "unreachable" })
})

test("an answer that never ends is left where no honest one would go on", async () => {
  let pieces = 0
  const piece = new TextEncoder().encode(" ".repeat(2 ** 20))
  const endless = () => new Response(new ReadableStream({ pull: (reader) => (pieces++, reader.enqueue(piece)) }))
  network({ [relayed]: endless })
  expect(await failureOf("/api/v3/time")).toMatchObject({ kind: "unreachable", message: "its answer is too large" })
  expect(pieces * piece.length).toBeLessThan(MOST_ANSWER_BYTES + 3 * piece.length)
})

test("an answer in pieces keeps the letters that are cut by them", async () => {
  const bytes = new TextEncoder().encode('{"serverTime":1,"word":"Zürich €"}')
  const inPieces = () =>
    new Response(
      new ReadableStream({
        start(reader) {
          for (const byte of bytes) reader.enqueue(Uint8Array.of(byte))
          reader.close()
        },
      }),
    )
  network({ [relayed]: inPieces })
  expect(await new VenueRequest(venueOf("binance")).ask("/api/v3/time")).toContain("Zürich €")
})

test("a host of bare files, which answers with its page, is no relay", async () => {
  network({ [relayed]: () => new Response("<!doctype html>", { headers: { "content-type": "text/html" } }) })
  expect(await failureOf("/api/v3/time")).toMatchObject({ kind: "unreachable" })
})

test("a relay that knows no such exchange does not turn into a market that is unknown", async () => {
  network({ [relayed]: () => json({ error: "Candlewright does not know this exchange." }, 404) })
  expect(await failureOf("/api/v3/time")).toMatchObject({ kind: "unreachable" })
})

test("a page that the relay got instead of data does not count as an answer without candles", async () => {
  network({ [relayed]: () => json({ error: "Binance sent a page instead of data (HTTP 200)." }) })
  expect(await failureOf("/api/v3/time")).toMatchObject({
    kind: "unreachable",
    message: "the relay got no answer from it, HTTP 200",
  })
})

test("a relay that is busy is left alone for as long as it says", async () => {
  network({ [relayed]: () => json({ error: "Trying again in a moment is safe." }, 503, { "retry-after": "2" }) })
  expect(await failureOf("/api/v3/time")).toEqual({
    ok: false,
    kind: "unreachable",
    message: "Trying again in a moment is safe.",
    retryAfterMs: 2_000,
  })
})

test("a missing market is recognised, by Binance's code and by Coinbase's 404", async () => {
  network({ [direct]: () => json({ code: -1121, msg: "Invalid symbol." }, 400) })
  expect(await failureOf("/api/v3/time")).toMatchObject({ kind: "unknown-market" })
  network({
    "https://api.coinbase.com/x": () => json({ error: "NOT_FOUND", message: "valid product_id is required" }, 404),
  })
  await expect(new VenueRequest(venueOf("coinbase")).ask("/x")).rejects.toMatchObject({
    failure: { kind: "unknown-market" },
  })
})

async function failureOf(path: string) {
  const error: unknown = await new VenueRequest(venueOf("binance")).ask(path).catch((thrown: unknown) => thrown)
  return (error as VenueFailure).failure
}

/**
 * Answers by address; anything else fails as it does without a network or a CORS header. Returns the requested
 * addresses, as they come.
 */
function network(answers: Record<string, () => Response>): string[] {
  const asked: string[] = []
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address)
    return answers[address] ? Promise.resolve(answers[address]()) : Promise.reject(new TypeError("Failed to fetch"))
  })
  return asked
}

function json(body: object, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers })
}

function broken(): Response {
  const stream = new ReadableStream({ pull: (controller) => controller.error(new TypeError("network error")) })
  return new Response(stream, { headers: { "content-type": "application/json" } })
}
