import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { ask, command, numberOf, startCoinbase } from "./testing/coinbase-clients.ts"

let exchange: SimulatedExchange
let count = 0

beforeAll(async () => (exchange = await startCoinbase({ seed: "faults" })))
beforeEach(() => fetch(`${exchange.control}/faults`, { method: "DELETE" }))
afterAll(() => exchange.stop())

async function create(client_order_id = `fault-${count++}`) {
  const order_configuration = { limit_limit_gtc: { base_size: "0.01", limit_price: "50000" } }
  const body = { client_order_id, product_id: "BTC-USD", side: "BUY", order_configuration }
  return { client_order_id, ...(await ask(exchange, ["POST", "orders"], { body })) }
}

async function orders(): Promise<Record<string, any>[]> {
  return (await ask(exchange, ["GET", "orders/historical/batch"])).body!.orders as Record<string, any>[]
}

const statusOf = async (client_order_id: string) =>
  (await orders()).find((order) => order.client_order_id === client_order_id)?.status as string | undefined

test("F90: an order that was taken has failed when it is read", async () => {
  await command(exchange, "/faults", { fault: "F90" })
  const { client_order_id, body } = await create()
  expect(body!.success).toBe(true)
  expect(await statusOf(client_order_id)).toBe("FAILED")
})

test("F95: an order is pending for as long as is asked, and then open", async () => {
  await command(exchange, "/faults", { fault: "F95", delayMs: 30_000 })
  const { client_order_id } = await create()
  expect(await statusOf(client_order_id)).toBe("PENDING")
  exchange.advance(31_000)
  expect(await statusOf(client_order_id)).toBe("OPEN")
})

test("F96, F97: a refusal without a reason proves nothing: once the order is there, once it is not", async () => {
  for (const [fault, expected] of [
    ["F96", "OPEN"],
    ["F97", undefined],
  ] as const) {
    await command(exchange, "/faults", { fault })
    const { client_order_id, status, body } = await create()
    expect([status, body]).toMatchObject([200, { success: false, error_response: { error: "UNKNOWN_FAILURE_REASON" } }])
    expect(await statusOf(client_order_id)).toBe(expected)
  }
})

test("the general faults say it in Coinbase's words, and the log has them by the names all languages share", async () => {
  const said: [fault: string, status: number, error: string | undefined, isPlaced: boolean][] = [
    ["F02", 503, "UNAVAILABLE", true],
    ["F03", 504, "DEADLINE_EXCEEDED", true],
    ["F04", 503, "UNAVAILABLE", false],
    ["F04b", 500, "INTERNAL", false],
    ["F05", 503, "UNAVAILABLE", false],
    ["F10", 429, "RESOURCE_EXHAUSTED", false],
    ["F10b", 429, "RESOURCE_EXHAUSTED", false],
    ["F22", 401, undefined, false],
  ]
  for (const [fault, status, error, isPlaced] of said) {
    await command(exchange, "/faults", { fault })
    const answer = await create()
    expect([answer.status, answer.body?.error], fault).toEqual([status, error])
    expect(await statusOf(answer.client_order_id), fault).toBe(isPlaced ? "OPEN" : undefined)
    const noted = exchange.exchange.log.entries.findLast((one) => one.kind === "request" && one.name === "order.place")
    expect(noted).toMatchObject({ clientOrderId: answer.client_order_id, fault })
  }
})

test("F13, and a client's own second try: a client id that is known returns the first order", async () => {
  await command(exchange, "/faults", { fault: "F13" })
  const first = await create()
  const again = await create(first.client_order_id)
  expect(again.body!.success_response.order_id).toBe(first.body!.success_response.order_id)
  const all = await orders()
  expect(all.filter((order) => order.client_order_id === first.client_order_id).length).toBe(1)
})

test("F14: an order that was taken cannot be read for a while, neither alone nor in the list", async () => {
  await command(exchange, "/faults", { fault: "F14", delayMs: 5_000 })
  const { client_order_id, body } = await create()
  const path = `orders/historical/${body!.success_response.order_id as string}`
  expect((await ask(exchange, ["GET", path])).status).toBe(404)
  expect(await statusOf(client_order_id)).toBe(undefined)
  exchange.advance(6_000)
  expect((await ask(exchange, ["GET", path])).body).toMatchObject({ order: { client_order_id } })
})

test("F16: an order that fills before its cancel arrives cannot be cancelled", async () => {
  const { client_order_id, body } = await create()
  await command(exchange, "/faults", { fault: "F16", on: "order.cancel" })
  const order_ids = [body!.success_response.order_id]
  const { results } = (await ask(exchange, ["POST", "orders/batch_cancel"], { body: { order_ids } })).body!
  expect(results).toMatchObject([{ success: false }])
  expect(await statusOf(client_order_id)).toBe("FILLED")
})

test("pages follow each other by their cursor, newest first, whatever is new meanwhile", async () => {
  for (let made = 0; made < 5; made++) await create(`page-${made}`)
  const seen: string[] = []
  let cursor = ""
  do {
    const { body } = await ask(exchange, ["GET", `orders/historical/batch?order_status=OPEN&limit=2&cursor=${cursor}`])
    seen.push(...(body!.orders as { client_order_id: string }[]).map((order) => order.client_order_id))
    expect(body!.has_next).toBe(body!.cursor !== "")
    cursor = body!.cursor as string
    await create()
  } while (cursor !== "")
  expect(seen.slice(0, 5)).toEqual(["page-4", "page-3", "page-2", "page-1", "page-0"])
  expect(new Set(seen).size).toBe(seen.length)
  await command(exchange, `/orders/${numberOf(exchange, "page-0")}/fill`)
  const { body } = await ask(exchange, ["GET", "orders/historical/fills?limit=1"])
  expect(body).toMatchObject({ fills: [{ product_id: "BTC-USD" }], cursor: expect.stringMatching(/./) as string })
})

test("a bracket is struck by the names that other languages have for the same thing", async () => {
  await command(exchange, "/faults", { fault: "F04", on: "orderList.place.*" })
  const trigger_bracket_gtc = { base_size: "0.01", limit_price: "65000", stop_trigger_price: "55000" }
  const body = {
    client_order_id: "exit",
    product_id: "BTC-USD",
    side: "SELL",
    order_configuration: { trigger_bracket_gtc },
  }
  expect((await ask(exchange, ["POST", "orders"], { body })).status).toBe(503)
})
