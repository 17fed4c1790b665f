import { afterEach, beforeEach, expect, test } from "vitest"
import type { Account } from "../accounts/account.ts"
import { standInsAmong, venuesFrom } from "../door/venue-override.ts"
import { type SimulatedExchange, startSimulatedExchange } from "../exchange/simulated/simulated-exchange.ts"
import { command } from "../exchange/simulated/testing/raw-client.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import { keyApproval } from "./key-approval.ts"
import { VenueWays } from "./venue-ways.ts"

// A person adds accounts at an exchange that really answers: the simulated one, in the place of Binance.

const surroundings = realSurroundings()
let exchange: SimulatedExchange
let relay: OpenedApp
let headers: Record<string, string>

beforeEach(async () => {
  exchange = await startSimulatedExchange({ seed: 8, historyDays: 1, speed: "stepped" }, surroundings)
  const { origin, host } = new URL(exchange.rest)
  const venues = venuesFrom(
    JSON.stringify({ binance: { rest: origin, stream: `ws://${host}`, wsApi: exchange.wsApi } }),
  )
  const ways = new VenueWays({ venues, practice: undefined, surroundings })
  relay = await openedApp({ checkKey: keyApproval({ ways, surroundings }), standIns: standInsAmong(venues) })
  headers = await relay.bearer("admin")
})
afterEach(async () => {
  await relay.close()
  await exchange.stop()
})

const ownKey = () => ({ apiKey: exchange.apiKey, secret: exchange.secret })

async function add(changes: object = {}) {
  const body = { name: "live", venue: "binance", mode: "live", key: ownKey(), ...changes }
  const answer = await relay.ask("POST /api/accounts", { headers, body })
  const said = (await answer.json()) as Account & { code: string; error: string }
  return { status: answer.status, retryAfter: answer.headers.get("retry-after"), ...said }
}
const allow = (permissions: object) => command(exchange.control, `/keys/${exchange.apiKey}`, { permissions })
const fail = (fault: string, on: string) => command(exchange.control, "/faults", { fault, on, times: 50 })
const nothingKept = async () => expect(await relay.accounts.list()).toEqual([])

test("a key that may trade and nothing else is kept, with a warning that it is bound to no address", async () => {
  const account = await add()
  expect(account).toMatchObject({ status: 201, isStandIn: true, key: { last4: exchange.apiKey.slice(-4) } })
  expect(account.warnings).toEqual([expect.stringMatching(/works from every internet address.*trusted IPs only/)])
  expect(await relay.accounts.find(account.id)).toMatchObject({ isStandIn: true, warnings: account.warnings })
  const orders = exchange.exchange.log.entries.filter((entry) => entry.kind === "command")
  expect(orders.filter(({ command: { do: what } }) => what === "operation")).toEqual([])
})

test("a second key of the same account at the exchange is refused by the name of the account that has it", async () => {
  await add()
  const { accountId } = exchange.exchange.state.keys.get(exchange.apiKey)!
  const { body: other } = await command(exchange.control, `/accounts/${accountId}/keys`, {})
  expect(await add({ name: "twin", key: other })).toMatchObject({
    status: 409,
    code: "key-in-use",
    error: expect.stringMatching(/opens the account at the exchange that "live" trades on/),
  })
})

test("a key that may move money out is refused, and the person reads what to untick", async () => {
  await allow({ withdrawing: true })
  expect(await add()).toMatchObject({
    status: 422,
    code: "key-can-withdraw",
    error: expect.stringMatching(/untick "Enable Withdrawals".*Nothing was kept/),
  })
  await nothingKept()
})

test("a key that may not trade is refused, and the person reads what to tick", async () => {
  await allow({ trading: false })
  expect(await add()).toMatchObject({
    status: 422,
    code: "key-cannot-trade",
    error: expect.stringMatching(/tick .*"Enable Spot & Margin Trading"/),
  })
  await nothingKept()
})

test("an unknown key, and a secret that is not the key's, are refused with what to look at", async () => {
  expect(await add({ key: { ...ownKey(), apiKey: "a".repeat(64) } })).toMatchObject({
    status: 422,
    code: "key-not-accepted",
    error: expect.stringMatching(/deleted, is one of its other network.*API Management/),
  })
  expect(await add({ key: { ...ownKey(), secret: "a".repeat(64) } })).toMatchObject({
    status: 422,
    code: "key-not-accepted",
    error: expect.stringContaining("the secret does not belong to it"),
  })
  await nothingKept()
})

test.each([
  ["F22", "clock-differs", /time of this computer/],
  ["F85", "exchange-away", /closed for maintenance/],
  ["F10b", "exchange-away", /takes no requests from this internet address/],
  ["F06", "exchange-away", /did not answer/],
  ["F08", "key-unclear", /did not say what this key may do/],
])(
  "while the exchange fails with %s nothing is kept, and the answer is %s with when to try again",
  async (fault, code, words) => {
    await fail(fault, "-keyPermissions")
    const refused = await add()
    expect(refused).toMatchObject({ status: 503, code, error: expect.stringMatching(words) })
    expect(Number(refused.retryAfter)).toBeGreaterThan(0)
    expect(refused.error).toContain("Nothing was kept")
    await nothingKept()
  },
)

test("while the exchange cannot be reached nothing is kept; the old key of an account stays until the new one is proven", async () => {
  const { id } = await add()
  await exchange.stop()
  expect(await add({ name: "second" })).toMatchObject({ status: 503, code: "exchange-away", retryAfter: "30" })
  const rotated = await relay.ask(`PUT /api/accounts/${id}/key`, {
    headers,
    body: { ...ownKey(), secret: "b".repeat(64) },
  })
  expect(rotated.status).toBe(503)
  const opened = await relay.accounts.keys.open(id, { kind: "owner", id: "owner", name: "test" })
  expect(opened!.secret.reveal()).toBe(exchange.secret)
})

test("where a test network does not say what a key may do, a balance proves it, and the account says what is not known", async () => {
  const addresses = { rest: exchange.rest, stream: exchange.stream, wsApi: exchange.wsApi }
  const to = () =>
    ({ venue: "binance", name: "Binance's test network", isTestnet: true, isStandIn: true, addresses }) as const
  const check = keyApproval({ ways: { to }, surroundings })
  const account = { venue: "binance", mode: "testnet" } as const
  expect(await check(account, ownKey())).toEqual({
    ok: true,
    ofAccount: expect.stringMatching(/^\d+$/),
    warnings: [expect.stringMatching(/does not say what it may do.*no real money/)],
  })
  expect(await check(account, { ...ownKey(), secret: "a".repeat(64) })).toMatchObject({
    ok: false,
    code: "key-not-accepted",
  })
})

test("made-up money at real prices needs an exchange of our own, and Coinbase has no test network: both in words", async () => {
  expect(await add({ mode: "paper", key: undefined })).toMatchObject({ status: 422, code: "venue-later" })
  expect(await add({ venue: "coinbase", mode: "testnet", key: undefined })).toMatchObject({
    status: 422,
    error: expect.stringContaining("Coinbase has no test network"),
  })
})
