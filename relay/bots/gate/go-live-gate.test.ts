import { afterEach, beforeEach, expect, test } from "vitest"
import { DAY_MS } from "#engine/candles"
import { keyApproval } from "../../desk/key-approval.ts"
import { VenueWays } from "../../desk/venue-ways.ts"
import { venuesFrom } from "../../door/venue-override.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../../exchange/simulated/simulated-exchange.ts"
import { command } from "../../exchange/simulated/testing/raw-client.ts"
import { realSurroundings } from "../../surroundings.ts"
import { openedApp, type OpenedApp } from "../../testing/opened-app.ts"
import { minuteStrategy } from "../testing/minute-strategy.ts"
import type { GateLine } from "./gate-line.ts"

// A person takes a strategy to real money, at a simulated exchange that the relay takes for the real one.

const surroundings = realSurroundings()
let exchange: SimulatedExchange
let relay: OpenedApp
let headers: Record<string, string>

async function open(standIns: "binance"[] = []) {
  exchange = await startSimulatedExchange({ seed: 8, historyDays: 1, speed: "stepped" }, surroundings)
  const { origin, host } = new URL(exchange.rest)
  const standIn = { binance: { rest: origin, stream: `ws://${host}`, wsApi: exchange.wsApi } }
  const venues = venuesFrom(JSON.stringify(standIn))
  const ways = new VenueWays({ venues, practice: undefined, surroundings })
  relay = await openedApp({ venues, checkKey: keyApproval({ ways, surroundings }), standIns })
  headers = await relay.bearer("admin")
}
beforeEach(() => open())
afterEach(async () => {
  await relay.close()
  await exchange.stop()
})

type Answer = {
  id: string
  code: string
  error: string
  field: string
  gate: GateLine[]
  lines: GateLine[]
  isOpen: boolean
}

async function ask(route: string, body?: object): Promise<Answer & { answered: number }> {
  const answer = await relay.ask(route, { headers, body })
  return { answered: answer.status, ...((await answer.json()) as Answer) }
}

async function account(changes: object = {}): Promise<string> {
  const key = { apiKey: exchange.apiKey, secret: exchange.secret }
  const { id } = await ask("POST /api/accounts", { name: "own", venue: "binance", mode: "live", key, ...changes })
  return id
}

const wanted = (accountId: string, changes: object = {}) => ({
  accountId,
  strategy: minuteStrategy(),
  markets: ["BTC/USDT"],
  cash: "100",
  ...changes,
})
const unmet = (lines: readonly GateLine[]) => lines.filter(({ isMet }) => !isMet).map(({ line }) => line)
const typed = { amountAtRisk: "100" }

test("real money moves once every line is met: the refusal names each, with what to do, and paper alone can be gone without", async () => {
  const id = await account()
  const refused = await ask("POST /api/bots", wanted(id))
  expect(refused).toMatchObject({ answered: 422, code: "not-ready", field: "confirm.withoutPaper" })
  expect(unmet(refused.gate)).toEqual(["paper", "parity", "amount"])
  expect(refused.gate.map(({ line }) => line)).toEqual([
    "paper",
    "parity",
    "stop",
    "key",
    "minimums",
    "dailyLoss",
    "amount",
  ])
  expect(refused.error).toMatch(
    /never ran .* say "without paper" in confirm\.withoutPaper.*amount at risk .*Nothing was started\.$/,
  )
  expect(refused.gate.filter(({ override }) => override).map(({ line }) => line)).toEqual(["paper"])
  const asked = await ask("POST /api/bots/gate", wanted(id, { confirm: typed }))
  expect(asked).toMatchObject({ answered: 200, isOpen: false })
  expect(unmet(asked.lines)).toEqual(["paper", "parity"])
  const confirm = { ...typed, withoutPaper: "Without paper" }
  expect(await ask("POST /api/bots/gate", wanted(id, { confirm }))).toMatchObject({ isOpen: true })
  expect(await ask("POST /api/bots", wanted(id, { confirm: { ...confirm, amountAtRisk: "99" } }))).toMatchObject({
    answered: 422,
    code: "not-confirmed",
    field: "confirm.amountAtRisk",
  })
  expect((await ask("GET /api/bots")) as unknown).toMatchObject({ items: [] })
  expect(await ask("POST /api/bots", wanted(id, { confirm }))).toMatchObject({ answered: 201 })
})

