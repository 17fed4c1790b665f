import { generateKeyPairSync } from "node:crypto"
import { afterEach, beforeEach, expect, test } from "vitest"
import { type CopiedKey, type RealVenueId, realVenues, venueOf } from "#venues"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

// Keys of three exchanges are put in at three exchanges: each is taken at its own alone, and no other is asked about it.

const id = "00000000-0000-4000-8000-000000000000"
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey
const pkcs8 = String(elliptic.export({ type: "pkcs8", format: "pem" }))
const sec1 = String(elliptic.export({ type: "sec1", format: "pem" }))
const keys: Record<RealVenueId, CopiedKey> = {
  binance: { apiKey: "a1".repeat(32), secret: "B2".repeat(32) },
  bybit: { apiKey: "aB3".repeat(6), secret: "c4".repeat(18) },
  coinbase: { apiKey: `organizations/${id}/apiKeys/${id}`, secret: sec1 },
}
const ids = realVenues.map((venue) => venue.id as RealVenueId)

let relay: OpenedApp
let headers: Record<string, string>
let asked: { venue: string; key: CopiedKey }[]

beforeEach(async () => {
  asked = []
  relay = await openedApp({
    checkKey: async ({ venue }, key) => {
      asked.push({ venue, key })
      return { ok: true }
    },
  })
  headers = await relay.bearer("admin")
})
afterEach(() => relay.close())

async function ask(route: string, body: object) {
  const answer = await relay.ask(route, { headers, body })
  return { status: answer.status, said: await answer.text() }
}

function add(venue: RealVenueId, key: CopiedKey) {
  return ask("POST /api/accounts", { name: venue, venue, mode: "live", key })
}

test.each(ids.flatMap((of) => ids.filter((at) => at !== of).map((at) => ({ of, at }))))(
  "a key of $of put in at $at is named kindly, and no exchange is asked about it",
  async ({ of, at }) => {
    const whole = await add(at, keys[of])
    expect(whole.status).toBe(422)
    expect(JSON.parse(whole.said)).toMatchObject({
      field: "key.apiKey",
      error: expect.stringMatching(
        new RegExp(
          `^This looks like a key of ${venueOf(of).name}, and the account is at ${venueOf(at).name}\\..*Nothing was sent to any exchange`,
        ),
      ),
    })
    const half = await add(at, { ...keys[at], secret: keys[of].secret })
    expect(JSON.parse(half.said)).toMatchObject({
      field: "key.secret",
      error: expect.stringContaining(venueOf(of).name),
    })
    for (const { said } of [whole, half])
      for (const secret of [keys[of].apiKey, keys[of].secret.slice(30, 60), keys[at].apiKey])
        expect(said).not.toContain(secret)
    expect(asked).toEqual([])
    expect(await relay.accounts.list()).toEqual([])
  },
)

test.each(ids)("a key of %s put in at its own exchange is asked about there and kept", async (venue) => {
  expect((await add(venue, keys[venue])).status).toBe(201)
  expect(asked).toEqual([{ venue, key: keys[venue] }])
})

test("what is kept of a key is what was mended of it, also where it takes another's place", async () => {
  const { status, said } = await add("coinbase", {
    apiKey: ` ${keys.coinbase.apiKey} `,
    secret: pkcs8.replaceAll("\n", "\\n"),
  })
  expect(status).toBe(201)
  expect(asked).toEqual([{ venue: "coinbase", key: keys.coinbase }])
  const account = JSON.parse(said) as { id: string }
  const change = (key: CopiedKey) => ask(`PUT /api/accounts/${account.id}/key`, key)
  expect(JSON.parse((await change(keys.bybit)).said)).toMatchObject({
    field: "apiKey",
    error: expect.stringContaining("looks like a key of Bybit"),
  })
  expect(asked).toHaveLength(1)
  expect((await change({ ...keys.coinbase, secret: pkcs8 })).status).toBe(200)
  const opened = await relay.accounts.keys.open(account.id, { kind: "owner", id: "owner", name: "test" })
  expect(opened!.secret.reveal()).toBe(sec1)
})
