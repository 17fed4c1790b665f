import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { expect, test } from "vitest"
import { HOUR_MS } from "#engine/candles"
import { scriptOfSource } from "../../source-script.ts"
import { openInProcess } from "./in-process.ts"
import { openWithWaysIn } from "./opened-exchange.ts"
import { hmacSignature } from "./account/signature.ts"
import { VirtualTime } from "./virtual-time.ts"

const startMs = Date.UTC(2026, 0, 1)
const script = scriptOfSource(new URL("./testing/virtual-day-main.ts", import.meta.url))

async function inAProcess(seed: string) {
  const { stdout } = await promisify(execFile)(process.execPath, [script, seed, "2"])
  return JSON.parse(stdout) as { hash: string; placed: number; heard: number; passedMs: number; bugs: unknown[] }
}

test("the same seed lives through the same hours in two processes, over an unmodified ccxt and without a port", async () => {
  const [first, again, other] = await Promise.all(["a", "a", "b"].map(inAProcess))
  expect(first).toMatchObject({ placed: 12, bugs: [] })
  expect(first.heard).toBeGreaterThanOrEqual(12)
  expect(first.passedMs).toBeGreaterThan(2 * HOUR_MS)
  expect(again).toEqual(first)
  expect(other.hash).not.toBe(first.hash)
})

async function opened() {
  const bugs: unknown[] = []
  const time = new VirtualTime({ startMs, seed: "x", onBug: (error) => bugs.push(error) })
  const exchange = await openWithWaysIn({ seed: "x", historyDays: 1 }, time)
  const { fetch, socket } = openInProcess(exchange)
  const place = (signal?: AbortSignal) => {
    const query = `symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01&timestamp=${time.nowMs()}`
    const address = `http://localhost/api/v3/order?${query}&signature=${hmacSignature(exchange.key.secret, query)}`
    return fetch(address, { method: "POST", headers: { "x-mbx-apikey": exchange.key.apiKey }, signal })
  }
  const orders = () => exchange.exchange.state.venue.orders.size
  return { ...exchange, time, fetch, socket, place, orders, bugs }
}

test("a hang never settles, a reset is a socket error, a cut answer is half a text; each time the order was accepted", async () => {
  const { exchange, time, place, orders } = await opened()
  const fault = (name: "F01" | "F06" | "F07") => exchange.faults.add({ fault: name, on: "order.place" })
  fault("F01")
  const asker = new AbortController()
  const hung = place(asker.signal)
  await time.advance(HOUR_MS)
  asker.abort()
  await expect(time.until(hung)).rejects.toThrow("aborted")
  fault("F06")
  await expect(time.until(place())).rejects.toMatchObject({ cause: { code: "ECONNRESET" } })
  fault("F07")
  const cut = await (await time.until(place())).text()
  expect(cut).toMatch(/^\{"symbol":"BTCUSDT"/)
  expect(cut).not.toMatch(/\}$/)
  expect(orders()).toBe(3)
})

test("a stream speaks at its moments and pings are answered, in no time at all", async () => {
  const { time, socket, sockets, bugs } = await opened()
  const page = socket("ws://localhost/ws/btcusdt@kline_1m")
  const heard: { e: string; k: { x: boolean } }[] = []
  page.on("message", (data) => heard.push(JSON.parse(String(data))))
  await time.advance(300_000)
  expect(heard.filter(({ k }) => k.x)).toHaveLength(5)
  expect(sockets.of("market")).toHaveLength(1)
  page.close()
  await time.advance(1)
  expect([sockets.of("market").length, bugs]).toEqual([0, []])
})

test("a timer that throws is reported and time continues; equal moments keep their order", async () => {
  const bugs: unknown[] = []
  const time = new VirtualTime({ startMs, seed: "x", onBug: (error) => bugs.push(error) })
  const order: number[] = []
  for (const number of [1, 2, 3]) time.after(10, () => order.push(number))
  time.after(5, () => {
    throw new Error("oops")
  })
  const cancel = time.after(10, () => order.push(99))
  cancel()
  await time.advance(10)
  expect([order, bugs.length, time.steadyMs()]).toEqual([[1, 2, 3], 1, 10])
})
