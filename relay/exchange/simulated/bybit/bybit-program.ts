/**
 * A program that points an unmodified ccxt at a running exchange that speaks Bybit's protocol, buys something and reads
 * what became of it: copy it into a `.mjs` file and run it.
 */
export function bybitProgram({ rest, publicStream, privateStream, apiKey, secret }: Record<string, string>): string {
  return `import ccxt from "ccxt"

const exchange = new ccxt.pro.bybit({ apiKey: "${apiKey}", secret: "${secret}" })
await exchange.loadHttpProxyAgent() // ccxt needs this before any ws:// address
for (const name of ["spot", "futures", "v2", "public", "private"]) exchange.urls.api[name] = "${rest}"
exchange.urls.api.ws = { public: { spot: "${publicStream}" }, private: { spot: { unified: "${privateStream}" }, contract: "${privateStream}" } }
exchange.options.fetchMarkets = { types: ["spot"] }

console.log(await exchange.fetchTicker("BTC/USDT"))
const { id } = await exchange.createMarketBuyOrderWithCost("BTC/USDT", 100) // only acknowledged: ask for the order
console.log(await exchange.fetchOrder(id, "BTC/USDT", { acknowledged: true }))
console.log((await exchange.watchOHLCV("BTC/USDT", "1m")).at(-1))
await exchange.close()
`
}
