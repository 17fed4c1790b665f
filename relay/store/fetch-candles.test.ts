import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { HOUR_MS, MINUTE_MS, candlesFromRows, type Candles, type DownloadProgress } from "#engine/candles"
import type { RequestFaultName } from "../exchange/simulated/faults/faults.ts"
import { startSimulatedExchange, type SimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { openCandleStore, type CandleStore } from "./candle-store.ts"
import { openVenue } from "../door/open-venue.ts"
import { realSurroundings } from "../surroundings.ts"
import { fetchCandles, type CandleFetch, type FetchedSeries } from "./fetch-candles.ts"

const END_MS = Date.UTC(2026, 0, 1)
const series: FetchedSeries = { venue: "binance", market: "BTC/USDT", timeframe: "1m" }
const minutesBack = (from: number, to = 0) => ({ fromMs: END_MS - from * MINUTE_MS, toMs: END_MS - to * MINUTE_MS })

let exchange: SimulatedExchange
let store: CandleStore
let directory: string
const asked: string[] = []

beforeEach(async () => {
  exchange = await startSimulatedExchange({ seed: 5, speed: "stepped", historyDays: 30 }, realSurroundings())
  directory = await mkdtemp(join(tmpdir(), "fetch-"))
  store = await openCandleStore(directory)
  asked.length = 0
})

afterEach(async () => {
  await store.close()
  await exchange.stop()
  await rm(directory, { recursive: true })
})

async function fetched(some: Partial<CandleFetch> = {}) {
  const source = openVenue("binance", { rest: exchange.rest })
  return fetchCandles({
    source,
    store,
    series,
    wanted: minutesBack(6_000),
    origin: exchange.rest,
    surroundings: realSurroundings(),
    signal: new AbortController().signal,
    ...some,
  })
}

/** The simulator's own candles, fetched page by page without our code in between. */
async function itsOwn(from: number, to = 0): Promise<Candles> {
  const rows: unknown[] = []
  for (let startTime = END_MS - from * MINUTE_MS; startTime < END_MS - to * MINUTE_MS;) {
    const page = (await (
      await fetch(
        `${exchange.rest}/klines?symbol=BTCUSDT&interval=1m&startTime=${startTime}&endTime=${END_MS - to * MINUTE_MS - 1}&limit=1000`,
      )
    ).json()) as number[][]
    if (page.length === 0) break
    rows.push(...page)
    startTime = page.at(-1)![0] + MINUTE_MS
  }
  const answer = candlesFromRows(rows, { timeframe: "1m" })
  if (!answer.ok) throw new Error(answer.because)
  return answer.candles
}

function strike(fault: RequestFaultName, times = 1) {
  exchange.exchange.faults.add({ fault, on: "klines", times })
}

test("six thousand candles are the simulator's own, bit for bit, and a second fetch asks for none of them", async () => {
  const progresses: DownloadProgress[] = []
  expect(await fetched({ onProgress: (progress) => progresses.push(progress) })).toMatchObject({
    ok: true,
    candles: 6_000,
    leftOut: [],
    changed: [],
  })
  expect(await store.read(series)).toEqual(await itsOwn(6_000))
  expect(progresses.at(-1)).toMatchObject({ candlesDone: 6_000, candlesTotal: 6_000 })
  expect(await fetched()).toMatchObject({ ok: true, candles: 0 })
})

test("429 with Retry-After, 5xx, a broken body, a page of HTML and a cut connection are waited out, without a candle lost", async () => {
  const waits: string[] = []
  for (const fault of ["F10", "F05", "F07", "F08", "F08b", "F06", "F09"] as const) {
    strike(fault)
    const result = await fetched({
      wanted: minutesBack(6_000, 3_000),
      onProgress: ({ waiting }) => waiting && waits.push(waiting.failure.kind),
    })
    expect([fault, result]).toMatchObject([fault, { ok: true, candles: 3_000 }])
    expect(await store.read(series)).toEqual(await itsOwn(6_000, 3_000))
    await store.remove(series)
  }
  expect(waits).toEqual([
    "busy",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
    "unreachable",
  ])
}, 60_000)

test("a ban and a closed country end it at once and keep what came before; later it continues from there", async () => {
  strike("F10b")
  expect(await fetched()).toMatchObject({ ok: false, failure: { kind: "banned" } })
  strike("F11")
  expect(await fetched()).toMatchObject({ ok: false, failure: { kind: "region" } })
  expect(await fetched()).toMatchObject({ ok: true })
  expect(await store.read(series)).toEqual(await itsOwn(6_000))
})

test("minutes the exchange itself has lost stay a gap, are remembered and not requested again", async () => {
  exchange.advance(3 * HOUR_MS)
  const hole = { fromMs: END_MS + 30 * MINUTE_MS, toMs: END_MS + 50 * MINUTE_MS }
  exchange.exchange.state.venue.market("BTCUSDT").candles.forget(hole.fromMs, hole.toMs)
  const wanted = { fromMs: END_MS, toMs: END_MS + 120 * MINUTE_MS }
  expect(await fetched({ wanted })).toMatchObject({ ok: true, candles: 100 })
  expect(await store.seal(series)).toMatchObject({ candles: 100, gaps: 1, fetched: [wanted] })
})

test("fetched again, candles that the exchange has changed are named, and the new ones kept", async () => {
  const wanted = minutesBack(50)
  await fetched({ wanted })
  const own = await itsOwn(50)
  await store.add({ ...series, origin: "download", source: "test", candles: { ...own, close: own.high }, nowMs: 0 })
  const different = [...own.openTimeMs].filter((_, at) => own.close[at] !== own.high[at])
  expect(different.length).toBeGreaterThan(0)
  expect(await fetched({ wanted })).toMatchObject({ candles: 0, changed: [] })
  expect(await fetched({ wanted, again: true })).toMatchObject({ candles: 50, changed: different })
  expect(await store.read(series)).toEqual(own)
})

test("the candle that is still forming is left out, and comes when it has closed", async () => {
  exchange.advance(90_000)
  await fetched({ wanted: { fromMs: END_MS - 10 * MINUTE_MS } })
  expect((await store.find(series))!.toMs).toBe(END_MS)
  exchange.advance(60_000)
  await fetched({ wanted: { fromMs: END_MS - 10 * MINUTE_MS } })
  expect((await store.find(series))!.toMs).toBe(END_MS + MINUTE_MS)
})

test("years before the listing cost few requests and bring what there is", async () => {
  const source = openVenue("binance", { rest: exchange.rest })
  const page = source.page.bind(source)
  let pages = 0
  source.page = (...question) => (pages++, page(...question))
  const hourly = { ...series, timeframe: "1h" } as const
  const result = await fetched({ source, series: hourly, wanted: { fromMs: Date.UTC(2015, 0, 1) } })
  expect(result.ok).toBe(true)
  expect((await store.find(hourly))!.fromMs).toBeGreaterThan(Date.UTC(2020, 0, 1))
  expect(pages).toBeLessThan(100)
}, 30_000)

test("a market that does not exist, or left the exchange, is named with similar ones", async () => {
  expect(await fetched({ series: { ...series, market: "BTC/EURX" } })).toMatchObject({
    ok: false,
    failure: { kind: "unknown-market" },
    others: expect.arrayContaining(["BTC/USDT"]),
  })
})

test("an address that does not answer fails with the network's own code", async () => {
  const stop = new AbortController()
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const source = openVenue("binance", { rest: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  server.close()
  const waits: string[] = []
  const result = await fetched({
    source,
    signal: stop.signal,
    onWaiting: ({ failure }) => (waits.push(failure.message), waits.length === 2 && stop.abort()),
  })
  expect([result.ok, waits]).toEqual([false, ["ECONNREFUSED", "ECONNREFUSED"]])
})
