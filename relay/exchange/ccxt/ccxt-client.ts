import type { pro } from "ccxt"
import type { RealVenueId } from "#venues"
import type { Surroundings } from "../../surroundings.ts"
import type { Gate } from "../gate.ts"
import { type OpenSocket, prepareLines } from "./client-sockets.ts"
import { putGate } from "./last-gate.ts"
import { forgetFailedLoads } from "./market-load.ts"
import { askingAgain, inTime, TIMEOUT_MS } from "./patience.ts"
import { takeTurns } from "./request-turn.ts"
import { COINBASE_TOKEN_LIVES_MS, dialects, RECEIVE_WINDOW_MS } from "./venue-dialect.ts"
import { budgetRules, WeightBudget } from "./weight-budget.ts"
import { type Pace, VenueClock } from "./venue-clock.ts"

export type CcxtClient = InstanceType<(typeof pro)[RealVenueId]>

/** Asks over HTTP, as the platform's fetch does. */
export type AskOverHttp = (url: string, init?: Record<string, unknown>) => Promise<Response>

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
  clock: Surroundings
  /** Asked just before every request is signed; when it throws, nothing is sent. */
  gate: Gate
  /** What this computer's address may ask of the exchange; share it among all its clients. */
  budget?: WeightBudget
  /** Its time runs at another pace than ours, and it takes our times too: we do not measure its clock. */
  hasOwnPace?: boolean
  /** Another program in the place of the exchange, whose time may run at any pace: we find out. */
  isStandIn?: boolean
  /** The way out, where it is not the network. */
  fetch?: AskOverHttp
  socket?: OpenSocket
}

/**
 * A ccxt client for live trading: it never repeats a request by itself, trades spot only, keeps numbers as the
 * exchange wrote them, lives by our clock, and signs nothing that the gate does not let out.
 */
export async function openClient(access: VenueAccess): Promise<{ client: CcxtClient; time: VenueClock }> {
  const { venue, apiKey, secret, isTestnet, addresses, clock, fetch, socket } = access
  // ccxt costs 100 MB and half a second; only who trades should pay that.
  const { pro: classes } = await import("ccxt")
  const client = new classes[venue]({ apiKey, secret, timeout: TIMEOUT_MS })
  Object.assign(client.options, {
    maxRetriesOnFailure: 0,
    recvWindow: RECEIVE_WINDOW_MS,
    fetchMarkets: { types: ["spot"] },
    fetchCurrencies: false,
    fetchMargins: false,
  })
  // ccxt then parses every number to a text, so that no digit passes through a float.
  client.number = String as unknown as typeof client.number
  if (isTestnet) {
    if (venue === "coinbase")
      throw new Error("Coinbase has no test network; practise on the simulated exchange instead.")
    client.setSandboxMode(true)
  }
  client.milliseconds = clock.nowMs
  if (venue === "coinbase") {
    tellMilliseconds(client)
    shortenTokens(client)
  }
  const time = new VenueClock(clock, async () => Number(await client.fetchTime()), paceOf(access))
  const { requestLivesMs: windowMs } = dialects[venue]
  putGate(client, { venue, gate: access.gate, windowMs, nowMs: time.nowMs })
  takeTurns(client, venue, access.budget ?? new WeightBudget(clock, budgetRules[venue]))
  forgetFailedLoads(client)
  prepareLines(client, socket)
  if (fetch) client.fetchImplementation = inTime(askingAgain(fetch, clock), clock)
  else client.undiciRequest = askingAgain(client.undiciRequest.bind(client), clock)
  if (addresses) pointAt(client, addresses)
  await loadParts(client, addresses !== undefined)
  return { client, time }
}

/** ccxt reads whole seconds of Coinbase's time: what happened since the last one would count as not happened yet. */
function tellMilliseconds(client: CcxtClient): void {
  const { v3PublicGetBrokerageTime: ask } = client as unknown as Record<string, () => Promise<{ epochMillis: string }>>
  client.fetchTime = async () => Number((await ask()).epochMillis)
}

/** What ccxt gives each of Coinbase's tokens. */
const USUAL_TOKEN_S = 120

/**
 * Signs as if a token had been made a while ago and had little of its two minutes left: a request that is lost on its way
 * is refused that much earlier, and until then nothing can be sent in its place.
 */
function shortenTokens(client: CcxtClient): void {
  type Create = (seconds: number, ...more: unknown[]) => string
  const signing = client as unknown as { createAuthToken: Create }
  const create = signing.createAuthToken.bind(client)
  const earlier = USUAL_TOKEN_S - COINBASE_TOKEN_LIVES_MS / 1000
  signing.createAuthToken = (seconds, ...more) => create(seconds - earlier, ...more)
}

function paceOf({ hasOwnPace, isStandIn }: VenueAccess): Pace {
  if (hasOwnPace) return "its-own"
  return isStandIn ? "either" : "ours"
}

/** ccxt loads parts from the disk when it first needs them, in real time: we load them before anything waits. */
async function loadParts(client: CcxtClient, isPlain: boolean): Promise<void> {
  if (isPlain) await client.loadHttpProxyAgent()
  await client.loadProxyModules()
  await client.loadFetchImplementation()
}

function pointAt(client: CcxtClient, { rest, stream, wsApi }: NonNullable<VenueAccess["addresses"]>): void {
  const origins = { http: new URL(rest).origin, ws: new URL(stream).origin }
  const api = elsewhere(client.urls.api, origins) as Record<string, unknown> & { ws: Record<string, unknown> }
  client.urls.api = api as typeof client.urls.api
  if (client.id !== "binance") return
  Object.assign(api, { public: rest, private: rest, sapi: rest.replace("/api/v3", "/sapi/v1") })
  api.ws = { ...api.ws, spot: stream, "ws-api": { ...(api.ws["ws-api"] as object), spot: wsApi } }
}

/** The same addresses at other origins: not one of them leads to the exchange itself any more. */
function elsewhere(addresses: unknown, origins: { http: string; ws: string }): unknown {
  if (typeof addresses === "string") {
    const [, scheme, path] = /^(http|ws)s?:\/\/[^/]*(.*)$/.exec(addresses) ?? []
    return scheme === undefined ? addresses : origins[scheme as "http" | "ws"] + path
  }
  if (typeof addresses !== "object" || addresses === null) return addresses
  return Object.fromEntries(Object.entries(addresses).map(([name, inner]) => [name, elsewhere(inner, origins)]))
}
