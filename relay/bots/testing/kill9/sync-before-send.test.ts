import { spawnSync } from "node:child_process"
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { minuteStrategy } from "../minute-strategy.ts"
import { ExchangeProgram } from "./exchange-program.ts"
import { RelayProgram } from "./relay-program.ts"
import { callsIn, faultOf, watchedBy } from "./system-calls.ts"

// What the system itself saw of the built relay while a bot bought and sold.

const POLL_MS = 100
const MOST_POLLS = 900

test("before the first byte of each order leaves, its record is written to the database and synced to the disk", async (context) => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-strace-"))
  const file = join(home, "trace")
  if (spawnSync("strace", ["-D", "-f", "-o", file, "true"]).status !== 0) {
    await rm(home, { recursive: true })
    return context.skip("strace is not here or may not watch a program: the sync before each order was NOT checked")
  }
  await mkdir(join(home, "data"), { mode: 0o700 })
  const exchange = await ExchangeProgram.start("strace")
  const { standIn } = exchange
  const relay = new RelayProgram({ home, data: join(home, "data"), standIn, under: watchedBy(file) })
  try {
    await relay.start()
    const { apiKey, secret } = await exchange.openAccount("strace")
    const account = { name: "strace", venue: "binance", mode: "testnet", key: { apiKey, secret } }
    const { id: accountId } = (await relay.ask("/accounts", account)) as { id: string }
    const markets = ["BTC/USDT"]
    await relay.ask("/bots", { accountId, strategy: minuteStrategy({ markets }), markets, cash: "1000" })
    for (let poll = 0; poll < MOST_POLLS && (await sold(exchange)) === 0; poll++) await sleep(POLL_MS)
    expect(await sold(exchange)).toBeGreaterThan(0)
    await relay.kill()
    const ids = await orderIds(exchange)
    expect(ids.length).toBeGreaterThan(2)
    const calls = callsIn(await readFile(file, "utf8"))
    const { port } = new URL((JSON.parse(standIn) as { binance: { rest: string } }).binance.rest)
    expect(ids.map((id) => faultOf(calls, id, Number(port))).filter(Boolean)).toEqual([])
  } finally {
    await relay.kill()
    await exchange.end()
    await rm(home, { recursive: true, force: true })
  }
}, 180_000)

/** How often the bot has sold. */
async function sold(exchange: ExchangeProgram): Promise<number> {
  return (await exchange.log()).filter(
    (entry) => entry.kind === "event" && entry.event === "TRADE" && entry.about.side === "SELL" && isOurs(entry.about),
  ).length
}

/** Every order of the bot that reached the exchange. */
async function orderIds(exchange: ExchangeProgram): Promise<string[]> {
  const events = (await exchange.log()).flatMap((entry) =>
    entry.kind === "event" && isOurs(entry.about) ? [entry] : [],
  )
  return [...new Set(events.map(({ about }) => String(about.clientOrderId)))]
}

function isOurs(about: { clientOrderId?: unknown }): boolean {
  return String(about.clientOrderId).startsWith("cw")
}
