import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { dayAndNightObjections } from "./axe.ts"
import { startExchange } from "./exchange-process.ts"
import { expect, startRelayProcess, stopProcess, test } from "./support.ts"

// A person connects each exchange: a simulated one that speaks its language stands in for it.

const venues = [
  { id: "binance", name: "Binance", money: "USDT", bound: /works from every internet address/ },
  { id: "bybit", name: "Bybit", money: "USDT", bound: /works from every internet address/ },
  { id: "coinbase", name: "Coinbase", money: "USD", bound: /may work from every internet address/ },
] as const
type VenueId = (typeof venues)[number]["id"]
const others = venues.flatMap(({ id: of }) => venues.flatMap((at) => (at.id === of ? [] : [{ of, at }])))

let exchanges: Record<VenueId, Awaited<ReturnType<typeof startExchange>>>
let home: string
let relay: Awaited<ReturnType<typeof startRelayProcess>>

test.describe.configure({ mode: "default" })
test.beforeAll(async () => {
  const started = await Promise.all(venues.map(async ({ id }) => [id, await startExchange(id)] as const))
  exchanges = Object.fromEntries(started) as typeof exchanges
})
test.afterAll(() => Promise.all(Object.values(exchanges).map((each) => stopProcess(each.process))))
test.beforeEach(async ({ page }) => {
  home = await mkdtemp(join(tmpdir(), "candlewright-connect-"))
  const standIns = Object.entries(exchanges).map(([id, { rest }]) => {
    const { origin, host } = new URL(rest)
    return [id, { rest: origin, stream: `ws://${host}` }] as const
  })
  const environment = { CANDLEWRIGHT_VENUES: JSON.stringify(Object.fromEntries(standIns)) }
  relay = await startRelayProcess(join(home, "data"), environment)
  await expect.poll(() => relay.output()).toContain("#pair=")
  await page.goto(/http:\/\/localhost:\d+\/#pair=[\w-]+/.exec(relay.output())![0])
  await expect(page.getByRole("list", { name: "Paired browsers" })).toBeVisible()
})
test.afterEach(async () => {
  await stopProcess(relay.process)
  await rm(home, { recursive: true, force: true })
})

for (const { id, name, money, bound } of venues)
  test(`a key of ${name} is put in, its rights are shown, and its balances are seen`, async ({ page }) => {
    await addAt(page, name)
    await putIn(page, id, exchanges[id])
    await page.getByRole("button", { name: "Check the key and keep it" }).click()
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible()
    await expect(page.getByText(bound)).toBeVisible()
    const key = page.getByRole("region", { name: "Its key" })
    await expect(key).toContainText(`It ends in ${exchanges[id].apiKey.slice(-4)}`)
    await expect(key).toContainText("It can trade, and cannot move money out")
    await expect(page.getByRole("region", { name: "What it has" })).toContainText(`${money}100,000 free`)
  })

for (const { of, at } of others)
  test(`a key of ${of} that is put in at ${at.name} is named, and nothing leaves the page`, async ({ page }) => {
    const sent: string[] = []
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()))
    await addAt(page, at.name)
    await putIn(page, at.id, exchanges[of])
    await page.getByRole("button", { name: "Check the key and keep it" }).click()
    const { name } = venues.find(({ id }) => id === of)!
    await expect(partOf(page, at.id, "apiKey")).toHaveAccessibleDescription(
      new RegExp(`^This looks like a key of ${name}, and the account is at ${at.name}\\..*Nothing was sent`),
    )
    expect(sent).toEqual([])
    await page.getByRole("button", { name: `Choose ${name}` }).click()
    await expect(page.getByRole("combobox", { name: "Exchange" })).toHaveValue(of)
    await expect(page.getByText(/^This looks like/)).toHaveCount(0)
  })

test("all of the file that Coinbase gives fills both fields, and an account is made with the keyboard alone", async ({
  page,
}) => {
  const { apiKey, secret } = exchanges.coinbase
  await addAt(page, "Coinbase")
  await partOf(page, "coinbase", "secret").focus()
  await page.keyboard.insertText(JSON.stringify({ name: apiKey, privateKey: secret }))
  await expect(partOf(page, "coinbase", "apiKey")).toHaveValue(apiKey)
  await page.keyboard.press("Tab")
  await page.keyboard.insertText("By hand")
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { level: 1, name: "By hand" })).toBeVisible()
})

test("connecting each exchange has nothing axe objects to and fits a phone, by day and by night", async ({ page }) => {
  // Axe reads it many times.
  test.slow()
  for (const { name } of venues) {
    await addAt(page, name)
    for (const words of ["What may surprise you", "What Candlewright does there"]) await page.getByText(words).click()
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      expect(await dayAndNightObjections(page), `${name}, ${width} px`).toEqual([])
    }
    await page.keyboard.press("Escape")
  }
})

async function addAt(page: Page, name: string) {
  await page.goto(`${relay.url}/accounts`)
  await page.getByRole("button", { name: "Add an account" }).click()
  await page.getByRole("radio", { name: /^Real money/ }).check()
  await page.getByRole("combobox", { name: "Exchange" }).selectOption({ label: name })
}

function partOf(page: Page, id: VenueId, part: "apiKey" | "secret") {
  const names =
    id === "coinbase" ? { apiKey: "Key name", secret: "Private key" } : { apiKey: "API key", secret: "Secret" }
  return page.getByRole("dialog").getByLabel(names[part], { exact: true })
}

async function putIn(page: Page, id: VenueId, { apiKey, secret }: { apiKey: string; secret: string }) {
  await partOf(page, id, "apiKey").fill(apiKey)
  await partOf(page, id, "secret").fill(secret)
}
