/**
 * A program that points an unmodified ccxt at a running exchange and buys something: copy it into a `.mjs` file and
 * run it.
 */
export function coinbaseSnippet({ rest, stream, apiKey, secret }: Record<string, string>): string {
  return `import ccxt from "ccxt"

const exchange = new ccxt.pro.coinbase({ apiKey: "${apiKey}", secret: ${JSON.stringify(secret)} })
await exchange.loadHttpProxyAgent() // ccxt needs this before any ws:// address
Object.assign(exchange.urls.api, { rest: "${rest}", ws: "${stream}" })

console.log(await exchange.fetchTicker("BTC/USD"))
const { id } = await exchange.createMarketBuyOrderWithCost("BTC/USD", 100)
console.log(await exchange.fetchOrder(id, "BTC/USD"))
const since = (await exchange.fetchTime()) - 1_800_000 // ccxt would ask by its own clock
console.log((await exchange.fetchOHLCV("BTC/USD", "1m", since)).at(-1))
console.log((await exchange.watchTrades("BTC/USD")).at(-1))
await exchange.close()
`
}
