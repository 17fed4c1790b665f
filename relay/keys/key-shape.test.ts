import { generateKeyPairSync } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { keyFault } from "./key-shape.ts"

const pem = (
  type: "sec1" | "pkcs8",
  key: { export(options: { type: "sec1" | "pkcs8"; format: "pem" }): string | Buffer },
) => String(key.export({ type, format: "pem" }))
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
const edwards = generateKeyPairSync("ed25519").privateKey
const binance = { apiKey: "a1".repeat(32), secret: "B2".repeat(32) }
const bybit = { apiKey: "aB3".repeat(6), secret: "c4".repeat(18) }
const id = "00000000-0000-4000-8000-000000000000"
const coinbase = { apiKey: `organizations/${id}/apiKeys/${id}`, secret: pem("sec1", elliptic) }

test("a key as each exchange shows it is no fault there", () => {
  expect(keyFault("binance", binance)).toBeUndefined()
  expect(keyFault("binance", { ...binance, secret: pem("pkcs8", edwards) })).toBeUndefined()
  expect(keyFault("bybit", bybit)).toBeUndefined()
  expect(keyFault("coinbase", coinbase)).toBeUndefined()
})

test("a key of another exchange, with a space, too short, or of other letters is named in words", () => {
  expect(keyFault("binance", bybit)?.because).toBe(
    "This looks like the API key of another exchange, Bybit; the account is at Binance. Nothing was kept.",
  )
  expect(keyFault("bybit", binance)?.because).toContain("Binance; the account is at Bybit")
  expect(keyFault("binance", coinbase)?.because).toContain("another exchange, Coinbase")
  for (const spoilt of [
    ` ${binance.apiKey}`,
    `${binance.apiKey}\n`,
    `a b${binance.apiKey.slice(3)}`,
    `${binance.apiKey}\u00a0`,
  ])
    expect(keyFault("binance", { ...binance, apiKey: spoilt })?.because).toContain(
      "a space or a line end in this API key",
    )
  expect(keyFault("binance", { ...binance, secret: `${binance.secret} ` })).toMatchObject({ field: "secret" })
  expect(keyFault("binance", { ...binance, apiKey: binance.apiKey.slice(1) })?.because).toBe(
    "Binance's API key is 64 letters and digits; this one has 63. Nothing was kept.",
  )
  expect(keyFault("binance", { ...binance, apiKey: `-${binance.apiKey.slice(1)}` })?.because).toContain(
    "has other signs in it",
  )
  expect(keyFault("coinbase", { ...coinbase, secret: pem("pkcs8", edwards) })?.because).toContain("Binance")
  expect(keyFault("coinbase", { ...coinbase, secret: coinbase.secret.replace("MH", "MX") })?.because).toContain(
    "damaged",
  )
})

test("whatever is sent as a key, the sentence does not repeat it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("binance" as const, "bybit" as const, "coinbase" as const),
      fc.string({ minLength: 5 }),
      (venue, text) => {
        for (const key of [
          { apiKey: text, secret: text },
          { ...binance, secret: text },
        ]) {
          const because = keyFault(venue, key)?.because ?? ""
          expect(because.includes(text)).toBe(false)
        }
      },
    ),
  )
})
