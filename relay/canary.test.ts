import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { BotView } from "./bots/bot-view.ts"
import { minuteStrategy } from "./bots/testing/minute-strategy.ts"
import { ExchangeProgram, type OwnKey } from "./bots/testing/kill9/exchange-program.ts"
import { RelayProgram } from "./bots/testing/kill9/relay-program.ts"
import { policies } from "./door/policy.ts"
import { type Echo, EchoingExchange } from "./testing/echoing-exchange.ts"
import { browser } from "./testing/opened-app.ts"
import { filesUnder, findSecrets, type Left } from "./testing/secret-search.ts"

// The built relay with a key, at an exchange that says that key again in all it refuses; then everything left behind.

const POLL_MS = 100
const MOST_POLLS = 600

let home: string
let exchange: ExchangeProgram
let door: EchoingExchange
let relay: RelayProgram
let own: OwnKey
const answers: Left[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-canary-"))
  await mkdir(join(home, "data"), { mode: 0o700 })
  exchange = await ExchangeProgram.start("canary")
  own = await exchange.openAccount("canary")
  const { binance } = JSON.parse(exchange.standIn) as { binance: { rest: string } }
  door = await EchoingExchange.open(binance.rest)
  const standIn = JSON.stringify({ binance: { ...binance, rest: door.url } })
  relay = new RelayProgram({ home, data: join(home, "data"), standIn })
  await relay.start()
}, 120_000)

afterAll(async () => {
  await relay.kill()
  door.close()
  await exchange.end()
  await rm(home, { recursive: true, force: true })
})

