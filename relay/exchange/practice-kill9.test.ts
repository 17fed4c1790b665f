import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { builtCommand, builtRelay } from "../cli/testing/built-command.ts"
import { ask, command } from "./simulated/testing/raw-client.ts"

// Processes of their own, killed with kill -9: the built command, and a relay with its practice exchange.

type Addresses = { rest: string; control: string; apiKey: string; secret: string }

let home: string
let program = ""
const running: ChildProcess[] = []
beforeAll(async () => void (program = await builtCommand()))
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), "candlewright-kill9-"))))
afterEach(async () => {
  for (const child of running.splice(0)) child.kill("SIGKILL")
  await rm(home, { recursive: true, force: true })
})

/** Starts a program whose first line on stdout says where its exchange is. */
async function start(
  program: string,
  words: string[],
): Promise<{ at: Addresses; child: ChildProcess; said: string[] }> {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] })
  running.push(child)
  const said: string[] = []
  createInterface({ input: child.stderr! }).on("line", (line) => said.push(line))
  for await (const line of createInterface({ input: child.stdout! }))
    if (line.startsWith('{"rest"')) return { at: JSON.parse(line) as Addresses, child, said }
  throw new Error(`it ended: ${said.join("\n")}`)
}

const exchange = () =>
  start(process.execPath, [program, "exchange", "--json", "--speed", "stepped", "--data", join(home, "data")])

/** The relay in a process of its own, in real time; it says where its practice exchange is. */
async function relay() {
  const options = { port: 0, dataDir: join(home, "data"), webDir: home }
  const script = `import(${JSON.stringify(await builtRelay())})
    .then(({ startRelay }) => startRelay(${JSON.stringify(options)}))
    .then(({ practice: { rest, control, apiKey, secret } }) => console.log(JSON.stringify({ rest, control, apiKey, secret })))`
  return start(process.execPath, ["-e", script])
}

async function kill9(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL")
  await once(child, "exit")
}

const order = async (at: Addresses, params: Record<string, string>) => {
  const answer = await ask(at, "POST", "/api/v3/order", { symbol: "BTCUSDT", ...params })
  return {
    http: answer.status,
    ...(answer.json() as { orderId: number; msg?: string; fills?: { tradeId: number }[] }),
  }
}

/** What the exchange answers about the account. */
async function account(at: Addresses) {
  const get = async (path: string, params: Record<string, string> = {}) => (await ask(at, "GET", path, params)).json()
  const of = { symbol: "BTCUSDT" }
  return {
    balances: (await get("/api/v3/account")).balances,
    open: await get("/api/v3/openOrders"),
    orders: await get("/api/v3/allOrders", of),
    fills: (await get("/api/v3/myTrades", of)) as { id: number }[],
    lists: await get("/api/v3/openOrderList"),
  }
}

async function priceAt({ rest }: Addresses): Promise<number> {
  return Number((await (await fetch(`${rest}/ticker/price?symbol=BTCUSDT`)).json()).price)
}

test("an exchange killed with a stop, a limit and a list open has them all, and the next fill has the next number", async () => {
  const first = await exchange()
  const price = await priceAt(first.at)
  await order(first.at, { side: "BUY", type: "MARKET", quantity: "0.05" })
  await order(first.at, {
    side: "BUY",
    type: "LIMIT",
    timeInForce: "GTC",
    price: (price * 0.9).toFixed(2),
    quantity: "0.01",
  })
  const stop = await order(first.at, {
    side: "SELL",
    type: "STOP_LOSS",
    stopPrice: (price * 0.95).toFixed(2),
    quantity: "0.02",
  })
  await ask(first.at, "POST", "/api/v3/orderList/oco", {
    symbol: "BTCUSDT",
    side: "SELL",
    quantity: "0.02",
    aboveType: "LIMIT_MAKER",
    abovePrice: (price * 1.05).toFixed(2),
    belowType: "STOP_LOSS",
    belowStopPrice: (price * 0.96).toFixed(2),
  })
  await command(first.at.control, "/clock", { advanceMs: 120_000 })
  const before = await account(first.at)
  await kill9(first.child)
  const again = await exchange()
  expect([again.at.apiKey, again.at.secret]).toEqual([first.at.apiKey, first.at.secret])
  expect(await account(again.at)).toEqual(before)
  await command(again.at.control, "/scenario", { kind: "crash", size: 0.06, lastsMs: 20_000 })
  await command(again.at.control, "/clock", { advanceMs: 30_000 })
  const after = await account(again.at)
  expect(after.orders.find(({ orderId }: { orderId: number }) => orderId === stop.orderId).status).toBe("FILLED")
  const newFills = after.fills.slice(before.fills.length)
  expect(newFills.length).toBeGreaterThan(0)
  const last = Math.max(...before.fills.map(({ id }) => id))
  for (const { id } of newFills) expect(id).toBeGreaterThan(last)
  expect(after.orders.length).toBe(before.orders.length)
}, 60_000)

