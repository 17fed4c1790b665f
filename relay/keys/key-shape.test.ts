import { generateKeyPairSync } from "node:crypto"
import ccxt from "ccxt"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { CopiedKey, RealVenueId } from "#venues"
import { keyFrom } from "./key-shape.ts"

type Exported = { export(options: { type: "sec1" | "pkcs8"; format: "pem" }): string | Buffer }
const pem = (type: "sec1" | "pkcs8", key: Exported) => String(key.export({ type, format: "pem" }))
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" })
const edwards = generateKeyPairSync("ed25519").privateKey
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey
const id = "00000000-0000-4000-8000-000000000000"
const sec1 = pem("sec1", elliptic.privateKey)
const keys: Record<RealVenueId, CopiedKey> = {
  binance: { apiKey: "a1".repeat(32), secret: "B2".repeat(32) },
  bybit: { apiKey: "aB3".repeat(6), secret: "c4".repeat(18) },
  coinbase: { apiKey: `organizations/${id}/apiKeys/${id}`, secret: sec1 },
}
const { binance, bybit, coinbase } = keys

function faultOf(venue: RealVenueId, key: CopiedKey): string {
  const read = keyFrom(venue, key)
  return read.ok ? "" : `${read.fault.field}: ${read.fault.because}`
}

/** What is kept of a secret that is put in at Coinbase; empty when it is refused. */
function keptOf(secret: string): string {
  const read = keyFrom("coinbase", { ...coinbase, secret })
  return read.ok ? read.key.secret : ""
}

test("a key as each exchange shows it is kept as it is", () => {
  expect(keyFrom("binance", binance)).toEqual({ ok: true, key: binance })
  expect(keyFrom("bybit", bybit)).toEqual({ ok: true, key: bybit })
  expect(keyFrom("coinbase", coinbase)).toEqual({ ok: true, key: coinbase })
  for (const secret of [pem("pkcs8", edwards), pem("pkcs8", rsa)])
    expect(keyFrom("binance", { ...binance, secret })).toEqual({ ok: true, key: { ...binance, secret } })
  expect(keyFrom("bybit", { ...bybit, secret: pem("pkcs8", rsa) })).toMatchObject({ ok: true })
})

const [head, ...lines] = sec1.trimEnd().split("\n")
const tail = lines.pop()!
const withoutPublicHalf = () => {
  const { d } = elliptic.privateKey.export({ format: "jwk" })
  const start = "30310201010420"
  const curve = "a00a06082a8648ce3d030107"
  const der = Buffer.concat([Buffer.from(start, "hex"), Buffer.from(d!, "base64url"), Buffer.from(curve, "hex")])
  return `${head}\n${der.toString("base64")}\n${tail}`
}

test.each([
  ["with line breaks written out", sec1.replaceAll("\n", "\\n")],
  ["with carriage returns", sec1.replaceAll("\n", "\r\n")],
  ["on one line", [head, ...lines, tail].join("")],
  ["with spaces for line breaks", [head, ...lines, tail].join(" ")],
  ["with spaces around and inside", `  ${[head, ...lines.map((line) => `   ${line}  `), tail].join("\n")}\n\n`],
  ["in quotation marks", `"${sec1.replaceAll("\n", "\\n")}"`],
  ["in PKCS#8 form", pem("pkcs8", elliptic.privateKey)],
  ["in PKCS#8 form on one line", pem("pkcs8", elliptic.privateKey).replaceAll("\n", "\\n")],
  ["without its public half", withoutPublicHalf()],
  ["as the whole file that Coinbase gives", JSON.stringify({ name: coinbase.apiKey, privateKey: sec1 }, null, 2)],
])("Coinbase's private key %s is mended to the form that signs", (_, secret) => {
  expect(keptOf(secret)).toBe(sec1)
})

test("ccxt signs with what is kept of a private key in PKCS#8 form", () => {
  const secret = keptOf(pem("pkcs8", elliptic.privateKey).replaceAll("\n", " "))
  const client = new ccxt.coinbase({ apiKey: coinbase.apiKey, secret })
  expect(client.createAuthToken(1_700_000_000, "GET", "https://api.coinbase.com/v2/time").split(".")).toHaveLength(3)
})

test("a private key of another kind, a part of one, or the public half is refused with what to do", () => {
  const refused = (secret: string) => faultOf("coinbase", { ...coinbase, secret })
  const otherCurve = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey
  expect(refused(pem("sec1", otherCurve))).toContain("of another kind than Coinbase's")
  expect(refused(pem("pkcs8", edwards))).toMatch(/looks like a key of Binance, and the account is at Coinbase/)
  expect(refused(pem("pkcs8", rsa))).toMatch(/looks like a key of Binance or Bybit/)
  expect(refused(Buffer.alloc(64, 7).toString("base64"))).toMatch(/Ed25519 key of Coinbase.*with the ECDSA/)
  expect(refused(sec1.replace("MH", "MX"))).toContain("damaged")
  expect(refused([head, ...lines].join("\n"))).toContain("not all of one")
  expect(refused(String(elliptic.publicKey.export({ type: "spki", format: "pem" })))).toContain("Copy the private one")
  expect(faultOf("coinbase", { ...coinbase, apiKey: id })).toMatch(/^apiKey: .*Ed25519 key of Coinbase/)
})

test("a part in the other's field, with a space in it, too short, or of other letters is named in words", () => {
  expect(faultOf("bybit", { apiKey: bybit.secret, secret: bybit.apiKey })).toMatch(
    /^apiKey: This looks like the secret, and here belongs the API key\. Nothing was sent/,
  )
  expect(faultOf("coinbase", { apiKey: sec1, secret: coinbase.apiKey })).toContain("This looks like the private key")
  expect(faultOf("binance", { ...binance, apiKey: `a b${binance.apiKey.slice(3)}` })).toContain(
    "a space or a line end in this API key",
  )
  expect(faultOf("binance", { ...binance, secret: binance.secret.slice(1) })).toMatch(
    /^secret: Binance's secret is 64 letters and digits, or .*; this one has 63\. Nothing was sent to any exchange/,
  )
  expect(faultOf("binance", { ...binance, apiKey: `-${binance.apiKey.slice(1)}` })).toContain("has other signs in it")
  expect(faultOf("binance", { ...binance, secret: " " })).toContain("Binance's secret is missing")
  expect(keyFrom("binance", { apiKey: ` ${binance.apiKey}\n`, secret: `${binance.secret}\u00a0` })).toEqual({
    ok: true,
    key: binance,
  })
})

test("whatever is sent as a key, the sentence does not repeat it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("binance" as const, "bybit" as const, "coinbase" as const),
      fc.string({ minLength: 5 }).filter((text) => text.trim().length >= 5),
      (venue, text) => {
        for (const key of [
          { apiKey: text, secret: text },
          { ...keys[venue], secret: text },
        ])
          expect(faultOf(venue, key).includes(text)).toBe(false)
      },
    ),
  )
})
