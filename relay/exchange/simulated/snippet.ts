/**
 * A program that points an unmodified ccxt at a running exchange and buys something: copy it into a `.mjs` file and
 * run it.
 */
export function ccxtSnippet({ rest, stream, wsApi, apiKey, secret }: Record<string, string>): string {
  return `import ccxt from "ccxt"

const exchange = new ccxt.pro.binance({ apiKey: "${apiKey}", secret: "${secret}" })
await exchange.loadHttpProxyAgent() // ccxt needs this before any ws:// address
Object.assign(exchange.urls.api, { public: "${rest}", private: "${rest}", sapi: "${rest.replace("/api/v3", "/sapi/v1")}" })
exchange.urls.api.ws = { ...exchange.urls.api.ws, spot: "${stream}", "ws-api": { ...exchange.urls.api.ws["ws-api"], spot: "${wsApi}" } }
exchange.options.fetchMarkets = { types: ["spot"] }

console.log(await exchange.fetchTicker("BTC/USDT"))
console.log(await exchange.createMarketBuyOrderWithCost("BTC/USDT", 100))
console.log((await exchange.watchOHLCV("BTC/USDT", "1m")).at(-1))
await exchange.close()
`
}
