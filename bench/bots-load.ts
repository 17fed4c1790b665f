import { spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { projectPath } from "../scripts/project-path.ts"
import { figuresFrom, histogramBetween, histogramFigures } from "./relay-figures.ts"

// Many one-minute bots in one relay, in real time, each with paper money at the practice exchange. Needs a build.
// Run: npx tsx bench/bots-load.ts [--bots 200] [--minutes 5] [--json]
// Prints how late candles were decided, how long an entry's way to the exchange takes and its parts, how late the
// relay's thread was, and its memory before and with the bots.

const BOTS_AN_ACCOUNT = 20
const AT_ONCE = 4
const markets = ["BTC/USDT", "ETH/USDT", "BNB/USDT", "SOL/USDT"]
/** Nothing but the strategies decides. */
const risk = {
  maxPositions: BOTS_AN_ACCOUNT,
  maxSharePercent: 100,
  maxCorrelation: 1,
  dailyLossPercent: 90,
  maxDrawdownPercent: 90,
  maxOrdersPerMinute: 1_000,
}
const [bots, minutes] = [numberOf("bots", 200), numberOf("minutes", 5)]

/** Runs inside the relay: `SIGUSR2` prints how late its thread was since the last time. */
const monitor = `import { monitorEventLoopDelay } from "node:perf_hooks"
import { isMainThread } from "node:worker_threads"
if (isMainThread) {
  const lag = monitorEventLoopDelay({ resolution: 5 })
  lag.enable()
  let cpu = process.cpuUsage()
  process.on("SIGUSR2", () => {
    const used = process.cpuUsage(cpu)
    cpu = process.cpuUsage()
    console.log("LAG " + JSON.stringify({ p50: lag.percentile(50) / 1e6, p99: lag.percentile(99) / 1e6, max: lag.max / 1e6, cpuS: (used.user + used.system) / 1e6 }))
    lag.reset()
  })
}`

/** What still runs when something fails. */
const running = new Set<{ kill(signal: "SIGTERM"): unknown }>()
const measured = await measure().finally(() => running.forEach((one) => one.kill("SIGTERM")))
console.log(process.argv.includes("--json") ? JSON.stringify(measured) : table(measured))

async function measure() {
  const home = await mkdtemp(join(tmpdir(), "candlewright-bots-"))
  const beganMs = performance.now()
  const relay = startRelay(home)
  const url = /http:\/\/localhost:\d+/.exec(await relay.hear("running at"))![0]
  const startMs = performance.now() - beganMs
  const { token } = JSON.parse(await output(["tokens", "create", "--name", "load", "--scope", "admin", "--json"], home))
  const ask = (path: string, body?: object) => askRelay(`${url}/api${path}`, token as string, body)
  await pause(5_000)
  const idle = figuresFrom(await ask("/metrics"))
  await deployAll(ask)
  await until(async () => (await statuses(ask)).starting === undefined)
  await pause(60_000 - (Date.now() % 60_000) + 30_000)
  await relay.lag()
  const before = figuresFrom(await ask("/metrics"))
  await pause(minutes * 60_000)
  const lag = await relay.lag()
  const after = figuresFrom(await ask("/metrics"))
  const list = (await ask("/bots")) as { items: { status: string; lastReason: string }[] }
  const listBeganMs = performance.now()
  await ask("/bots")
  const listMs = performance.now() - listBeganMs
  await relay.end()
  const again = startRelay(home)
  const readyBeganMs = performance.now()
  const url2 = /http:\/\/localhost:\d+/.exec(await again.hear("running at"))![0]
  const ask2 = (path: string) => askRelay(`${url2}/api${path}`, token as string)
  await until(async () => (await statuses(ask2)).starting === undefined)
  const readyMs = performance.now() - readyBeganMs
  await again.end()
  await rm(home, { recursive: true })
  const changed = (name: string) => histogramBetween(before, after, name)
  return {
    bots,
    minutes,
    startMs,
    idleMemoryMb: (idle.get("candlewright_memory_bytes") ?? 0) / 2 ** 20,
    memoryMb: (after.get("candlewright_memory_bytes") ?? 0) / 2 ** 20,
    heapMb: (after.get("candlewright_heap_bytes") ?? 0) / 2 ** 20,
    lagMsP50: lag.p50,
    lagMsP99: lag.p99,
    lagMsMax: lag.max,
    cpuPercent: (lag.cpuS / (minutes * 60)) * 100,
    ...histogramFigures("candleHeardMs", changed("candle_heard_seconds")),
    ...histogramFigures("decidedMs", changed("candle_decided_seconds")),
    ...histogramFigures("entrySentMs", changed("entry_sent_seconds")),
    ...histogramFigures("answeredMs", changed("order_answered_seconds")),
    ...histogramFigures("stepKeptMs", changed("step_kept_seconds")),
    ...ordersBetween(before, after),
    listMs,
    readyMs,
    running: list.items.filter(({ status }) => status === "running").length,
    reasons: JSON.stringify(countOf(list.items.map(({ lastReason }) => lastReason.replace(/[\d.,]+/g, "#")))).slice(
      0,
      900,
    ),
  }
}

type Ask = (path: string, body?: object) => Promise<unknown>

/** Buys on a rising minute and sells on a falling one, with a stop: as many orders as a bot can have. */
function strategyFor(market: string) {
  return {
    format: "candlewright.strategy/1",
    name: "Minutes",
    timeframe: "1m",
    markets: [market],
    series: { fast: "sma(close, 2)", slow: "sma(close, 5)" },
    size: { kind: "quote", amount: 100 },
    long: { enter: { all: ["crossover(fast, slow)"] }, exit: { any: ["crossunder(fast, slow)"] } },
    protect: { stopLoss: { kind: "percent", percent: 1 } },
  }
}

async function deployAll(ask: Ask): Promise<void> {
  const waiting = Array.from({ length: Math.ceil(bots / BOTS_AN_ACCOUNT) }, (_, n) => n)
  const deploy = async () => {
    for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
      const account = { name: `paper ${n}`, venue: "practice", mode: "paper", risk }
      const { id: accountId } = (await ask("/accounts", account)) as { id: string }
      const count = Math.min(BOTS_AN_ACCOUNT, bots - n * BOTS_AN_ACCOUNT)
      for (let m = 0; m < count; m++) {
        const market = markets[m % markets.length]
        await ask("/bots", { accountId, strategy: strategyFor(market), markets: [market], cash: "400" })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, deploy))
}

async function statuses(ask: Ask): Promise<Record<string, number>> {
  const { items } = (await ask("/bots")) as { items: { status: string }[] }
  return countOf(items.map(({ status }) => status))
}

function countOf(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(200)
}

async function askRelay(address: string, token: string, body?: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
  for (;;) {
    const answer = await fetch(address, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers })
    const text = await answer.text()
    if (answer.status === 429) await pause(1_000 * Number(answer.headers.get("retry-after") ?? 1))
    else if (!answer.ok) throw new Error(`${address}: ${answer.status} ${text.slice(0, 300)}`)
    else return address.endsWith("/metrics") ? text : JSON.parse(text)
  }
}