/** Asks as a program with this token; what is answered is kept for the search. */
async function hear(route: string, body?: unknown, token = relay.token): Promise<{ status: number; text: string }> {
  const [method, path] = route.split(" ")
  const answer = await fetch(`${relay.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  })
  const text = await answer.text()
  answers.push({ name: route, bytes: Buffer.from(`${JSON.stringify([...answer.headers])}\n${text}`) })
  return { status: answer.status, text }
}

/** All that this exchange knows, in each of its ways to refuse. */
const echoes = ({ apiKey, secret }: OwnKey): Echo[] => {
  const all = (url = "") => `${apiKey} ${secret} ${Buffer.from(secret).toString("base64")} ${url}`
  const json = (status: number, code: number, url = "") => ({
    status,
    body: JSON.stringify({ code, msg: `Not with this: ${all(url)}` }),
  })
  return [
    ({ url }) => json(400, -2010, url),
    ({ url }) => json(401, -2015, url),
    ({ url }) => json(400, -1013, url),
    ({ url }) => json(403, -1022, url),
    ({ url }) => ({ status: 502, body: `<html>Error: ${all(url)}\n at sign (/srv/${secret}.js:1:2)</html>` }),
    ({ url }) => ({ status: 200, body: `{"orderId": "${all(url)}"` }),
  ]
}

const signed: (echo: Echo) => Echo = (echo) => (asked) => (asked.url?.includes("signature=") ? echo(asked) : undefined)
const orders: (echo: Echo) => Echo = (echo) => (asked) =>
  asked.method !== "GET" && asked.url?.includes("order") ? echo(asked) : undefined

async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let poll = 0; poll < MOST_POLLS; poll++) {
    if (await isSo()) return
    await sleep(POLL_MS)
  }
  throw new Error(`it never came to this: ${what}`)
}

const botOf = async (id: string) => JSON.parse((await hear(`GET /bots/${id}`)).text) as BotView
const filled = async () =>
  (await exchange.log()).filter((entry) => entry.kind === "event" && entry.event === "TRADE").length

/** Every address that can be read, of this account and bot. */
async function readEverything(accountId: string, botId: string): Promise<void> {
  const reading = Object.keys(policies).filter((route) => route.startsWith("GET") && !/md|events$/.test(route))
  for (const route of [...reading, "GET /api/bots/:id/events", "GET /api/accounts/:id/risk-events"]) {
    const id = route.includes("/accounts/") ? accountId : botId
    await hear(`${route.replace("/api", "").replace(":id", id)}${route.endsWith("why") ? `?atMs=${Date.now()}` : ""}`)
  }
  const stream = await fetch(`${relay.url}/api/events?after=0`, { headers: { authorization: `Bearer ${relay.token}` } })
  const { value } = await stream.body!.getReader().read()
  answers.push({ name: "GET /events", bytes: Buffer.from(value!) })
}

test("keys, tokens and pairing links are in nothing that is left behind, although the exchange repeats them in all it refuses", async () => {
  const { apiKey, secret } = own
  const wanted = { name: "canary", venue: "binance", mode: "testnet", key: { apiKey, secret } }
  const { token } = JSON.parse((await asOwner("tokens")).text) as { token: string }
  const paired = await pair()

  // The bundle's words for a mistake are ours, not those of the library that finds it.
  const mistaken = await hear("POST /accounts", { ...wanted, surprise: 1 })
  expect(JSON.parse(mistaken.text)).toMatchObject({
    field: "surprise",
    error: expect.stringContaining("there is no field"),
  })
  // Before the key is kept.
  for (const echo of echoes(own)) {
    door.echo = signed(echo)
    expect((await hear("POST /accounts", wanted)).status).toBeGreaterThan(399)
  }
  door.echo = () => undefined
  for (const body of [
    { ...wanted, key: { apiKey: secret, secret: `${apiKey} ` } },
    { ...wanted, name: 7, mode: secret },
  ])
    expect((await hear("POST /accounts", body)).status).toBe(422)
  expect((await hear("POST /accounts", `{"key":"${secret}`)).status).toBe(400)
  const added = await hear("POST /accounts", wanted)
  expect(added.status, added.text).toBe(201)
  const accountId = (JSON.parse(added.text) as { id: string }).id

  // While it is used.
  const strategy = minuteStrategy({ markets: ["BTC/USDT"] })
  const deployed = await hear("POST /bots", { accountId, strategy, markets: ["BTC/USDT"], cash: "1000" })
  expect(deployed.status, deployed.text).toBe(201)
  const botId = (JSON.parse(deployed.text) as BotView).id
  await until("the bot trades", async () => (await filled()) > 0)
  for (const [n, echo] of echoes(own).entries()) {
    door.echo = n < 3 ? orders(echo) : signed(echo)
    const before = door.echoed
    await hear(`GET /accounts/${accountId}/balances`)
    await hear(`PUT /accounts/${accountId}/key`, { apiKey, secret })
    await until("the exchange repeats it", () => door.echoed > before)
  }
  door.echo = () => undefined
  await readEverything(accountId, botId)

  // After kill -9, and with another token.
  await relay.kill()
  await relay.start()
  await until("the bot is back", async () => (await botOf(botId)).status !== "starting")
  await hear("GET /accounts", undefined, token)
  await hear("GET /accounts", undefined, `${token}x`)
  await readEverything(accountId, botId)
  await relay.kill()

  const files = await filesUnder(home)
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining([join(home, "data/relay.db")]))
  expect(answers.length).toBeGreaterThan(60)
  // A token and a link are answered or printed once, to be used.
  const secrets = { apiKey, secret, token: token.split("_").slice(2).join("_"), link: paired }
  const printed = { name: "what it printed", bytes: Buffer.from(relay.said) }
  expect(findSecrets([...files, ...answers], secrets)).toEqual([])
  expect(relay.said, "it logs what it answers").toContain('"route":"POST /api/accounts","status":201')
  expect(findSecrets([printed], { apiKey, secret, token: secrets.token })).toEqual([])
}, 240_000)

/** What the owner is answered once, and keeps. */
async function asOwner(what: string): Promise<{ text: string }> {
  const heard = await hear(`POST /${what}`, { name: "canary", scope: "read" })
  answers.pop()
  return heard
}

/** Pairs a browser; answers the secret of the link. */
async function pair(): Promise<string> {
  const secret = /#pair=([\w-]+)/.exec(relay.said)![1]
  const body = { token: secret, name: "canary", publicKey: browser().publicKey }
  expect((await hear("POST /pair", body)).status).toBe(201)
  expect((await hear("POST /pair", body)).status).toBe(401)
  return secret
}
