import ccxt, { type bybit, type Exchange as CcxtExchange } from "ccxt"
import type { SimulatedExchange } from "../../simulated-exchange.ts"

/** Where an exchange that speaks Bybit's protocol is, and a key. */
export type BybitPlace = Pick<SimulatedExchange, "addresses" | "apiKey" | "secret">

/** An unmodified ccxt, for REST and streams, that uses a simulated exchange. */
export async function bybitClient({
  addresses,
  apiKey,
  secret,
}: BybitPlace): Promise<InstanceType<typeof ccxt.pro.bybit>> {
  const client = new ccxt.pro.bybit({ apiKey, secret, enableRateLimit: false })
  await client.loadHttpProxyAgent()
  return pointAt(client, addresses)
}

/** Points a ccxt at a simulated exchange. */
export function pointAt<Client extends CcxtExchange>(client: Client, addresses: BybitPlace["addresses"]): Client {
  const { rest, publicStream, privateStream } = addresses
  const api = client.urls.api as Record<string, unknown>
  for (const name of ["spot", "futures", "v2", "public", "private"]) api[name] = rest
  api.ws = {
    public: { spot: publicStream },
    private: { spot: { unified: privateStream }, contract: privateStream },
  }
  client.options.fetchMarkets = { types: ["spot"] }
  return client
}

export type BybitClient = bybit
