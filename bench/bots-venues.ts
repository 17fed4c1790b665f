import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { MINUTE_MS } from "#engine/candles"
import type { RealVenueId } from "#venues"
import { ExchangeProgram } from "../relay/bots/testing/kill9/exchange-program.ts"
import { kill9Venues } from "../relay/bots/testing/kill9/kill9-venue.ts"
import { RelayProgram } from "../relay/bots/testing/kill9/relay-program.ts"
import { minuteStrategy } from "../relay/bots/testing/minute-strategy.ts"
import { type LanguageName, languages } from "../relay/exchange/simulated/language.ts"
import type { LogEntry } from "../relay/exchange/simulated/event-log.ts"
import { figuresFrom, histogramBetween, histogramFigures } from "./relay-figures.ts"

// How long a bot's way takes over loopback, from a candle's end to its stop at work, at an exchange of each language: one after the
// other, each with a relay of its own. Needs a build. Run: npx tsx bench/bots-venues.ts [--bots 6] [--minutes 3] [--speed 6] [--json]
// The relay's own parts come from its histograms (upper edges of buckets), the whole way from the exchange's log. All are real
// milliseconds, whatever the exchange's speed.

const bases = ["BTC", "ETH", "SOL"]
const risk = { maxPositions: 50, maxSharePercent: 100, maxCorrelation: 1, dailyLossPercent: 90, maxDrawdownPercent: 90 }
const CASH = "1000"
const POLL_MS = 200
const [bots, minutes, speed] = [numberOf("bots", 6), numberOf("minutes", 3), numberOf("speed", 6)]

const measured: Record<string, Record<string, number>> = {}
for (const venue of Object.keys(languages) as LanguageName[]) measured[venue] = await measure(venue)
console.log(process.argv.includes("--json") ? JSON.stringify(measured) : table(measured))

async function measure(venue: RealVenueId): Promise<Record<string, number>> {
  const home = await mkdtemp(join(tmpdir(), "candlewright-venues-"))
  await mkdir(join(home, "data"), { mode: 0o700 })
  const exchange = await ExchangeProgram.start("bench", venue, speed)
  const relay = new RelayProgram({ home, data: join(home, "data"), standIn: exchange.standIn })
  try {
    await relay.start()
    const accountId = await deploy(relay, exchange)
    const figures = async () => figuresFrom(await textAt(`${relay.url}/api/metrics`, relay.token))
    const [before, fromMs] = [await figures(), await exchange.nowMs()]
    await pause(minutes * MINUTE_MS)
    const after = await figures()
    const changed = (name: string) => histogramBetween(before, after, name)
    return {
      ...histogramFigures("decidedMs", changed("candle_decided_seconds")),
      ...histogramFigures("sentMs", changed("entry_sent_seconds")),
      ...histogramFigures("answeredMs", changed("order_answered_seconds")),
      ...waysIn(
        (await exchange.log()).filter(({ atMs }) => atMs >= fromMs),
        accountId,
      ),
    }
  } finally {
    await relay.kill()
    await exchange.end()
    await rm(home, { recursive: true })
  }
}

/** All bots on one account; returns its number at the exchange. */
async function deploy(relay: RelayProgram, exchange: ExchangeProgram): Promise<number> {
  const { accountId: own, ...key } = await exchange.openAccount("bench")
  const wanted = {
    name: "bench",
    venue: exchange.venue,
    mode: "live",
    key,
    risk: { ...risk, maxOrdersPerMinute: 1_000 },
  }
  const { id: accountId } = (await relay.ask("/accounts", wanted)) as { id: string }
  for (let n = 0; n < bots; n++) {
    const markets = [`${bases[n % bases.length]}/${kill9Venues[exchange.venue].quote}`]
    const strategy = minuteStrategy({ markets, size: { kind: "quote", amount: 100 } })
    const bot = { accountId, strategy, markets, cash: CASH, confirm: { amountAtRisk: CASH } }
    await relay.ask("/bots", bot)
  }
  const isStarting = async () =>
    ((await relay.ask("/bots")) as { items: { status: string }[] }).items.some(({ status }) => status === "starting")
  while (await isStarting()) await pause(POLL_MS)
  return own
}

/** From the end of the candle before an entry to the entry at the exchange, and to its stop at work. */
function waysIn(log: readonly LogEntry[], accountId: number): Record<string, number> {
  const events = log.flatMap((entry) => (entry.kind === "event" && entry.accountId === accountId ? [entry] : []))
  const entries = events.filter(({ event, about }) => event === "NEW" && about.side === "BUY")
  const sinceClose = (atMs: number, ofMs: number) => (atMs - Math.floor(ofMs / MINUTE_MS) * MINUTE_MS) / speed
  const stopIn = (listId: unknown) =>
    events.find(({ about }) => about.listId === listId && about.side === "SELL" && about.status === "NEW")
  const toEntry = entries.map(({ atMs }) => sinceClose(atMs, atMs))
  const toStop = entries.flatMap(({ atMs, about }) => {
    const stop = stopIn(about.listId)
    return stop === undefined ? [] : [sinceClose(stop.atMs, atMs)]
  })
  return { ...quantiles("closeToOrderMs", toEntry), ...quantiles("closeToStopMs", toStop) }
}

function quantiles(name: string, values: number[]): Record<string, number> {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
  return { [`${name}Count`]: sorted.length, [`${name}P50`]: at(0.5), [`${name}P99`]: at(0.99), [`${name}Max`]: at(1) }
}

async function textAt(address: string, token: string): Promise<string> {
  return (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).text()
}

function numberOf(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : Number(process.argv[at + 1])
}

/** Each figure at each exchange, and how many times Binance's the others are. */
function table(all: Record<string, Record<string, number>>): string {
  const venues = Object.keys(all)
  const cell = (value: number, first: number) => `${value.toFixed(1)} (${(value / first).toFixed(1)})`.padStart(18)
  const rows = Object.keys(all[venues[0]]).map(
    (name) => name.padEnd(22) + venues.map((venue) => cell(all[venue][name], all[venues[0]][name])).join(""),
  )
  return ["".padEnd(22) + venues.map((venue) => venue.padStart(18)).join(""), ...rows].join("\n")
}