test("the relay's practice account survives kill -9 of the relay: same key, orders, stop and balances", async () => {
  await writeFile(join(home, "index.html"), "<html>the app</html>")
  const first = await relay()
  const price = await priceAt(first.at)
  await order(first.at, { side: "BUY", type: "MARKET", quantity: "0.05" })
  await order(first.at, {
    side: "SELL",
    type: "STOP_LOSS",
    stopPrice: (price * 0.8).toFixed(2),
    quantity: "0.05",
  })
  const before = await account(first.at)
  await kill9(first.child)
  const again = await relay()
  expect([again.at.apiKey, again.at.secret]).toEqual([first.at.apiKey, first.at.secret])
  expect(await account(again.at)).toEqual(before)
  expect(before.open).toHaveLength(1)
  const { orderId, fills } = await order(again.at, { side: "BUY", type: "MARKET", quantity: "0.001" })
  expect(orderId).toBe(3)
  expect(fills![0].tradeId).toBeGreaterThan(before.fills.at(-1)!.id)
}, 60_000)

test("whenever it is killed, every order it confirmed is there, and the next one has the next number", async () => {
  const confirmed: number[] = []
  for (let round = 0; round < 4; round++) {
    const { at, child } = await exchange()
    const sending = Array.from({ length: 30 }, () =>
      order(at, { side: "BUY", type: "MARKET", quantity: "0.0001" }).then(
        ({ orderId }) => void confirmed.push(orderId),
        () => {},
      ),
    )
    await Promise.race(sending)
    await kill9(child)
    await Promise.all(sending)
  }
  const { at } = await exchange()
  const kept = ((await account(at)).orders as { orderId: number }[]).map(({ orderId }) => orderId)
  expect(confirmed.length).toBeGreaterThanOrEqual(4)
  expect(kept).toEqual(expect.arrayContaining(confirmed))
  expect(kept).toEqual(kept.map((_, index) => index + 1))
  expect(new Set(confirmed).size).toBe(confirmed.length)
  expect((await order(at, { side: "BUY", type: "MARKET", quantity: "0.0001" })).orderId).toBe(kept.length + 1)
}, 120_000)

test("on a disk that takes no more, orders are refused with a sentence, and are not there after the next start", async () => {
  // The system's own limit for the size of a file stands for a full disk: writing beyond it fails just so.
  const limited = `ulimit -f 40; exec "$0" "$@"`
  const words = [process.execPath, program, "exchange", "--json", "--speed", "stepped", "--data", join(home, "data")]
  const { at, child } = await start("bash", ["-c", limited, ...words])
  await command(at.control, "/limits", {
    ordersPer10Seconds: 100_000,
    ordersPerDay: 1_000_000,
    weightPerMinute: 1_000_000,
  })
  const price = ((await priceAt(at)) / 2).toFixed(2)
  let refused: Awaited<ReturnType<typeof order>> | undefined
  let confirmed = 0
  while (!refused && confirmed < 3_000) {
    const one = await order(at, {
      side: "BUY",
      type: "LIMIT",
      timeInForce: "IOC",
      price,
      quantity: "0.01",
      newClientOrderId: "a".repeat(36),
    })
    if (one.http === 200) confirmed++
    else refused = one
  }
  expect(refused).toMatchObject({ http: 400, code: -2010 })
  expect(refused!.msg).toMatch(
    /^The practice exchange cannot keep this: .*practice.* would be too large for the disk\. It was not carried out\.$/,
  )
  expect((await ask(at, "GET", "/api/v3/account")).status).toBe(200)
  await kill9(child)
  const again = await exchange()
  expect((await order(again.at, { side: "BUY", type: "MARKET", quantity: "0.001" })).orderId).toBe(confirmed + 1)
}, 120_000)

test("started on a full disk it shows everything and refuses orders, and nothing is lost for the next start", async () => {
  const first = await exchange()
  await order(first.at, { side: "BUY", type: "MARKET", quantity: "0.05" })
  const before = await account(first.at)
  await kill9(first.child)
  const words = ["exchange", "--json", "--speed", "stepped", "--data", join(home, "data")]
  const full = await start("bash", ["-c", `ulimit -f 2; exec "$0" "$@"`, process.execPath, program, ...words])
  expect(await account(full.at)).toEqual(before)
  expect(full.said).toEqual([
    expect.stringMatching(/^The practice exchange cannot keep this: .*too large for the disk/),
  ])
  const refused = await order(full.at, { side: "BUY", type: "MARKET", quantity: "0.05" })
  expect(refused).toMatchObject({ http: 400, code: -2010 })
  expect(await account(full.at)).toEqual(before)
  await kill9(full.child)
  const again = await exchange()
  expect(await account(again.at)).toEqual(before)
  expect((await order(again.at, { side: "BUY", type: "MARKET", quantity: "0.05" })).orderId).toBe(2)
}, 60_000)

test("a folder in use is not opened twice, and kill -9 leaves no lock behind", async () => {
  const { child } = await exchange()
  await expect(exchange()).rejects.toThrow("Another program uses")
  await kill9(child)
  await exchange()
  expect(await readdir(join(home, "data", "practice"))).toEqual([
    expect.stringMatching(/^ended-1$/),
    expect.stringMatching(/^journal-2$/),
    "snapshot",
  ])
}, 60_000)
