import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { type Exchange, openExchange } from "../relay/exchange/simulated/exchange-state.ts"
import { openKept } from "../relay/exchange/simulated/journal/open-kept.ts"
import { place, priced, trader } from "../relay/exchange/simulated/journal/testing/kept-story.ts"
import { realSurroundings } from "../relay/surroundings.ts"
import { machineFacts } from "./machine.ts"

// What it costs to keep the practice exchange on the disk: per order, per snapshot, and how long its next start takes.
// Run: npx tsx bench/practice-start.ts [orders, 100000 by default]

const ORDERS = Number(process.argv[2] ?? 100_000)
const MARGINAL = 1_900
const startMs = Date.UTC(2026, 10, 29)
const home = mkdtempSync(join(tmpdir(), "candlewright-bench-"))
const folder = join(home, "practice")
let wallMs = startMs
const surroundings = { ...realSurroundings(), nowMs: () => wallMs }
const options = { seed: "practice", speed: 1 as const }
const open = (from = folder) => openKept({ ...options, folder: from }, surroundings, console.log)

function milliseconds(act: () => unknown): number {
  const fromMs = performance.now()
  act()
  return Math.round((performance.now() - fromMs) * 100) / 100
}

/** By the wall clock, and in processor time, which other programs of a busy machine do not lengthen. */
function bothClocks(act: () => unknown) {
  const before = process.cpuUsage()
  const wallMs = milliseconds(act)
  const { user, system } = process.cpuUsage(before)
  return { wallMs, cpuMs: Math.round((user + system) / 1000) }
}

/** One order that ends at once, and time passing now and then. */
function busy(exchange: Exchange, orders: number, times: number[] = []): number[] {
  for (let order = 0; order < orders; order++) {
    if (order % 500 === 0) exchange.state.venue.advanceTo(exchange.state.venue.nowMs + 1_000)
    times.push(
      milliseconds(() =>
        order % 2 === 0
          ? place(exchange, { type: "MARKET", side: order % 4 === 0 ? "BUY" : "SELL", quantity: "0.001" })
          : place(exchange, { type: "LIMIT", timeInForce: "IOC", price: "20000", quantity: "0.001" }),
      ),
    )
  }
  return times
}

function quantiles(times: number[]) {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), longest: sorted.at(-1)! }
}

const sizes = (of: string) => Object.fromEntries(readdirSync(of).map((name) => [name, statSync(join(of, name)).size]))

/** How long a start takes from a copy of the folder, so much later; the second of two, as the first reads a cold disk. */
function startAfter(laterMs: number) {
  const was = wallMs
  wallMs += laterMs
  const image = join(home, "image")
  cpSync(folder, image, { recursive: true })
  const took = bothClocks(() => open(image).keeper!.close())
  rmSync(image, { recursive: true })
  wallMs = was
  return took
}

const inMemory = quantiles(busy(trader(openExchange(options, surroundings)), 5_000))
const exchange = trader(open())
const kept = quantiles(busy(exchange, 5_000))
const startWhenNew = startAfter(0)
busy(exchange, ORDERS - 5_000)
wallMs = exchange.state.venue.nowMs
for (let order = 0; order < 5; order++)
  place(exchange, { type: "LIMIT", timeInForce: "GTC", price: priced(exchange, 0.9 - order / 100) })
place(exchange, { type: "STOP_LOSS", side: "SELL", stopPrice: priced(exchange, 0.9) })
const firstSnapshot = bothClocks(() => exchange.keeper!.snapshot())
const snapshot = bothClocks(() => exchange.keeper!.snapshot())
const startOf100k = startAfter(0)
busy(exchange, MARGINAL)
const result = {
  machine: machineFacts(),
  orderMs: { inMemory, kept },
  snapshot: { afterManyOrders: firstSnapshot, nothingNew: snapshot },
  bytes: sizes(folder),
  start: {
    orders5000: startWhenNew,
    orders100000: startOf100k,
    andAFullJournal: startAfter(0),
    aQuarterOfAnHourLater: startAfter(15 * MINUTE_MS),
    aDayLater: startAfter(DAY_MS),
    aMonthLater: startAfter(30 * DAY_MS),
    aYearLater: startAfter(365 * DAY_MS),
  },
}
exchange.keeper!.close()
rmSync(home, { recursive: true })
console.log(JSON.stringify(result, null, 2))
