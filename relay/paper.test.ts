import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { createWriteStream, existsSync } from "node:fs"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { makeBackup } from "./backup/backup.ts"
import { restoreBackup } from "./backup/restore.ts"
import { minuteStrategy } from "./bots/testing/minute-strategy.ts"
import { builtRelay } from "./cli/testing/built-command.ts"
import { type SimulatedExchange, startSimulatedExchange } from "./exchange/simulated/simulated-exchange.ts"
import { command } from "./exchange/simulated/testing/raw-client.ts"
import { announcedRelay } from "./store/running-relay.ts"
import { realSurroundings } from "./surroundings.ts"

// Made-up money at the prices of Binance, which a program on this computer plays, in a relay of a process of its own.

type Answer = Record<string, any> & { http: number }

const surroundings = realSurroundings()
const patience = { timeout: 60_000, interval: 250 }
const account = { name: "on paper", venue: "binance", mode: "paper", risk: { requireStop: false } }
const running: ChildProcess[] = []
let program = ""
let home: string
let binance: SimulatedExchange
beforeAll(async () => void (program = await builtRelay()))
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-paper-"))
  binance = await startSimulatedExchange({ seed: "the real world", historyDays: 12 }, surroundings)
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill("SIGKILL")
  await binance.stop()
  await rm(home, { recursive: true })
})

