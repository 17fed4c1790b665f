import { expect, test } from "vitest"
import { openInProcess } from "../in-process.ts"
import { openWithWaysIn } from "../opened-exchange.ts"
import { VirtualTime } from "../virtual-time.ts"
import { tokenFor } from "./testing/coinbase-clients.ts"

const startMs = Date.UTC(2026, 0, 1)
type Heard = {
  type?: string
  message?: string
  channel?: string
  sequence_num?: number
  events?: Record<string, any>[]
}

/** An exchange without a port, in virtual time, and one socket to it. */
async function opened() {
  const bugs: unknown[] = []
  const time = new VirtualTime({ startMs, seed: "x", onBug: (error) => bugs.push(error) })
  const exchange = await openWithWaysIn({ speak: "coinbase", seed: "x", historyDays: 1 }, time)
  const { fetch, socket } = openInProcess(exchange)
  const line = socket("ws://localhost/")
  const heard: Heard[] = []
  line.on("message", (data) => heard.push(JSON.parse(String(data)) as Heard))
  await time.advance(1_000)
  const owner = () => ({ apiKey: exchange.key.apiKey, secret: exchange.secret, nowMs: time.nowMs() })
  const say = async (message: unknown) => {
    line.send(typeof message === "string" ? message : JSON.stringify(message))
    await time.advance(10)
  }
  const subscribe = (channel: string, more: Record<string, unknown> = { product_ids: ["BTC-USD"] }) =>
    say({ type: "subscribe", channel, ...more })
  const user = () => subscribe("user", { jwt: tokenFor(owner(), undefined) })
  const buy = async (client_order_id: string) => {
    const path = "/api/v3/brokerage/orders"
    const order_configuration = { limit_limit_gtc: { base_size: "0.01", limit_price: "50000" } }
    const body = JSON.stringify({ client_order_id, product_id: "BTC-USD", side: "BUY", order_configuration })
    const headers = { authorization: `Bearer ${tokenFor(owner(), `POST localhost${path}`)}` }
    return time.until(fetch(`http://localhost${path}`, { method: "POST", headers, body }))
  }
  const named = () =>
    heard.flatMap(({ channel, events }) =>
      channel === "user"
        ? events!.flatMap(({ orders }) => (orders as { client_order_id: string }[]).map((one) => one.client_order_id))
        : [],
    )
  return { ...exchange, bugs, time, line, heard, say, subscribe, user, buy, named, owner }
}

test("a channel begins with what there is and goes on with what changes, numbered without a gap", async () => {
  const { heard, subscribe, user, buy, named, time, bugs } = await opened()
  for (const channel of ["ticker", "market_trades", "level2", "candles"]) await subscribe(channel)
  await time.advance(1_000)
  await user()
  await buy("mine")
  await time.advance(5_000)
  expect(heard.map(({ sequence_num }) => sequence_num)).toEqual(heard.map((_, index) => index))
  const typesOf = (name: string) =>
    new Set(heard.flatMap(({ channel, events }) => (channel === name ? events!.map(({ type }) => type as string) : [])))
  for (const channel of ["ticker", "market_trades", "l2_data", "candles", "user"])
    expect(typesOf(channel), channel).toEqual(new Set(["snapshot", "update"]))
  expect(named()).toEqual(["mine"])
  const told = heard.filter(({ channel }) => channel === "subscriptions").at(-1)
  expect(told!.events![0].subscriptions).toMatchObject({
    ticker: ["BTC-USD"],
    level2: ["BTC-USD"],
    user: [expect.stringMatching(/./)],
  })
  expect(bugs).toEqual([])
})

test("what a client says wrong is an error, and what it may not hear is refused", async () => {
  const { heard, say, subscribe, owner } = await opened()
  const seconds = Math.floor(owner().nowMs / 1_000)
  const expired = tokenFor(owner(), undefined, { claims: { nbf: seconds - 200, exp: seconds - 80 } })
  await say("hello")
  await say({ type: "shout", channel: "ticker" })
  await say({ type: "subscribe", channel: "gossip" })
  await subscribe("ticker", { product_ids: ["NOPE-USD"] })
  await subscribe("user", {})
  await subscribe("user", { jwt: expired })
  expect(heard.map(({ type, message }) => `${type}: ${message}`)).toEqual([
    "error: failure to parse message",
    "error: invalid message type",
    "error: invalid channel",
    'error: product_id "NOPE-USD" is not valid',
    "error: authentication failure",
    "error: authentication failure",
  ])
})

test("F39, F40: a subscription is refused; a user channel ends without a word while the markets go on", async () => {
  const { heard, subscribe, user, buy, named, time, sockets } = await opened()
  sockets.users.path.trouble.refuseSubscription = -1
  await user()
  expect(heard.at(-1)).toEqual({ type: "error", message: "authentication failure" })
  sockets.users.path.trouble.refuseSubscription = undefined
  await subscribe("market_trades")
  await user()
  sockets.users.terminate(1)
  const before = heard.length
  await buy("unheard")
  await time.advance(5_000)
  expect(named()).toEqual([])
  expect(heard.length).toBeGreaterThan(before)
})

test("F35, F36, F37: a lost message is a gap in the numbers, another comes twice, and two come the wrong way round", async () => {
  const { heard, user, buy, sockets } = await opened()
  await user()
  const { trouble } = sockets.users.path
  const numbers = () => heard.slice(2).map(({ sequence_num }) => sequence_num)
  trouble.lose = 1
  await buy("lost")
  await buy("heard")
  expect(numbers()).toEqual([3])
  trouble.duplicate = 1
  await buy("twice")
  trouble.reverse = 2
  await buy("later")
  await buy("sooner")
  expect(numbers()).toEqual([3, 4, 4, 6, 5])
})

test("a guest that asks for nothing is cut off, and so is a channel that is quiet for 90 seconds, but for heartbeats", async () => {
  const guest = await opened()
  await guest.time.advance(6_000)
  expect(guest.line.readyState).toBe(3)
  const quiet = await opened()
  await quiet.user()
  await quiet.time.advance(85_000)
  expect(quiet.line.readyState).toBe(1)
  await quiet.time.advance(15_000)
  expect(quiet.line.readyState).toBe(3)
  const kept = await opened()
  await kept.user()
  await kept.subscribe("heartbeats", {})
  await kept.time.advance(300_000)
  expect(kept.line.readyState).toBe(1)
  expect(kept.heard.filter(({ channel }) => channel === "heartbeats").length).toBeGreaterThan(290)
})

test("F30, F67: a frozen socket and a frozen path say nothing and stay open", async () => {
  const { heard, subscribe, time, line, sockets } = await opened()
  await subscribe("market_trades")
  sockets.markets.path.trouble.isFrozen = true
  await time.advance(10)
  const before = heard.length
  await time.advance(10_000)
  expect(heard.length).toBe(before)
  sockets.markets.path.trouble.isFrozen = false
  sockets.cutOff("all")
  await time.advance(10_000)
  expect([heard.length, line.readyState]).toEqual([before, 1])
})
