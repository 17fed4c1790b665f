import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { accountFacts } from "#venues"
import { dialects } from "../relay/exchange/ccxt/venue-dialect.ts"
import { pageWith, venueIds, writtenParts } from "./exchange-page.ts"

const path = fileURLToPath(new URL("exchanges.md", import.meta.url))
const page = readFileSync(path, "utf8")

/** What exchangeInfo says of Binance's main markets. */
const mainMarket = {
  orderTypes: ["MARKET", "LIMIT", "LIMIT_MAKER", "STOP_LOSS", "STOP_LOSS_LIMIT"],
  ocoAllowed: true,
  otoAllowed: true,
  opoAllowed: true,
  cancelReplaceAllowed: true,
}

test("docs/exchanges.md has every fact of relay/venues/account, and in the exchanges' sections nothing else", async () => {
  const parts = writtenParts()
  await expect(pageWith(page, parts)).toMatchFileSnapshot(path)
  for (const [name, text] of Object.entries(parts)) expect(page.split(text), name).toHaveLength(2)
  const sections = page.split(/^## /m).filter((section) => /^(Binance|Bybit|Coinbase)\n/.test(section))
  expect(sections).toHaveLength(venueIds.length)
  for (const section of sections)
    expect(section.trim()).toMatch(/^\w+\n\n<!-- written: \w+ -->[\s\S]*<!-- \/written -->$/)
})

test("every sentence of the facts stands on the page", () => {
  const sentences = (value: unknown): string[] => {
    if (typeof value === "string") return [value]
    return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentences) : []
  }
  const said = (sentence: string) => page.toLowerCase().includes(sentence.toLowerCase())
  // What is one word stands in the table, as it is said there.
  for (const { can: _, ...facts } of Object.values(accountFacts)) {
    expect(sentences(facts).filter((sentence) => !said(sentence))).toEqual([])
  }
})

test.each(venueIds)("what the facts say of trading at %s is what its dialect does", (venue) => {
  const dialect = dialects[venue]
  const { feeOfBuy: _, windowS, knowsOurIds, pushesFills, onlyAcknowledges, ...said } = accountFacts[venue].can
  const { orderKinds, ...can } = dialect.termsOf(mainMarket).can
  expect({ ...said, orderKinds: [...said.orderKinds].toSorted() }, `relay/venues/account/${venue}-facts.ts`).toEqual({
    ...can,
    orderKinds: orderKinds.toSorted(),
  })
  expect(windowS * 1000).toBe(dialect.requestLivesMs)
  expect({ knowsOurIds, pushesFills, onlyAcknowledges }).toEqual({
    knowsOurIds: dialect.knowsOurIds,
    pushesFills: dialect.pushesFills,
    onlyAcknowledges: dialect.onlyAcknowledges,
  })
})