async function startRelay() {
  const options = { port: 0, dataDir: join(home, "data"), webDir: home, practice: false }
  const script = `import(${JSON.stringify(program)})
    .then(({ startRelay }) => startRelay(${JSON.stringify(options)})).then(() => console.log("started"))`
  const venues = JSON.stringify({ binance: { rest: new URL(binance.rest).origin } })
  const env = { ...process.env, CANDLEWRIGHT_VENUES: venues, CANDLEWRIGHT_KEY_FILE: join(home, "keys.key") }
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "pipe"], env })
  running.push(child)
  const said: string[] = []
  createInterface({ input: child.stderr }).on("line", (line) => said.push(line))
  const lines = createInterface({ input: child.stdout })
  lines.on("line", (line) => said.push(line))
  await expect.poll(() => said, patience).toContain("started")
  const { port, token } = (await announcedRelay(options.dataDir))!
  const ask = async (route: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const [method, path] = route.split(" ")
    const answer = await fetch(`http://localhost:${port}/api/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { ...((await answer.json()) as object), http: answer.status }
  }
  return { child, ask, said }
}

type Relay = Awaited<ReturnType<typeof startRelay>>

const place = ({ ask }: Relay, id: string, key: string, order: object) =>
  ask(
    `POST accounts/${id}/orders`,
    { market: "BTC/USDT", kind: "market", quantity: "0.01", ...order },
    { "idempotency-key": key },
  )

const balancesOf = async ({ ask }: Relay, id: string) => {
  const { items, http } = await ask(`GET accounts/${id}/balances`)
  return http === 200
    ? Object.fromEntries(items.map(({ asset, free, locked }: any) => [asset, { free, locked }]))
    : http
}

async function priceAtBinance(): Promise<number> {
  return Number(binance.exchange.state.venue.market("BTCUSDT").lastPrice) / 1e8
}

async function kill9({ child }: Relay): Promise<void> {
  child.kill("SIGKILL")
  await once(child, "exit")
}

const down = (lastsMs: number) => command(binance.control, "/scenario", { kind: "down", lastsMs })

test("without prices an account on paper is refused, with what to do instead, and nothing is changed; with them it is made", async () => {
  const relay = await startRelay()
  expect(await relay.ask("POST accounts", { ...account, venue: "bybit" })).toMatchObject({
    http: 422,
    code: "venue-later",
    error: expect.stringMatching(/"binance".*"practice"/),
  })
  await down(600_000)
  expect(await relay.ask("POST accounts", account)).toMatchObject({
    http: 422,
    code: "no-prices",
    field: "venue",
    error: expect.stringMatching(/^Binance's prices cannot be had now.*Nothing was changed.*"practice"/),
  })
  expect((await relay.ask("GET accounts")).items).toEqual([])
  expect(existsSync(join(home, "data", "paper"))).toBe(false)
  await down(1)
  const made = await relay.ask("POST accounts", account)
  expect(made).toMatchObject({ http: 201, mode: "paper", venue: "binance", isStandIn: true, key: null })
  expect(await balancesOf(relay, made.id)).toEqual({ USDT: { free: "10000", locked: "0" } })
  expect(
    await relay.ask(`PUT accounts/${made.id}/key`, { apiKey: "a".repeat(64), secret: "b".repeat(64) }),
  ).toMatchObject({
    http: 422,
  })
}, 120_000)

test("what was bought at the real price, and what waits, is there after a kill -9, without prices too, and fills when they are back", async () => {
  let relay = await startRelay()
  const { id } = await relay.ask("POST accounts", account)
  const bought = await place(relay, id, "buy", { side: "buy" })
  expect(bought).toMatchObject({ http: 201, status: "filled" })
  expect(Number(bought.price) / (await priceAtBinance())).toBeCloseTo(1, 1)
  const price = String(Math.ceil((await priceAtBinance()) * 1.02))
  const waiting = await place(relay, id, "sell", { side: "sell", kind: "limit", price, quantity: "0.009" })
  expect(waiting).toMatchObject({ http: 201, status: "open" })
  const strategy = minuteStrategy({ markets: ["ETH/USDT"], long: { enter: { all: ["close < 0"] }, exit: null } })
  const bot = await relay.ask("POST bots", { accountId: id, strategy, markets: ["ETH/USDT"], cash: "500" })
  expect(bot).toMatchObject({ http: 201 })
  const decidesNext = async () => Number((await relay.ask(`GET bots/${bot.id}`)).nextDecisionMs)
  await expect.poll(decidesNext, patience).toBeGreaterThan(Date.now())
  const before = await balancesOf(relay, id)
  expect(before).toMatchObject({ BTC: { locked: "0.009" } })

  await kill9(relay)
  relay = await startRelay()
  expect(await balancesOf(relay, id)).toEqual(before)
  await expect.poll(decidesNext, patience).toBeGreaterThan(Date.now())

  // Back, then gone while it runs: away, and nothing is filled although its price is there.
  await down(600_000)
  await expect.poll(() => relay.said.join("\n"), patience).toContain("stands still")
  expect(await balancesOf(relay, id)).toBe(503)
  expect((await place(relay, id, "old", { side: "buy" })).http).toBeGreaterThanOrEqual(202)
  await command(binance.control, "/scenario", { kind: "rally", lastsMs: 1_000, size: 0.1 })
  await expect.poll(priceAtBinance, patience).toBeGreaterThan(Number(price) * 1.01)

  // A relay that starts without a network has the account, and waits.
  await kill9(relay)
  relay = await startRelay()
  expect(await balancesOf(relay, id)).toBe(503)
  await down(1)
  await expect.poll(() => balancesOf(relay, id), patience).toMatchObject({ BTC: { locked: "0" } })
  await expect.poll(decidesNext, patience).toBeGreaterThan(Date.now())
  await expect
    .poll(
      async () => (await relay.ask(`GET accounts/${id}/orders`)).items.find((one: any) => one.id === waiting.id),
      patience,
    )
    .toMatchObject({ status: "filled" })
}, 180_000)

test("a backup has the paper exchange in it, and a restore brings it back", async () => {
  const relay = await startRelay()
  const { id } = await relay.ask("POST accounts", account)
  expect(await balancesOf(relay, id)).toEqual({ USDT: { free: "10000", locked: "0" } })
  const [staging, file] = [join(home, "staging"), join(home, "backup")]
  await mkdir(staging)
  const { header, bytes } = await makeBackup({ dataDirectory: join(home, "data"), staging, version: "1", surroundings })
  expect(header.files.map(({ name }) => name)).toContain("paper/snapshot")
  await pipeline(Readable.from(bytes), createWriteStream(file))
  await kill9(relay)
  await restoreBackup({ file, dataDirectory: join(home, "data"), replaces: true, surroundings })
  const again = await startRelay()
  expect(await balancesOf(again, id)).toEqual({ USDT: { free: "10000", locked: "0" } })
  expect(again.said.join("\n")).not.toContain("began anew")
}, 120_000)