function startRelay(home: string) {
  const words = [
    "--import",
    `data:text/javascript,${encodeURIComponent(monitor)}`,
    projectPath("build/candlewright.mjs"),
  ]
  const relay = spawn(process.execPath, [...words, "serve"], {
    env: environment(home),
    stdio: ["ignore", "pipe", "pipe"],
  })
  running.add(relay)
  let said = ""
  for (const stream of [relay.stdout, relay.stderr]) stream.on("data", (bytes: Buffer) => (said += bytes.toString()))
  const hear = async (words: string) => {
    while (!said.includes(words)) {
      if (relay.exitCode !== null) throw new Error(said)
      await pause(10)
    }
    return said
  }
  return {
    hear,
    async lag() {
      said = ""
      relay.kill("SIGUSR2")
      const line = /LAG (\{.*\})/.exec(await hear("}\n"))![1]
      return JSON.parse(line) as Record<"p50" | "p99" | "max" | "cpuS", number>
    },
    async end() {
      const ended = new Promise((resolve) => relay.once("close", resolve))
      relay.kill("SIGTERM")
      await ended
    },
  }
}

async function output(words: string[], home: string): Promise<string> {
  const child = spawn(process.execPath, [projectPath("build/candlewright.mjs"), ...words], { env: environment(home) })
  let said = ""
  child.stdout.on("data", (bytes: Buffer) => (said += bytes.toString()))
  await new Promise((resolve) => child.once("close", resolve))
  return said
}

function environment(home: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: home, PORT: "0", CANDLEWRIGHT_DATA: join(home, "data") }
}

function ordersBetween(before: Map<string, number>, after: Map<string, number>): Record<string, number> {
  const rows = [...after].filter(([key]) => key.startsWith("candlewright_orders_total"))
  return Object.fromEntries(
    rows.map(([key, value]) => [key.slice("candlewright_".length), value - (before.get(key) ?? 0)]),
  )
}

function numberOf(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? otherwise : Number(process.argv[at + 1])
}

function table(figures: Record<string, number | string>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(24)} ${typeof value === "number" ? Number(value.toFixed(2)) : value}`)
    .join("\n")
}
