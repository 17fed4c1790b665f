import { createHash } from "node:crypto"
import { pro } from "ccxt"
import { MINUTE_MS } from "#engine/candles"
import { obey } from "../control/command.ts"
import { type InProcess, openInProcess } from "../in-process.ts"
import { openWithWaysIn } from "../opened-exchange.ts"
import { VirtualTime } from "../virtual-time.ts"

type Client = InstanceType<typeof pro.binance>
type Line = { createConnection: () => void; connection: unknown; isPatched?: true } & Record<
  "onConnectionOpen" | "onOpen" | "onError" | "onClose" | "onMessage",
  (event?: unknown) => void
>

const TICK_MS = 15_000
const startMs = Date.UTC(2026, 0, 1)

/**
 * An unmodified ccxt trades on an exchange without a port, in virtual time; returns a hash of everything it received.
 */
export async function virtualHours(seed: string, hours: number) {
  const bugs: unknown[] = []
  const time = new VirtualTime({ startMs, seed, onBug: (error) => bugs.push(error) })
  const opened = await openWithWaysIn({ seed, historyDays: 2, tickMs: TICK_MS, heartbeatMs: TICK_MS }, time)
  const trace = createHash("sha256")
  const inside = openInProcess(opened)
  const client = clientOf({ ...inside, fetch: traced(inside.fetch, trace, time) }, opened.key, time)
  // ccxt loads parts from the disk in real time, so we load them before time begins.
  await client.loadHttpProxyAgent()
  await client.loadProxyModules()
  await client.loadFetchImplementation()
  await time.until(client.loadMarkets())
  const heard: string[] = []
  const listen = async () => {
    for (const order of await client.watchOrders())
      heard.push(`${time.nowMs()} ${order.id} ${order.status} ${order.filled}`)
    void listen().catch(() => {})
  }
  void listen().catch(() => {})
  await time.advance(MINUTE_MS)
  for (const [asset, delta] of [["USDT", "1000"]]) obey(opened.exchange, { do: "deposit", accountId: 1, asset, delta })
  let placed = 0
  for (let minute = 0; minute < hours * 60; minute += 10) {
    const clientOrderId = `cw1-${seed}-${placed}`
    const side = placed % 2 === 0 ? "buy" : "sell"
    await time.until(client.createOrder("BTC/USDT", "market", side, 0.01, undefined, { clientOrderId }))
    placed++
    await time.advance(10 * MINUTE_MS)
    await time.until(client.fetchOHLCV("BTC/USDT", "1m", time.nowMs() - 10 * MINUTE_MS, 10))
  }
  for (const line of heard) trace.update(`${line}\n`)
  await time.advance(1)
  for (const line of Object.values(client.clients) as {
    pingInterval?: NodeJS.Timeout
    connectionTimer?: NodeJS.Timeout
  }[]) {
    clearInterval(line.pingInterval)
    clearTimeout(line.connectionTimer)
  }
  opened.stop()
  return { hash: trace.digest("hex"), placed, heard: heard.length, passedMs: time.steadyMs(), bugs }
}

function traced(
  fetch: InProcess["fetch"],
  trace: ReturnType<typeof createHash>,
  time: VirtualTime,
): InProcess["fetch"] {
  return async (url, init) => {
    const answer = await fetch(url, init)
    const text = await answer.text()
    trace.update(`${time.nowMs()} ${init?.method} ${String(url)} ${String(init?.body)} ${answer.status} ${text}\n`)
    return new Response(text, { status: answer.status, headers: answer.headers })
  }
}

/** Connects a ccxt client to this process: its fetch, its sockets, its clock. */
function clientOf(
  { fetch, socket }: InProcess,
  { apiKey, secret }: { apiKey: string; secret: string },
  time: VirtualTime,
): Client {
  const client = new pro.binance({ apiKey, secret, enableRateLimit: false })
  client.milliseconds = () => time.nowMs()
  client.nonce = () => time.nowMs()
  client.seconds = () => Math.floor(time.nowMs() / 1000)
  const api = client.urls.api as Record<string, unknown> & { ws: Record<string, unknown> }
  Object.assign(api, { public: "http://localhost/api/v3", private: "http://localhost/api/v3" })
  api.ws = {
    ...api.ws,
    spot: "ws://localhost/ws",
    "ws-api": { ...(api.ws["ws-api"] as object), spot: "ws://localhost/ws-api/v3" },
  }
  Object.assign(client.options, { fetchMarkets: { types: ["spot"] }, fetchCurrencies: false, fetchMargins: false })
  client.fetchImplementation = fetch
  const line = client.client.bind(client) as unknown as (url: string) => Line
  client.client = ((url: string) => connectedBy(line(url), () => socket(url))) as unknown as Client["client"]
  return client
}

function connectedBy(line: Line, open: () => ReturnType<InProcess["socket"]>): Line {
  if (line.isPatched) return line
  line.isPatched = true
  line.createConnection = () => {
    const socket = open()
    line.connection = socket
    socket.on("open", () => line.onOpen())
    socket.on("message", (data: Buffer) => line.onMessage({ data: data.toString() }))
    socket.on("close", (code: number) => line.onClose({ code }))
    socket.on("error", (error) => line.onError(error))
  }
  return line
}
