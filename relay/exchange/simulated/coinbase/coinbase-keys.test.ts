import { generateKeyPairSync } from "node:crypto"
import { coinbase } from "ccxt"
import { afterAll, beforeAll, expect, test } from "vitest"
import { addKey, createHmacKey } from "../account/api-key.ts"
import type { SimulatedExchange } from "../simulated-exchange.ts"
import { ccxtAt, command, startCoinbase } from "./testing/coinbase-clients.ts"

let exchange: SimulatedExchange
beforeAll(async () => (exchange = await startCoinbase({ seed: "keys" })))
afterAll(() => exchange.stop())

test("the same seed gives the same key; the exchange keeps its public half alone", async () => {
  const again = await startCoinbase({ seed: "keys" })
  const other = await startCoinbase({ seed: "other" })
  await Promise.all([again.stop(), other.stop()])
  expect([again.apiKey, again.secret]).toEqual([exchange.apiKey, exchange.secret])
  expect(other.secret).not.toBe(exchange.secret)
  expect(exchange.secret).toMatch(/^-----BEGIN EC PRIVATE KEY-----/)
  const kept = JSON.stringify([...exchange.exchange.state.keys.values()])
  expect(kept).toContain("BEGIN PUBLIC KEY")
  expect(kept).not.toContain("PRIVATE")
})

test("an Ed25519 key opens an account, as ccxt writes its tokens", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const half = (key: typeof publicKey, part: "d" | "x") =>
    Buffer.from(key.export({ format: "jwk" })[part]!, "base64url")
  const pem = publicKey.export({ type: "spki", format: "pem" })
  const { apiKey } = (await command(exchange, "/accounts/1/keys", { scheme: "ED25519", publicKey: pem })) as {
    apiKey: string
  }
  const secret = Buffer.concat([half(privateKey, "d"), half(privateKey, "x")]).toString("base64")
  const client = await ccxtAt(exchange, { apiKey, secret })
  expect((await client.fetchBalance({ v3: true }))["USD"].free).toBe(100_000)
})

test("a legacy key signs the older way", async () => {
  const { apiKey, secret } = addKey(exchange.exchange, createHmacKey("legacy", 1))
  const client = new coinbase({ apiKey, secret, enableRateLimit: false })
  Object.assign(client.urls.api as object, { rest: exchange.rest })
  await client.loadMarkets()
  expect((await client.fetchBalance())["USD"].total).toBe(100_000)
  expect((await client.createOrder("BTC/USD", "limit", "buy", 0.01, 50_000)).id).toMatch(/-/)
})
