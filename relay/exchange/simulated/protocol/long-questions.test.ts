import { afterEach, expect, test } from "vitest"
import { WebSocket } from "ws"
import { messageText } from "../../../door/message-text.ts"
import { syntheticSource } from "../market/synthetic-source.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

const HISTORY_DAYS = 1_200
const startMs = Date.UTC(2026, 0, 1)
let exchange: SimulatedExchange
afterEach(() => exchange.stop())

/** An exchange that counts how many minutes of its past it makes. */
async function counting() {
  const source = syntheticSource({ seed: "long", startMs, historyDays: HISTORY_DAYS })
  const made = { minutes: 0 }
  exchange = await startSimulatedExchange(
    {
      speed: "stepped",
      startMs,
      source: { firstMs: source.firstMs, minute: (rules, atMs) => (made.minutes++, source.minute(rules, atMs)) },
    },
    realSurroundings(),
  )
  made.minutes = 0
  return made
}

const everything = "symbol=BTCUSDT&interval=1M&startTime=0&timeZone=1:15"
const waiting = () => exchange.exchange.longWork.waiting

test("when the client of a long history hangs up, the work on it ends", async () => {
  const made = await counting()
  const asker = new AbortController()
  const answer = fetch(`${exchange.rest}/klines?${everything}`, { signal: asker.signal })
  await expect.poll(waiting, { interval: 1 }).toBe(1)
  asker.abort()
  await expect(answer).rejects.toThrow("aborted")
  await expect.poll(waiting, { interval: 1 }).toBe(0)
  expect(made.minutes).toBeLessThan((HISTORY_DAYS * 1440) / 2)
})

test("on the WebSocket API too; and a quick request is answered in the middle of a long one", async () => {
  const made = await counting()
  const socket = new WebSocket(exchange.wsApi)
  await new Promise((resolve) => socket.once("open", resolve))
  const heard: number[] = []
  socket.on("message", (data) => heard.push((JSON.parse(messageText(data)) as { id: number }).id))
  const params = { symbol: "BTCUSDT", interval: "1M", startTime: 0, timeZone: "1:15" }
  socket.send(JSON.stringify({ id: 1, method: "klines", params }))
  socket.send(JSON.stringify({ id: 2, method: "time" }))
  await expect.poll(() => heard, { interval: 1 }).toEqual([2])
  socket.terminate()
  await expect.poll(waiting, { interval: 1 }).toBe(0)
  expect(made.minutes).toBeLessThan((HISTORY_DAYS * 1440) / 2)
})

test("two dozen long histories at once are all answered, each as it would be alone, and no minute is made twice", async () => {
  const made = await counting()
  const ask = async (query: string) => (await fetch(`${exchange.rest}/klines?${query}`)).json()
  const queries = Array.from({ length: 24 }, (_, asker) => `symbol=ETHUSDT&interval=1d&limit=${900 + asker}`)
  const together = await Promise.all(queries.map(ask))
  const minutes = made.minutes
  expect(minutes).toBeLessThan(HISTORY_DAYS * 1440 * 1.1)
  for (const [asker, query] of queries.entries()) expect(await ask(query)).toEqual(together[asker])
  expect(made.minutes - minutes).toBeLessThan(24 * 1440)
})
