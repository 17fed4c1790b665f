import { afterEach, beforeEach, expect, test } from "vitest"
import { type PracticeExchange, startPracticeExchange } from "../exchange/practice-exchange.ts"
import { command } from "../exchange/simulated/testing/raw-client.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

let practice: PracticeExchange
let relay: OpenedApp
let headers: Record<string, string>
let id: string

beforeEach(async () => {
  practice = (await startPracticeExchange({}, realSurroundings()))!
  relay = await openedApp({ practice })
  headers = await relay.bearer("read")
  const paper = { name: "paper", venue: "practice", mode: "paper" } as const
  const account = await relay.accounts.add(paper, { kind: "owner", id: "owner", name: "test" })
  id = account.id
})
afterEach(async () => {
  await relay.close()
  await practice.stop()
})

type Worth = { quote: string; amount: string; priceMs: number | null }
type Told = {
  items: { asset: string; free: string; worth: Worth | null }[]
  total: Worth & { without: string[] }
}

async function balances(of = id) {
  const answer = await relay.ask(`GET /api/accounts/${of}/balances`, { headers })
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), body: (await answer.json()) as Told }
}

test("balances come from the exchange as they are now: a practice account begins with 10,000 USDT; coins have their worth, where they have a price", async () => {
  const usdt = { asset: "USDT", free: "10000", locked: "0", exchange: "practice" }
  expect(await balances()).toMatchObject({ status: 200, body: { items: [usdt], next: null } })
  const { accounts } = (await (await fetch(practice.control)).json()) as { accounts: number[] }
  await command(practice.control, `/accounts/${accounts.at(-1)}/deposit`, { asset: "BTC", delta: "0.5" })
  await command(practice.control, `/accounts/${accounts.at(-1)}/deposit`, { asset: "NOPE", delta: "3" })
  const { body } = await balances()
  const coin = (asset: string) => body.items.find((one) => one.asset === asset)
  expect(coin("USDT")).toMatchObject({ ...usdt, worth: { quote: "USDT", amount: "10000", priceMs: null } })
  expect(coin("BTC")).toMatchObject({ free: "0.5", exchange: "practice", worth: { quote: "USDT" } })
  expect(coin("NOPE")).toMatchObject({ free: "3", worth: null })
  const { amount, priceMs } = coin("BTC")!.worth!
  const price = await (await relay.ask("GET /api/live-data/BTC-USDT", { headers })).json()
  expect(Number(amount) * 2).toBeCloseTo(Number((price as { price: string }).price), -3)
  expect(body.total).toMatchObject({ quote: "USDT", priceMs, without: ["NOPE"] })
  expect(Number(body.total.amount)).toBeCloseTo(10_000 + Number(amount), 6)
})

test("while the exchange does not answer, the answer is a sentence and when to ask again; then balances are back", async () => {
  await balances()
  await command(practice.control, "/faults", { fault: "F85", on: "*", times: 1 })
  const away = await balances()
  expect(away).toMatchObject({
    status: 503,
    body: {
      code: "exchange-away",
      error: expect.stringContaining("Practice exchange is closed for maintenance. Nothing was changed."),
    },
  })
  expect(Number(away.retryAfter)).toBeGreaterThan(0)
  expect(await balances()).toMatchObject({ status: 200 })
})

test("an account that is nobody's is a 404, one that was removed too", async () => {
  expect(await balances("0000")).toMatchObject({ status: 404 })
  await balances()
  await relay.accounts.remove(id, { kind: "owner", id: "owner", name: "test" })
  expect(await balances()).toMatchObject({ status: 404 })
  expect(relay.bugs).toEqual([])
})
