import { beforeEach, expect, test } from "vitest"
import { FakeWorld } from "./fake-world.fixture.ts"
import { streamDialects } from "./stream-dialect.ts"
import type { StreamEvent, StreamTopic } from "./stream-event.ts"
import { type LineState, StreamLine } from "./stream-line.ts"

const btc: StreamTopic = { kind: "price", marketId: "BTCUSDT" }
const eth: StreamTopic = { kind: "price", marketId: "ETHUSDT" }
const price = { e: "24hrMiniTicker", E: 1, s: "BTCUSDT", c: "1", o: "1" }
let world: FakeWorld
let states: LineState[]
let events: StreamEvent[]

function lineTo(...addresses: string[]): StreamLine {
  return new StreamLine({
    addresses,
    world,
    dialect: streamDialects.binance,
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
  })
}

beforeEach(() => {
  world = new FakeWorld()
  states = []
  events = []
})

test("it opens when there is a subscription, and closes when there is none", async () => {
  const line = lineTo("ws://here")
  expect(world.sockets).toEqual([])
  line.want([btc])
  world.last.accept()
  line.want([])
  expect(world.last.state).toBe("closed")
  expect(states.map(({ state }) => state)).toEqual(["connecting", "open", "off"])
  await world.pass(120_000)
  expect(world.sockets).toHaveLength(1)
})

test("later changes go over the same socket, and nothing else", () => {
  const line = lineTo("ws://here")
  line.want([btc])
  world.last.accept()
  line.want([btc, eth])
  line.want([eth])
  expect(world.last.sent.map(({ method, params }) => [method, params])).toEqual([
    ["SUBSCRIBE", ["btcusdt@miniTicker"]],
    ["SUBSCRIBE", ["ethusdt@miniTicker"]],
    ["UNSUBSCRIBE", ["btcusdt@miniTicker"]],
  ])
})

test("after a loss it reconnects by itself, waits longer each time, and subscribes to everything again", async () => {
  const line = lineTo("ws://here")
  line.want([btc, eth])
  const waits: number[] = []
  for (let loss = 0; loss < 8; loss++) {
    world.last.hangUp()
    const state = states.at(-1)!
    waits.push(state.state === "waiting" ? state.retryAtMs - world.ms : Number.NaN)
    await world.pass(waits[loss] + 1)
  }
  expect(world.sockets).toHaveLength(9)
  expect(waits).toEqual(waits.map((_, n) => Math.min(30_000, 500 * 2 ** n) * 0.75))
  world.last.accept()
  expect(world.last.sent[0].params).toEqual(["btcusdt@miniTicker", "ethusdt@miniTicker"])
})

test("a socket that is open but dead is dropped after sixteen silent seconds", async () => {
  lineTo("ws://here").want([btc])
  world.last.accept()
  await world.pass(15_000)
  expect(world.last.sent.some(({ method }) => method === "LIST_SUBSCRIPTIONS")).toBe(true)
  await world.pass(3_000)
  expect(world.sockets).toHaveLength(2)
  expect(world.sockets[0].state).toBe("closed")
})

test("a quiet market that answers the probe is left alone, for a minute", async () => {
  lineTo("ws://here").want([btc])
  world.last.accept()
  for (let second = 0; second < 58; second++) {
    await world.pass(1000)
    world.last.say({ result: [], id: 3 })
  }
  expect(world.sockets).toHaveLength(1)
  await world.pass(5_000)
  expect(world.sockets).toHaveLength(2)
})

test("when an exchange announces that it will close, the line leaves at once", () => {
  lineTo("ws://here").want([btc])
  world.last.accept()
  world.last.say({ e: "serverShutdown", E: 1 })
  expect(world.sockets).toHaveLength(2)
  expect(world.sockets[0].state).toBe("closed")
})

test("when the direct address fails, the relay's is tried, and kept once it worked", async () => {
  lineTo("ws://direct", "ws://relay").want([btc])
  world.last.hangUp()
  await world.pass(1_000)
  world.last.accept()
  world.last.say(price)
  world.last.hangUp()
  await world.pass(1_000)
  expect(world.sockets.map(({ address }) => address)).toEqual(["ws://direct", "ws://relay", "ws://relay"])
})

test("an address that opens no socket is a loss like any other", async () => {
  const open = world.openSocket
  world.openSocket = (address, ears) => {
    if (address === "no address") throw new SyntaxError("Invalid URL")
    return open(address, ears)
  }
  lineTo("no address", "ws://here").want([btc])
  expect(states.at(-1)).toMatchObject({ state: "waiting", failures: 1 })
  await world.pass(1_000)
  expect(world.last.address).toBe("ws://here")
})

test("messages of an old socket are ignored, and nonsense does no harm", async () => {
  lineTo("ws://here").want([btc])
  const old = world.last
  old.accept()
  for (const nonsense of ["<html>", "null", "[]", "7", '{"e":"kline"}', '{"e":"24hrMiniTicker","c":{}}'])
    old.say(nonsense)
  events = []
  old.say(price)
  old.hangUp()
  await world.pass(1_000)
  old.say(price)
  expect(events).toHaveLength(1)
})
