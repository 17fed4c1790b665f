import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { FakeSocket } from "./fake-socket.fixture.ts"
import { type StreamTopic, type StreamEvent, streamDialects } from "./stream-dialect.ts"
import { type LineState, StreamLine } from "./stream-line.ts"

const btc: StreamTopic = { kind: "price", marketId: "BTCUSDT" }
const eth: StreamTopic = { kind: "price", marketId: "ETHUSDT" }
const price = { e: "24hrMiniTicker", E: 1, s: "BTCUSDT", c: "1", o: "1" }
let states: LineState[] = []
let events: StreamEvent[] = []

function lineTo(...addresses: string[]): StreamLine {
  return new StreamLine({
    addresses,
    dialect: streamDialects.binance,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal("WebSocket", FakeSocket)
  FakeSocket.all = []
  states = []
  events = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test("nothing is opened until something is wanted, and all is closed when nothing is", () => {
  const line = lineTo("ws://here")
  expect(FakeSocket.all).toEqual([])
  line.want([btc])
  FakeSocket.last.accept()
  line.want([])
  expect(FakeSocket.last.readyState).toBe(2)
  expect(states.map(({ state }) => state)).toEqual(["connecting", "open", "off"])
  vi.advanceTimersByTime(120_000)
  expect(FakeSocket.all).toHaveLength(1)
})

test("what is added or dropped later is told on the same socket, nothing else", () => {
  const line = lineTo("ws://here")
  line.want([btc])
  FakeSocket.last.accept()
  line.want([btc, eth])
  line.want([eth])
  expect(FakeSocket.last.sent.map(({ method, params }) => [method, params])).toEqual([
    ["SUBSCRIBE", ["btcusdt@miniTicker"]],
    ["SUBSCRIBE", ["ethusdt@miniTicker"]],
    ["UNSUBSCRIBE", ["btcusdt@miniTicker"]],
  ])
})

test("after a loss it comes back by itself, waits longer each time, and asks for everything again", () => {
  const line = lineTo("ws://here")
  line.want([btc, eth])
  const waits: number[] = []
  for (let loss = 0; loss < 8; loss++) {
    FakeSocket.last.hangUp()
    const state = states.at(-1)!
    waits.push(state.state === "waiting" ? state.retryAtMs - Date.now() : Number.NaN)
    vi.advanceTimersByTime(waits[loss] + 1)
  }
  expect(FakeSocket.all.length).toBe(9)
  for (const [n, wait] of waits.entries()) {
    expect(wait).toBeGreaterThanOrEqual(Math.min(30_000, 500 * 2 ** n) / 2)
    expect(wait).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** n))
  }
  FakeSocket.last.accept()
  expect(FakeSocket.last.sent[0].params).toEqual(["btcusdt@miniTicker", "ethusdt@miniTicker"])
})

test("a socket that is open but dead is given up after sixteen silent seconds", () => {
  lineTo("ws://here").want([btc])
  FakeSocket.last.accept()
  vi.advanceTimersByTime(15_000)
  expect(FakeSocket.last.sent.some(({ method }) => method === "LIST_SUBSCRIPTIONS")).toBe(true)
  vi.advanceTimersByTime(3_000)
  expect(FakeSocket.all).toHaveLength(2)
  expect(FakeSocket.all[0].readyState).toBe(2)
})

test("a quiet market that answers the probe is left alone, for a minute", () => {
  lineTo("ws://here").want([btc])
  FakeSocket.last.accept()
  for (let second = 0; second < 58; second++) {
    vi.advanceTimersByTime(1000)
    FakeSocket.last.tell({ result: [], id: 3 })
  }
  expect(FakeSocket.all).toHaveLength(1)
  vi.advanceTimersByTime(5_000)
  expect(FakeSocket.all).toHaveLength(2)
})

test("an exchange that says it will close is left at once", () => {
  lineTo("ws://here").want([btc])
  FakeSocket.last.accept()
  FakeSocket.last.tell({ e: "serverShutdown", E: 1 })
  expect(FakeSocket.all).toHaveLength(2)
  expect(FakeSocket.all[0].readyState).toBe(2)
})

test("where the direct way is shut the relay's is tried, and kept once it worked", () => {
  lineTo("ws://direct", "ws://relay").want([btc])
  FakeSocket.last.hangUp()
  vi.advanceTimersByTime(1_000)
  FakeSocket.last.accept()
  FakeSocket.last.tell(price)
  FakeSocket.last.hangUp()
  vi.advanceTimersByTime(1_000)
  expect(FakeSocket.all.map(({ address }) => address)).toEqual(["ws://direct", "ws://relay", "ws://relay"])
})

test("what an old socket still says is not heard, and nonsense hurts nobody", () => {
  lineTo("ws://here").want([btc])
  const old = FakeSocket.last
  old.accept()
  old.dispatchEvent(new MessageEvent("message", { data: "<html>" }))
  old.tell(price)
  old.hangUp()
  vi.advanceTimersByTime(1_000)
  old.tell(price)
  expect(events).toHaveLength(1)
})
