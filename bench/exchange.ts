import { WebSocket } from "ws"
import { HOUR_MS } from "#engine/candles"
import { startPracticeExchange } from "../relay/exchange/practice-exchange.ts"
import { ask } from "../relay/exchange/simulated/testing/raw-client.ts"
import { startSimulatedExchange } from "../relay/exchange/simulated/simulated-exchange.ts"
import { realSurroundings } from "../relay/surroundings.ts"

// What the simulated exchange can carry on this machine. Run: npx tsx bench/exchange.ts [--json] Prints what the
// practice exchange costs the relay, orders per second over loopback, messages per second to 100 subscribers, memory,
// and simulated days per second.

// "Cpu" figures are processor time, client and exchange together, and hardly depend on the machine's other work.
type Measured = {
  startCpuMs: number
  startMemoryMb: number
  firstThousandDaysCpuMs: number
  minutesPerCpuSecond: number
  hundredPagesMemoryMb: number
  ordersPerSecond: number
  ordersPerCpuSecond: number
  orderMsP50: number
  orderMsP99: number
  fanOutPerCpuSecond: number
  steppedDaysPerCpuSecond: number
  steppedDaysPerCpuSecondWithOrders: number
  memoryMb: number
  memoryAfterMb: number
}

const ORDERS = 1_000
const SUBSCRIBERS = 100
const roomy = {
  ordersPer10Seconds: 1e9,
  ordersPerDay: 1e9,
  weightPerMinute: 1e9,
  rawPer5Minutes: 1e9,
  connectionsPer5Minutes: 1e9,
}

const practice = await measurePractice()
const memoryMb = usedMb()
const orders = await measureOrders()
const measured: Measured = {
  ...practice,
  ...orders,
  fanOutPerCpuSecond: await measureFanOut(),
  steppedDaysPerCpuSecond: await measureDays(0),
  steppedDaysPerCpuSecondWithOrders: await measureDays(20),
  memoryMb,
  memoryAfterMb: usedMb(),
}
console.log(process.argv.includes("--json") ? JSON.stringify(measured) : table(measured))
process.exit(0)

/** The exchange as the relay starts it: the cost of the start, and of its three years of history on request. */
async function measurePractice() {
  const [memoryBefore, cpuBefore] = [usedMb(), cpuSeconds()]
  const exchange = await startPracticeExchange({ limits: roomy }, realSurroundings())
  const startCpuMs = (cpuSeconds() - cpuBefore) * 1000
  const startMemoryMb = usedMb() - memoryBefore
  const { rest } = exchange!
  const read = async (query: string) => (await fetch(`${rest}/klines?${query}`)).text()
  const daysBefore = cpuSeconds()
  await read("symbol=BTCUSDT&interval=1d&limit=1000")
  const firstThousandDaysCpuMs = (cpuSeconds() - daysBefore) * 1000
  const pagesBefore = cpuSeconds()
  for (let page = 0; page < 100; page++)
    await read(`symbol=ETHUSDT&interval=1m&limit=1000&startTime=${Date.now() - (101 - page) * 60_000_000}`)
  const minutesPerCpuSecond = 100_000 / (cpuSeconds() - pagesBefore)
  const hundredPagesMemoryMb = usedMb() - memoryBefore
  await exchange!.stop()
  return { startCpuMs, startMemoryMb, firstThousandDaysCpuMs, minutesPerCpuSecond, hundredPagesMemoryMb }
}

/** Signed limit orders and their cancels, four at a time, over real sockets. */
async function measureOrders() {
  const exchange = await startSimulatedExchange(
    { seed: 1, speed: "stepped", limits: roomy, historyDays: 2 },
    realSurroundings(),
  )
  const price = Math.round(Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice / 100_000_000n) * 0.9)
  const tookMs: number[] = []
  const startedMs = performance.now()
  const startedCpu = cpuSeconds()
  const worker = async () => {
    while (tookMs.length < ORDERS) {
      const sentMs = performance.now()
      const { orderId } = (
        await ask(exchange, "POST", "/api/v3/order", {
          symbol: "BTCUSDT",
          side: "BUY",
          type: "LIMIT",
          timeInForce: "GTC",
          quantity: "0.001",
          price,
        })
      ).json()
      tookMs.push(performance.now() - sentMs)
      await ask(exchange, "DELETE", "/api/v3/order", { symbol: "BTCUSDT", orderId })
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  const seconds = (performance.now() - startedMs) / 1000
  const cpu = cpuSeconds() - startedCpu
  await exchange.stop()
  tookMs.sort((first, second) => first - second)
  // Each order was also cancelled: two requests that change the book.
  return {
    ordersPerSecond: (2 * tookMs.length) / seconds,
    ordersPerCpuSecond: (2 * tookMs.length) / cpu,
    orderMsP50: tookMs[Math.floor(tookMs.length * 0.5)],
    orderMsP99: tookMs[Math.floor(tookMs.length * 0.99)],
  }
}

/** Trade messages delivered to 100 sockets. */
async function measureFanOut(): Promise<number> {
  const exchange = await startSimulatedExchange(
    { seed: 1, speed: "stepped", limits: roomy, historyDays: 2 },
    realSurroundings(),
  )
  let heard = 0
  const sockets = await Promise.all(
    Array.from(
      { length: SUBSCRIBERS },
      () =>
        new Promise<WebSocket>((resolve) => {
          const socket = new WebSocket(`${exchange.stream}/btcusdt@trade`)
          socket.on("message", () => heard++)
          socket.once("open", () => resolve(socket))
        }),
    ),
  )
  const startedCpu = cpuSeconds()
  for (let second = 0; second < 600; second++) {
    exchange.advance(1_000)
    if (second % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  while (heard < 600 * SUBSCRIBERS) await new Promise((resolve) => setTimeout(resolve, 1))
  const perSecond = heard / (cpuSeconds() - startedCpu)
  for (const socket of sockets) socket.terminate()
  await exchange.stop()
  return perSecond
}

/** Days of five markets in one-second moments, with this many resting orders. */
async function measureDays(resting: number): Promise<number> {
  const exchange = await startSimulatedExchange(
    { seed: 1, speed: "stepped", limits: roomy, historyDays: 2 },
    realSurroundings(),
  )
  const price = Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice / 100_000_000n)
  for (let order = 0; order < resting; order++)
    await ask(exchange, "POST", "/api/v3/order", {
      symbol: "BTCUSDT",
      side: "BUY",
      type: "LIMIT",
      timeInForce: "GTC",
      quantity: "0.001",
      price: Math.round(price * (0.6 - order * 0.001)),
    })
  const startedCpu = cpuSeconds()
  const hours = 6
  exchange.advance(hours * HOUR_MS)
  const seconds = cpuSeconds() - startedCpu
  await exchange.stop()
  return hours / 24 / seconds
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function usedMb(): number {
  return process.memoryUsage().rss / 1_048_576
}

function table(measured: Measured): string {
  return Object.entries(measured)
    .map(([name, value]) => `${name.padEnd(32)} ${value.toFixed(2)}`)
    .join("\n")
}