test("nobody goes without a key that is harmless, entries that are large enough, and a daily loss limit", async () => {
  const id = await account({ risk: { dailyLossPercent: 100, maxOrderQuote: "4" } })
  await command(exchange.control, `/keys/${exchange.apiKey}`, { permissions: { withdrawing: true } })
  const confirm = { ...typed, withoutPaper: "without paper" }
  const { gate, answered } = await ask("POST /api/bots", wanted(id, { confirm }))
  expect(answered).toBe(422)
  expect(unmet(gate)).toEqual(["key", "minimums", "dailyLoss"])
  const words = (line: GateLine["line"]) =>
    gate.filter((one) => one.line === line).map((one) => `${one.words} ${one.todo}`)
  expect(words("key")).toEqual([expect.stringMatching(/move money out.*untick "Enable Withdrawals"/)])
  expect(words("minimums")).toEqual([
    expect.stringMatching(/BTC\/USDT wants 5\.3\d* USDT, and the largest order \(4\) allows 4\./),
  ])
  expect(words("dailyLoss")).toEqual([expect.stringMatching(/no daily loss limit\. Set one/)])
})

test("an exchange that does not answer leaves its lines open, and says so", async () => {
  const id = await account()
  await ask("POST /api/bots/gate", wanted(id))
  await command(exchange.control, "/faults", { fault: "F85", on: "*", times: 500 })
  const { lines } = await ask("POST /api/bots/gate", wanted(id, { confirm: typed }))
  expect(unmet(lines)).toContain("key")
  expect(lines.find(({ line }) => line === "key")).toMatchObject({
    words: expect.stringContaining("closed for maintenance"),
  })
})

test("seven days with made-up money open its line, whatever the bot was called; its run has to be repeatable still", async () => {
  const id = await account()
  const paper = await account({ name: "test", mode: "testnet" })
  const strategy = { ...minuteStrategy(), name: "Another name" }
  const { id: botId } = await ask("POST /api/bots", wanted(paper, { strategy }))
  const { ledger, store } = relay
  const { fromMs } = (await ledger.bot(botId))!
  const row = { bot_id: botId, at_ms: fromMs + 7 * DAY_MS, equity: "100" }
  await store.database.insertInto("bot_equity").values(row).execute()
  const { lines } = await ask("POST /api/bots/gate", wanted(id, { confirm: typed }))
  expect(lines[0]).toMatchObject({ line: "paper", isMet: true, words: expect.stringContaining("7.0 days") })
  const elsewhere = await ask("POST /api/bots/gate", wanted(id, { markets: ["ETH/USDT"], confirm: typed }))
  expect(elsewhere.lines[0]).toMatchObject({ isMet: false })
})

test("at a stand-in nothing is real: only the amount is typed by hand", async () => {
  await relay.close()
  await exchange.stop()
  await open(["binance"])
  const id = await account()
  expect(await ask("POST /api/bots", wanted(id))).toMatchObject({
    answered: 422,
    code: "not-confirmed",
    error: expect.stringMatching(/^This bot would trade at a stand-in for the exchange, where nothing is real\./),
  })
  expect(await ask("POST /api/bots", wanted(id, { confirm: typed }))).toMatchObject({ answered: 201 })
})

test("money that is made up needs no gate, but less than the smallest order is refused", async () => {
  const id = await account({ mode: "testnet" })
  expect(await ask("POST /api/bots/gate", wanted(id))).toMatchObject({ isOpen: true, lines: [] })
  expect(await ask("POST /api/bots", wanted(id, { cash: "4" }))).toMatchObject({ answered: 422, field: "cash" })
  expect(await ask("POST /api/bots", wanted(id))).toMatchObject({ answered: 201 })
})
