import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, test } from "vitest"
import { ask, command } from "../testing/raw-client.ts"
import { startSimulatedExchange } from "../simulated-exchange.ts"
import { realSurroundings } from "../../../surroundings.ts"

test("an exchange that follows a public feed has its history and its prices, pauses while it is silent, and keeps its own orders", async () => {
  const real = await startSimulatedExchange({ seed: "the real world", historyDays: 3 }, realSurroundings())
  const feed = await feedOf(real)
  const paper = await startSimulatedExchange({ seed: 1, live: feed.url }, realSurroundings())
  const klines = async (of: { rest: string }) =>
    fetch(`${of.rest}/klines?symbol=BTCUSDT&interval=1m&limit=10`).then(
      (answer) => answer.json() as Promise<string[][]>,
    )
  const price = async (of: { rest: string }) =>
    Number(
      (
        await fetch(`${of.rest}/ticker/price?symbol=BTCUSDT`).then(
          (answer) => answer.json() as Promise<{ price: string }>,
        )
      ).price,
    )
  expect((await klines(paper)).slice(0, 8).map((row) => row.slice(0, 5))).toEqual(
    (await klines(real)).slice(0, 8).map((row) => row.slice(0, 5)),
  )
  const before = await price(real)
  await command(real.control, "/scenario", { kind: "rally", lastsMs: 1_000, size: 0.3 })
  await expect.poll(async () => (await price(paper)) / (await price(real)), { timeout: 5_000 }).toBeCloseTo(1, 3)
  await expect.poll(() => price(paper), { timeout: 5_000 }).toBeGreaterThan(before * 1.25)
  expect(
    (
      await ask(paper, "POST", "/api/v3/order", { symbol: "BTCUSDT", side: "BUY", type: "MARKET", quantity: "0.01" })
    ).json().status,
  ).toBe("FILLED")
  await command(real.control, "/scenario", { kind: "down" })
  await expect.poll(feed.failures, { timeout: 10_000 }).toBeGreaterThan(1)
  expect(await price(paper)).toBeGreaterThan(before * 1.25)
  await feed.close()
  await Promise.all([real.stop(), paper.stop()])
})

/** The exchange's public data under an address of its own, with a count of the questions it left without an answer. */
async function feedOf(exchange: { rest: string }) {
  let failures = 0
  const server = createServer(async (request, response) => {
    const answer = await fetch(exchange.rest.replace("/api/v3", "") + request.url).catch(() => undefined)
    const body = answer?.ok ? await answer.text() : ""
    response.writeHead(answer?.status ?? 502).end(body)
    if (!answer?.ok) failures++
  }).listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failures: () => failures,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

test("an unreachable feed is reported at once", async () => {
  await expect(startSimulatedExchange({ live: "http://127.0.0.1:9" }, realSurroundings())).rejects.toThrow(
    "fetch failed",
  )
})
