import { WebSocket } from "ws"
import { ask } from "../relay/exchange/simulated/raw-client.ts"
import { startSimulatedExchange } from "../relay/exchange/simulated/simulated-exchange.ts"

// What the simulated exchange carries on this machine. Run: npx tsx bench/exchange.ts [--json]
// Prints orders per second over loopback, messages per second to 100 subscribers, memory, and simulated days per second.

// "Cpu" figures are of processor time, client and exchange together, and hardly depend on what else the machine does.
type Measured = { ordersPerSecond: number; ordersPerCpuSecond: number; orderMsP50: number; orderMsP99: number; fanOutPerCpuSecond: number; steppedDaysPerCpuSecond: number; steppedDaysPerCpuSecondWithOrders: number; memoryMb: number; memoryAfterMb: number }

const ORDERS = 2_000
const SUBSCRIBERS = 100
const roomy = { ordersPer10Seconds: 1e9, ordersPerDay: 1e9, weightPerMinute: 1e9, rawPer5Minutes: 1e9, connectionsPer5Minutes: 1e9 }

const memoryMb = usedMb()
const orders = await measureOrders()
const measured: Measured = { ...orders, fanOutPerCpuSecond: await measureFanOut(), steppedDaysPerCpuSecond: await measureDays(0), steppedDaysPerCpuSecondWithOrders: await measureDays(20), memoryMb, memoryAfterMb: usedMb() }
console.log(process.argv.includes("--json") ? JSON.stringify(measured) : table(measured))
process.exit(0)

/** Signed limit orders and their cancels, four at a time, over real sockets. */
async function measureOrders() {
  const exchange = await startSimulatedExchange({ seed: 1, speed: "stepped", limits: roomy, historyDays: 2 })
  const price = Math.round(Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice / 100_000_000n) * 0.9)
  const tookMs: number[] = []
  const startedMs = performance.now()
  const startedCpu = cpuSeconds()
  const worker = async () => {
    while (tookMs.length < ORDERS) {
      const sentMs = performance.now()
      const { orderId } = (await ask(exchange, "POST", "/api/v3/order", { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.001", price })).json()
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
  return { ordersPerSecond: (2 * tookMs.length) / seconds, ordersPerCpuSecond: (2 * tookMs.length) / cpu, orderMsP50: tookMs[Math.floor(tookMs.length * 0.5)], orderMsP99: tookMs[Math.floor(tookMs.length * 0.99)] }
}

/** Trade messages delivered to 100 sockets. */
async function measureFanOut(): Promise<number> {
  const exchange = await startSimulatedExchange({ seed: 1, speed: "stepped", limits: roomy, historyDays: 2 })
  let heard = 0
  const sockets = await Promise.all(Array.from({ length: SUBSCRIBERS }, () => new Promise<WebSocket>((resolve) => {
    const socket = new WebSocket(`${exchange.stream}/btcusdt@trade`)
    socket.on("message", () => heard++)
    socket.once("open", () => resolve(socket))
  })))
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

/** Days of five markets in one-second moments, with so many resting orders. */
async function measureDays(resting: number): Promise<number> {
  const exchange = await startSimulatedExchange({ seed: 1, speed: "stepped", limits: roomy, historyDays: 2 })
  const price = Number(exchange.exchange.state.venue.market("BTCUSDT").lastPrice / 100_000_000n)
  for (let order = 0; order < resting; order++) await ask(exchange, "POST", "/api/v3/order", { symbol: "BTCUSDT", side: "BUY", type: "LIMIT", timeInForce: "GTC", quantity: "0.001", price: Math.round(price * (0.6 - order * 0.001)) })
  const startedCpu = cpuSeconds()
  const hours = 6
  exchange.advance(hours * 3_600_000)
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
  return Object.entries(measured).map(([name, value]) => `${name.padEnd(32)} ${value.toFixed(2)}`).join("\n")
}
