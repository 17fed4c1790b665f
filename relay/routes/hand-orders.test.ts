import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { startPracticeExchange } from "../exchange/practice-exchange.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp } from "../testing/opened-app.ts"

const buy = { market: "BTCUSDT", side: "buy", quantity: "0.01", kind: "market" }

test("an order by hand over HTTP: one for each key, at once and after a restart, and with what it bought in the account's lists", async () => {
  const folder = join(await mkdtemp(join(tmpdir(), "candlewright-practice-")), "kept")
  const practice = (await startPracticeExchange({ folder, speed: 1, historyDays: 1 }, realSurroundings()))!
  let relay = await openedApp({ practice })
  let trader = await relay.bearer("trade")
  const said = async (route: string, body?: object, headers: object = trader) => {
    const answer = await relay.ask(route, { headers: { ...trader, ...headers }, body })
    return { ...((await answer.json()) as Record<string, any>), http: answer.status } as Record<string, any>
  }
  const risk = { requireStop: false }
  const account = { name: "paper", venue: "practice", mode: "paper", risk }
  const { id } = await said("POST /api/accounts", account, await relay.bearer("admin"))
  const place = (key: string, body: object = buy) =>
    said(`POST /api/accounts/${id}/orders`, body, { "idempotency-key": key })
  const list = async (what: string) => (await said(`GET /api/accounts/${id}/${what}`)).items as Record<string, any>[]

  expect(await said(`POST /api/accounts/${id}/orders`, buy)).toMatchObject({ http: 400, code: "no-idempotency-key" })
  expect((await said(`POST /api/accounts/${id}/orders`, buy, await relay.bearer("read"))).http).toBe(403)
  expect(await place("k1", { ...buy, side: "keep" })).toMatchObject({ http: 422, field: "side" })
  const [one, other] = await Promise.all([place("k1"), place("k1")])
  expect(one).toMatchObject({ http: 201, side: "buy", market: "BTC/USDT", botId: null, stop: null, changed: [] })
  expect(other).toEqual(one)
  const { home } = relay
  await relay.end()
  relay = await openedApp({ practice, home })
  trader = await relay.bearer("trade")
  expect(await place("k1")).toEqual(one)
  for (const market of ["BTC/USDT", "btc-usdt"])
    expect(await place("k1", { ...buy, market, quantity: "0.010" })).toEqual(one)
  expect(await place("k1", { ...buy, quantity: "0.02" })).toMatchObject({ http: 409, code: "key-used" })
  expect(await list("orders")).toMatchObject([{ id: one.id, botId: null }])
  const bought = (await list("fills")).filter(({ orderId, botId }) => orderId === one.id && botId === null)
  expect(bought.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBeCloseTo(Number(one.filledQuantity), 8)

  const limit = await place("k2", { ...buy, kind: "limit", price: String(Math.floor(Number(one.price) * 0.97)) })
  expect(limit).toMatchObject({ http: 201, words: expect.stringMatching(/waits/) })
  expect(await said(`DELETE /api/accounts/${id}`, undefined, await relay.bearer("admin"))).toMatchObject({
    code: "in-use",
  })
  expect(await said(`DELETE /api/accounts/${id}/orders/${limit.id}`)).toMatchObject({ http: 200 })
  expect((await list("orders"))[0]).toMatchObject({ id: limit.id, status: "cancelled" })
  expect(await said(`DELETE /api/accounts/${id}/orders/nobody`)).toMatchObject({ http: 404 })
  expect(relay.bugs).toEqual([])
  await relay.close()
  await practice.stop()
})
