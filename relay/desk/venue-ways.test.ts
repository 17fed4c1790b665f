import { expect, test } from "vitest"
import { realVenues, type RealVenueId } from "#venues"
import { venuesFrom } from "../door/venue-override.ts"
import { openClient } from "../exchange/ccxt/ccxt-client.ts"
import { realSurroundings } from "../surroundings.ts"
import { VenueWays } from "./venue-ways.ts"

const surroundings = realSurroundings()
const ids = realVenues.map(({ id }) => id as RealVenueId)
const standIns = venuesFrom(
  JSON.stringify(
    Object.fromEntries(ids.map((id) => [id, { rest: "http://127.0.0.1:9100", stream: "ws://127.0.0.1:9101" }])),
  ),
)
const waysOver = (venues: typeof realVenues) => new VenueWays({ venues, practice: undefined, surroundings })

/** Every address that ccxt's client may ask, however deep it keeps it. */
function addressesIn(urls: unknown): string[] {
  if (typeof urls === "string") return [urls]
  return typeof urls === "object" && urls !== null ? Object.values(urls).flatMap(addressesIn) : []
}

test.each(ids)(
  "with a stand-in for %s no address of an account's client leads to the exchange itself",
  async (venue) => {
    for (const mode of ["live", "testnet"] as const) {
      const way = waysOver(standIns).to({ venue, mode })
      expect(way.name).toContain("(stand-in)")
      const { client } = await openClient({ ...way, clock: surroundings, gate: () => {} })
      const addresses = addressesIn(client.urls.api)
      expect(addresses.length).toBeGreaterThan(0)
      for (const address of addresses)
        expect(address).toMatch(/^(http:\/\/127\.0\.0\.1:9100|ws:\/\/127\.0\.0\.1:910[01])(\/|$)/)
    }
  },
)

test("accounts at one address share what it allows; test network and exchange are two addresses", () => {
  const ways = waysOver(realVenues)
  const budgetOf = (mode: "live" | "testnet") => ways.to({ venue: "binance", mode }).budget
  expect(budgetOf("live")).toBe(budgetOf("live"))
  expect(budgetOf("live")).not.toBe(budgetOf("testnet"))
})

test("a real exchange is reached at its own addresses, its test network by the client's own", () => {
  const ways = waysOver(realVenues)
  expect(ways.to({ venue: "binance", mode: "live" })).toMatchObject({ name: "Binance", isTestnet: false })
  expect(ways.to({ venue: "bybit", mode: "testnet" })).toMatchObject({ name: "Bybit's test network", isTestnet: true })
  expect(ways.to({ venue: "binance", mode: "live" }).addresses).toBeUndefined()
  expect(() => ways.to({ venue: "binance", mode: "paper" })).toThrow(
    "Made-up money does not trade at the prices of Binance here",
  )
})
