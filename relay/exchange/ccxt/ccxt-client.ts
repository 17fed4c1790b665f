import { pro } from "ccxt"
import type { RealVenueId } from "#venues"

export type CcxtClient = InstanceType<(typeof pro)[RealVenueId]>

export type VenueAccess = {
  /** The simulated exchange is Binance at other addresses. */
  venue: RealVenueId
  /** The displayed name when it differs from the venue's own: "Practice exchange". */
  name?: string
  apiKey?: string
  secret?: string
  /** The exchange's own test network. Coinbase has none. */
  isTestnet?: boolean
  /** Another exchange that speaks the same protocol: REST base, stream base and WebSocket API. */
  addresses?: { rest: string; stream: string; wsApi: string }
}

const TIMEOUT_MS = 10_000
const RECEIVE_WINDOW_MS = 5_000

/**
 * A ccxt client for live trading: it never repeats a request by itself, trades spot only, and keeps numbers as the
 * exchange wrote them.
 */
export async function openClient({ venue, apiKey, secret, isTestnet, addresses }: VenueAccess): Promise<CcxtClient> {
  const client = new pro[venue]({ apiKey, secret, timeout: TIMEOUT_MS })
  Object.assign(client.options, {
    maxRetriesOnFailure: 0,
    recvWindow: RECEIVE_WINDOW_MS,
    fetchMarkets: { types: ["spot"] },
    fetchCurrencies: false,
    fetchMargins: false,
    adjustForTimeDifference: venue === "binance" && !addresses,
  })
  // ccxt then parses every number to a text, so that no digit passes through a float.
  client.number = String as unknown as typeof client.number
  if (isTestnet) {
    if (venue === "coinbase")
      throw new Error("Coinbase has no test network; practise on the simulated exchange instead.")
    client.setSandboxMode(true)
  }
  hearEveryLoss(client)
  if (addresses) pointAt(client, addresses)
  if (addresses) await client.loadHttpProxyAgent()
  return client
}

function pointAt(client: CcxtClient, { rest, stream, wsApi }: NonNullable<VenueAccess["addresses"]>): void {
  const api = client.urls.api as Record<string, unknown> & { ws: Record<string, unknown> }
  Object.assign(api, { public: rest, private: rest, sapi: rest.replace("/api/v3", "/sapi/v1") })
  api.ws = { ...api.ws, spot: stream, "ws-api": { ...(api.ws["ws-api"] as object), spot: wsApi } }
}

type SocketClient = { connected: Promise<unknown>; future(hash: string): Promise<unknown> }

/**
 * ccxt rejects promises on a lost or closed socket even when nobody awaits them any more, and Node ends a process
 * over that. Those who do await still get the error.
 */
function hearEveryLoss(client: CcxtClient): void {
  const heard = new WeakSet<SocketClient>()
  const open = client.client.bind(client) as (url: string) => SocketClient
  const openAndHear = (url: string) => {
    const socket = open(url)
    if (heard.has(socket)) return socket
    heard.add(socket)
    const future = socket.future.bind(socket)
    socket.future = (hash) => heardOut(future(hash))
    void heardOut(socket.connected)
    return socket
  }
  client.client = openAndHear as unknown as typeof client.client
}

function heardOut<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}
