import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js"
import { DAY_MS } from "#engine/candles"
import { afterAll, beforeAll, expect, test } from "vitest"
import { builtCommand } from "../cli/testing/built-command.ts"
import { startRelay, type Relay } from "../main.ts"
import { announcedRelay } from "../store/running-relay.ts"
import { assistantTools } from "./mcp-server.ts"

// An assistant outside, by the protocol's own client, over both lines: drafts and tests, and no way to trade.

let home: string
let relay: Relay
const clients: Client[] = []
const bugs: unknown[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-assistants-"))
  const practice = { historyDays: 20 }
  const dataDir = join(home, "data")
  relay = await startRelay({ port: 0, dataDir, practice, print: () => {}, onBug: (bug) => bugs.push(bug) })
}, 60_000)
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()))
  await relay?.stop()
  await rm(home, { recursive: true })
})

async function ask(route: string, body?: object, token?: string): Promise<Response> {
  const [method, path] = route.split(" ")
  const own = (await announcedRelay(join(home, "data")))!.token
  const headers = {
    authorization: `Bearer ${token ?? own}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  }
  return fetch(relay.url + path, { method, headers, body: body && JSON.stringify(body) })
}

async function researchToken(): Promise<string> {
  const made = await ask("POST /api/tokens", { name: "assistant", scope: "research", expiresMs: null })
  return ((await made.json()) as { token: string }).token
}

async function overHttp(): Promise<Client> {
  const requestInit = { headers: { authorization: `Bearer ${await researchToken()}` } }
  return connected(new StreamableHTTPClientTransport(new URL(`${relay.url}/mcp`), { requestInit }))
}

async function overStdio(dataDirectory: string): Promise<Client> {
  const args = [await builtCommand(), "mcp", "--data", dataDirectory]
  return connected(new StdioClientTransport({ command: process.execPath, args, stderr: "pipe" }))
}

async function connected(transport: Parameters<Client["connect"]>[0]): Promise<Client> {
  const client = new Client({ name: "story", version: "1" })
  await client.connect(transport)
  clients.push(client)
  return client
}

async function call(client: Client, name: string, given: Record<string, unknown> = {}) {
  const answer = (await client.callTool({ name, arguments: given })) as CallToolResult
  const [content] = answer.content
  const text = content.type === "text" ? content.text : ""
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32 * 1024)
  return { isError: answer.isError === true, text, value: answer.isError ? undefined : JSON.parse(text) }
}

type Told = { run: string; words: string; tradeCount: number; careful: string; neverHeld?: string[] }

/** From an idea to a draft, as an assistant goes. */
async function draftedWith(client: Client) {
  const { value: reply } = await call(client, "propose_strategy", {
    idea: "buy bitcoin on 1h when RSI 14 falls under 45, sell above 55, stop 3 %",
  })
  expect(reply).toMatchObject({ kind: "strategy", notUnderstood: [], flags: [] })
  expect(reply.understood).toContainEqual({ text: "bitcoin", as: "BTC/USDT" })
  expect((await call(client, "check_strategy", { strategy: reply.document })).value).toMatchObject({ ok: true })
  const { value: first } = await call(client, "backtest", { strategy: reply.document, markets: ["BTC/USDT"] })
  const told = first as Told
  expect(told.tradeCount).toBeGreaterThan(0)
  expect(told.words).toMatch(/would have become|It won/)
  expect(told.careful).toMatch(/made up/)
  const saved = await call(client, "save_draft", { strategy: reply.document, note: "It buys dips." })
  return { document: reply.document as Record<string, unknown>, told, draft: saved.value.draft as string }
}

const wordsOf = ({ name, description = "" }: { name: string; description?: string }) => `${name} ${description}`

test("over HTTP an idea becomes a tested draft that only waits for a person", async () => {
  const client = await overHttp()
  const { document, told, draft } = await draftedWith(client)
  const kept = (await (await ask("GET /api/drafts")).json()) as { items: { id: string; strategy: object }[] }
  expect(kept.items).toMatchObject([
    { id: draft, note: "It buys dips.", strategy: { format: "candlewright.strategy/1" } },
  ])
  expect(await (await ask("GET /api/bots")).json()).toMatchObject({ items: [] })

  const change = await call(client, "change_strategy", { strategy: document, change: "stop 2 % instead" })
  const { value: second } = await call(client, "backtest", { strategy: change.value.document, markets: ["BTC/USDT"] })
  const { value: compared } = await call(client, "compare_runs", { first: told.run, second: second.run })
  expect(compared).toMatchObject({ sameCandles: true, sameStrategy: false })
  const { value: candle } = await call(client, "explain_candle", {
    run: told.run,
    time: new Date(Date.now() - 4 * DAY_MS).toISOString(),
  })
  expect(candle.conditions[0]).toMatchObject({ part: "long.enter", words: expect.stringMatching(/RSI/i) as string })
  expect((await ask(`DELETE /api/drafts/${draft}`)).status).toBe(204)
})

test("where nothing was traded the conditions that never held are named, and a search answers its best rows", async () => {
  const client = await overHttp()
  const { value: template } = await call(client, "list_templates", { id: "sma-cross" })
  const never = {
    ...template.document,
    long: { enter: { all: ["rsi(close, 14) < 0"] }, exit: { any: ["rsi(close, 14) > 70"] } },
  }
  const { value } = await call(client, "backtest", { strategy: never, markets: ["BTC/USDT"] })
  expect(value).toMatchObject({ tradeCount: 0, neverHeld: ["rsi(close, 14) < 0"] })
  const [param] = Object.keys(template.document.params)
  const { value: swept } = await call(client, "sweep", {
    strategy: template.document,
    markets: ["BTC/USDT"],
    vary: { [param]: [5, 8, 13] },
  })
  expect(swept.rows).toHaveLength(3)
})

test("over standard input and output it is the same, by the relay that runs, or without one", async () => {
  const client = await overStdio(join(home, "data"))
  const { draft } = await draftedWith(client)
  expect(JSON.stringify(await (await ask("GET /api/drafts")).json())).toContain(draft)
  const alone = await overStdio(join(home, "alone"))
  await draftedWith(alone)
  const names = async (one: Client) => (await one.listTools()).tools.map(({ name }) => name)
  expect(await names(alone)).toEqual(await names(client))
}, 120_000)

test("what is wrong is said in words an assistant can act on, and is no answer", async () => {
  const client = await overHttp()
  const { value } = await call(client, "list_templates", { id: "sma-cross" })
  const wrong: [string, object, RegExp][] = [
    ["check_strategy", { strategy: { ...value.document, timeframe: "7m" } }, /timeframe/],
    ["check_strategy", { strategy: "buy" }, /strategy/],
    ["backtest", { strategy: value.document, markets: ["NOPE/USDT"] }, /no market/],
    ["backtest", { strategy: value.document, from: "soon" }, /from is a time/],
    ["explain_result", { run: "nobody" }, /no test/],
    ["explain_candle", { run: "nobody", time: "2026-01-01" }, /no test/],
    ["place_order", { market: "BTC/USDT" }, /not found/],
    ["propose_strategy", { idea: "x".repeat(5_000) }, /4,?000/],
    ["backtest", { strategy: value.document, market: "../../etc/passwd" }, /market(?!s)/],
    ["guide", { topic: "orders" }, /topic/],
    ["sweep", { strategy: value.document, vary: { fast: { from: 1, to: 2, by: 1 } } }, /by/],
  ]
  for (const [name, given, words] of wrong) {
    const { isError, text } = await call(client, name, given as Record<string, unknown>)
    expect([name, isError, text]).toEqual([name, true, expect.stringMatching(words) as string])
  }
})

test("every type of param that the guide names is one that a strategy may have", async () => {
  const client = await overHttp()
  const { value: told } = await call(client, "guide")
  const types = told.schema.properties.params.additionalProperties.oneOf.map(
    ({ properties }: { properties: { type: { const: string } } }) => properties.type.const,
  )
  const params = Object.fromEntries(
    types.map((type: string) => [
      `${type}Param`,
      type === "bool" ? { type, value: true } : { type, value: 5, min: 1, max: 9, step: 1 },
    ]),
  )
  expect(types).toContain("number")
  const strategy = { ...told.example, params: { ...told.example.params, ...params } }
  expect((await call(client, "check_strategy", { strategy })).value).toMatchObject({ ok: true })
  expect(told.rules).not.toMatch(/float/)
})

test("no tool reaches orders, keys, limits, bots or addresses, neither by its name nor by what it takes", async () => {
  const { tools } = await (await overHttp()).listTools()
  expect(tools.map(({ name }) => name)).toEqual(Object.keys(assistantTools))
  const forbidden = /order|\bkey|secret|limit|\bbot|account|withdraw|deploy|\bkill|url|address|host|path|file/i
  for (const tool of tools) {
    expect(tool.name).not.toMatch(forbidden)
    expect(Object.keys(tool.inputSchema.properties ?? {}).join(" ")).not.toMatch(forbidden)
    expect(tool.inputSchema).toMatchObject({ type: "object" })
    expect(wordsOf(tool).length).toBeGreaterThan(40)
  }
})

test("a research token speaks here and nowhere else, and without a token nobody is heard", async () => {
  const token = await researchToken()
  const list = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }
  expect((await ask("POST /mcp", list, token)).status).toBe(200)
  for (const route of ["GET /api/accounts", "GET /api/bots", "GET /api/drafts"])
    expect([route, (await ask(route, undefined, token)).status]).toEqual([route, 403])
  expect((await ask("POST /api/backtests", {}, token)).status).toBe(403)
  expect((await ask("POST /mcp", list, "cw_x")).status).toBe(401)
  expect((await ask("POST /mcp", [list] as object, token)).status).toBe(422)
  expect((await ask("GET /mcp", undefined, token)).status).toBe(405)
  expect(bugs).toEqual([])
})
