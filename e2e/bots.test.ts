import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect as expectOf, type Page } from "@playwright/test"
import { minuteStrategy } from "../relay/bots/testing/minute-strategy.ts"
import { type Relay, startRelay } from "../relay/main.ts"
import { objections } from "./axe.ts"
import { sellByHand } from "./sold-by-hand.ts"
import { expect, test } from "./support.ts"

// Bots on the screen, at the practice exchange, an hour a minute.

let home: string
let relay: Relay

test.beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "candlewright-bots-"))
  relay = await startRelay(options())
})
test.afterEach(async () => {
  await relay.stop()
  await rm(home, { recursive: true, force: true })
})

function options(port = 0) {
  return { port, dataDir: join(home, "data"), practice: { speed: 60, historyDays: 1 }, print: () => {} }
}

/** Buys on the first rising minute, and sells only by its stop. */
const buysAndHolds = minuteStrategy({
  size: { kind: "quote", amount: 50 },
  long: { enter: { all: ["close > open"] }, exit: { any: ["close < open / 2"] } },
  protect: { stopLoss: { kind: "percent", percent: 20 } },
})

/** A minute of the fast exchange is a second; its candles also wait for this computer's other work. */
const patiently = expectOf.configure({ timeout: 60_000 })

test("a strategy of the library is started on paper, buys with a stop, goes on without its tab, and is sold and ended", async ({
  page,
  context,
}) => {
  test.slow()
  await pair(page)
  await takeIn(page, buysAndHolds)
  await page.getByRole("button", { name: /^More for Minutes/ }).click()
  await page.getByRole("menuitem", { name: "Run it on paper" }).click()
  await expect(page.getByText("PAPER", { exact: true })).toBeVisible()
  await page.getByRole("button", { name: "Start it on paper" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Minutes", exact: true })).toBeVisible()
  await boughtWithAStop(page)
  const address = page.url()
  await page.close()

  const later = await context.newPage()
  await later.goto(`${relay.url}/bots`)
  await expect(later.getByTestId("bot-status")).toHaveText("Running")
  await later.getByRole("list", { name: "Bots" }).getByRole("link", { name: "Minutes" }).click()
  expect(later.url()).toBe(address)
  await boughtWithAStop(later)
  await saysWhyAtACandle(later)
  await later.getByRole("button", { name: "Pause entries" }).click()
  await expect(later.getByTestId("bot-status")).toHaveText("Paused, no new entries")
  await later.getByRole("button", { name: "Resume" }).click()
  await expect(later.getByTestId("bot-status")).toHaveText("Running")
  await later.getByRole("button", { name: "Sell all and end" }).click()
  await later.getByRole("dialog").getByRole("button", { name: "Sell all and end" }).click()
  await patiently(later.getByTestId("bot-status")).toHaveText("Ended")
  await expect(later.getByText("Nothing now: all its money is in USDT.")).toBeVisible()
  await expect(later.getByLabel(/while the bot ran\. The candles of its time, with 1 trade/)).toBeVisible()
  await comparesWithItsBacktest(later)
  await later.getByRole("tab", { name: "Trades" }).click()
  await expect(later.getByRole("region", { name: "Trades" }).getByRole("row").nth(1)).toContainText("$")
  await later.getByRole("button", { name: "Remove it from the list" }).click()
  await expect(later.getByRole("heading", { name: "No bots yet" })).toBeVisible()
})

test("one press starts a bot from the empty list; with the relay away the screen says so, keeps what it knew, and goes on by itself", async ({
  page,
}) => {
  test.slow()
  await pair(page)
  await page.goto(`${relay.url}/bots`)
  await page.getByRole("button", { name: "Start on paper: Moving average cross" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Moving average cross" })).toBeVisible()
  await patiently(page.getByTestId("bot-status")).toHaveText("Running")
  await page.goto(`${relay.url}/bots`)
  await expect(page.getByTestId("bot-status")).toHaveText("Running")
  const { port } = relay
  await relay.stop()
  await patiently(page.getByText(/The relay does not answer.*What you see is from before/)).toBeVisible()
  await expect(page.getByTestId("bot-status")).toHaveText(/^Relay not reached since \d/)
  await expect(page.getByRole("link", { name: "Moving average cross" })).toBeVisible()
  relay = await startRelay(options(port))
  expect(relay.port).toBe(port)
  await patiently(page.getByText(/What you see is from before/)).toBeHidden()
  await patiently(page.getByTestId("bot-status")).toHaveText("Running")
})

test("what the relay refuses is said at its place, and nothing is started", async ({ page }) => {
  await pair(page)
  await page.goto(`${relay.url}/bots/deploy?strategy=rsi-dip`)
  await page.getByLabel("Money, in USDT").fill("20000")
  await page.getByRole("button", { name: "Start it on paper" }).click()
  await expect(page.getByLabel("Money, in USDT")).toHaveAccessibleDescription(/The account has 10000 USDT/)
  await page.getByLabel("Money, in USDT").fill("100")
  await page.getByRole("button", { name: "Leave out BTC/USDT" }).click()
  await expect(page.getByRole("button", { name: "Start it on paper" })).toBeDisabled()
  await page.goto(`${relay.url}/bots`)
  await expect(page.getByRole("heading", { name: "No bots yet" })).toBeVisible()
})

test("the kill switch is in the frame of every screen, keeps a bot from buying, and is released; each refusal appears as it happens", async ({
  page,
}) => {
  test.slow()
  await pair(page)
  const stop = page.getByRole("button", { name: "Stop everything" })
  // Neither a result nor what stands behind the switch has come: it is there with the frame.
  await page.route(/\/assets\/(backtest-worker|kill-watch)-/, () => {})
  await page.route(/\/assets\/kill-dialog-/, (route) => route.abort())
  await page.goto(relay.url)
  await expect(stop).toBeVisible()
  await stop.click()
  await expect(page.getByText(/^Nothing was stopped: this part of Candlewright could not be fetched/)).toBeVisible()
  await page.unrouteAll({ behavior: "ignoreErrors" })
  await page.goto(`${relay.url}/library`)
  await stop.press("Enter")
  await page.getByRole("dialog").getByRole("button", { name: "Stop everything" }).click()
  const banner = page.getByText(/The kill switch is on: nothing is bought/)
  await expect(banner).toBeVisible()
  await takeIn(page, buysAndHolds)
  await page.getByRole("button", { name: /^More for Minutes/ }).click()
  await page.getByRole("menuitem", { name: "Run it on paper" }).click()
  await page.getByRole("button", { name: "Start it on paper" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Minutes", exact: true })).toBeVisible()
  await page.getByRole("link", { name: "Bots" }).click()
  await page.getByRole("link", { name: "Risk and events" }).click()
  await expect(page.getByText("Live: what happens appears by itself.")).toBeVisible()
  const told = page.getByRole("list", { name: "What happened to all bots" }).getByRole("listitem")
  await patiently(told.filter({ hasText: /kill switch/ }).first()).toBeVisible()
  await expect(told.first().getByRole("link", { name: "Minutes" })).toBeVisible()
  await expect(banner).toBeVisible()
  await page.getByRole("button", { name: "Release it" }).click()
  await expect(banner).toBeHidden()
  await told.first().getByRole("link", { name: "Minutes" }).click()
  await boughtWithAStop(page)
})

const looks = [
  ["light", 1280],
  ["dark", 360],
] as const

test("coins sold by hand are a question with three answers; bought back, it is settled; on a phone by night and at a desk by day", async ({
  page,
}) => {
  test.slow()
  const isFine = async () => {
    for (const [colorScheme, width] of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
      await page.setViewportSize({ width, height: 800 })
      await page.locator(`html[data-theme=${colorScheme}]`).waitFor({ state: "attached" })
      expect(await objections(page), `${colorScheme} ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
  }
  await page.emulateMedia({ reducedMotion: "reduce" })
  await pair(page)
  await page.goto(`${relay.url}/bots/reconcile`)
  await page.getByRole("heading", { name: "Everything a bot holds is there" }).waitFor()
  await isFine()
  await takeIn(page, buysAndHolds)
  await page.getByRole("button", { name: /^More for Minutes/ }).click()
  await page.getByRole("menuitem", { name: "Run it on paper" }).click()
  await page.getByRole("button", { name: "Start it on paper" }).click()
  await boughtWithAStop(page)
  await sellByHand(relay, "0.00032")
  await patiently(page.getByText(/The exchange has less than this bot holds/)).toBeVisible()
  await isFine()
  await page.getByRole("link", { name: "Answer in the inbox" }).press("Enter")
  await expect(page.getByRole("link", { name: "Inbox 1 waiting" })).toBeVisible()
  const missing = page.getByRole("list", { name: "What is missing" }).getByRole("listitem")
  await expect(missing.getByRole("heading")).toHaveText(
    /^The exchange says 0\.0005\d* BTC, the bot says 0\.0008\d* BTC: did you sell 0\.00032 BTC by hand\?$/,
  )
  await isFine()
  await missing.getByRole("button", { name: "I put them back" }).press("Enter")
  await expect(missing.getByText(/^You said that you know/)).toBeVisible()
  await expect(page.getByRole("link", { name: "Inbox", exact: true })).toBeVisible()
  await missing.getByRole("button", { name: "Buy them back…" }).click()
  await page.getByText(/^About \$\d+\.\d+ of the account's money is spent now/).waitFor()
  await isFine()
  await page.getByRole("dialog").getByRole("button", { name: "Buy them back" }).click()
  await patiently(page.getByRole("heading", { name: "Everything a bot holds is there" })).toBeVisible()
})

test("a key with a space in it is refused at its place; a looser limit waits for the next day, a tighter one does not", async ({
  page,
}) => {
  await pair(page)
  await page.goto(`${relay.url}/accounts`)
  await page.getByRole("button", { name: "Add an account" }).click()
  await page.getByRole("radio", { name: /^Real money/ }).check()
  await page.getByLabel("API key").fill("two words")
  await page.getByLabel("Secret", { exact: true }).fill("secret")
  await page.getByRole("button", { name: "Check the key and keep it" }).click()
  await expect(page.getByLabel("API key")).toHaveAccessibleDescription(/There is a space/)
  await page.getByRole("radio", { name: /^Practice/ }).check()
  await page.getByRole("button", { name: "Make it" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "Practice" })).toBeVisible()
  await expect(page.getByRole("region", { name: "What it has" })).toContainText("10,000 free")
  const daily = page.getByRole("slider", { name: "Loss of one day, %" })
  await daily.press("ArrowRight")
  await expect(page.getByText("From tomorrow (UTC): loss of one day, % 3.5.")).toBeVisible()
  await page.getByRole("slider", { name: "Risk of one trade, %" }).press("ArrowLeft")
  await page.getByRole("button", { name: "Save" }).click()
  await expect(page.getByText(/^From .*: loss of one day, % 3.5\. Until then, what held before/)).toBeVisible()
  await page.reload()
  await expect(page.getByRole("slider", { name: "Risk of one trade, %" })).toHaveAttribute("aria-valuenow", "0.9")
  await page.getByRole("button", { name: "Remove this account" }).click()
  await page.getByRole("button", { name: "Remove it" }).click()
  await expect(page.getByRole("heading", { name: "No accounts yet" })).toBeVisible()
})

test("what stands between a strategy and real money is a list: what to do, what is typed by hand, and what can be gone without", async ({
  page,
}) => {
  await pair(page)
  await takeIn(page, buysAndHolds)
  await page.getByRole("button", { name: /^More for Minutes/ }).click()
  await page.getByRole("menuitem", { name: "Run it on paper" }).click()
  await page.getByRole("heading", { name: "What happens next" }).waitFor()
  const asked = await withRealMoney(page)
  await page.goto(`${page.url()}&account=live1`)
  const gate = page.getByRole("region", { name: "Before real money" })
  const line = (words: string) => gate.getByRole("listitem").filter({ hasText: words })
  await expect(line("made-up money").getByLabel("Still wanted")).toBeVisible()
  await expect(line("stops for the day").getByLabel("Done")).toBeVisible()
  await expect(line("may move money out").getByRole("link", { name: "Open the account" })).toBeVisible()
  for (const [colorScheme, width] of [
    ["dark", 360],
    ["light", 1280],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.setViewportSize({ width, height: 800 })
    expect(await objections(page), colorScheme).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
  await gate.getByLabel("To go without paper, type: without paper").fill("without paper")
  await gate.getByLabel(/^Amount at risk, typed by hand/).fill("100")
  await expect(line("made-up money").getByLabel("Done")).toBeVisible()
  expect(asked.at(-1)?.confirm).toEqual({ amountAtRisk: "100", withoutPaper: "without paper" })
  await expect(page.getByRole("button", { name: "Start it with real money" })).toBeVisible()
})

for (const [colorScheme, width] of [
  ["dark", 360],
  ["light", 1280],
] as const)
  test(`bots, accounts and what they show have nothing axe objects to, in ${colorScheme} at ${width} px`, async ({
    page,
  }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" })
    await page.setViewportSize({ width, height: 800 })
    await pair(page)
    const fine = async (what: string) => {
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0)
      expect(await objections(page), what).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), what).toBeLessThanOrEqual(width)
    }
    await page.goto(`${relay.url}/bots`)
    await page.getByRole("heading", { name: "No bots yet" }).waitFor()
    await fine("no bots")
    await page.goto(`${relay.url}/bots/deploy`)
    await page.getByRole("heading", { name: "Templates" }).waitFor()
    await fine("the choice of a strategy")
    await takeIn(page, buysAndHolds)
    await page.getByRole("button", { name: /^More for Minutes/ }).click()
    await page.getByRole("menuitem", { name: "Run it on paper" }).click()
    await page.getByRole("heading", { name: "What happens next" }).waitFor()
    await fine("a deployment")
    await page.getByRole("button", { name: "Start it on paper" }).click()
    await patiently(page.getByRole("list", { name: "Positions" })).toBeVisible()
    await page.getByRole("button", { name: "Pause entries" }).click()
    for (const tab of await page.getByRole("tab").all()) {
      await tab.click()
      await fine((await tab.textContent()) ?? "")
    }
    await page.getByRole("button", { name: "Sell all and pause" }).click()
    await fine("a sale's question")
    await page.goto(`${relay.url}/bots`)
    await page.getByRole("list", { name: "Bots" }).waitFor()
    await fine("bots")
    await page.getByRole("link", { name: "Risk and events" }).click()
    await page.getByRole("switch").click()
    await page.getByRole("list", { name: "What happened to all bots" }).waitFor()
    await fine("events")
    await page.getByRole("button", { name: "Stop everything" }).click()
    await fine("the kill switch")
    await page.getByRole("dialog").getByRole("button", { name: "Stop everything" }).click()
    await page.getByText(/The kill switch is on/).waitFor()
    await fine("the kill switch while it is on")
    await page.goto(`${relay.url}/accounts`)
    await page.getByRole("list", { name: "Accounts" }).waitFor()
    await fine("accounts")
    await page.getByRole("button", { name: "Add an account" }).click()
    for (const kind of ["Practice", "Test network", "Real money"]) {
      await page.getByRole("radio", { name: new RegExp(`^${kind}`) }).check()
      await fine(kind)
    }
    await page.keyboard.press("Escape")
    await page.getByRole("list", { name: "Accounts" }).getByRole("link").first().click()
    await page.getByRole("button", { name: "Save" }).waitFor()
    await fine("an account")
  })

/** An account with real money and its gate, as a relay with such an account tells of them. Returns what was asked. */
async function withRealMoney(page: Page): Promise<{ confirm?: object }[]> {
  const asked: { confirm?: object }[] = []
  const isWithout = () => JSON.stringify(asked.at(-1)?.confirm ?? {}).includes("without paper")
  const line = (name: string, words: string, more: object = {}) => ({
    line: name,
    isMet: true,
    words,
    todo: null,
    field: "accountId",
    override: null,
    ...more,
  })
  const paper = "Minutes ran with made-up money for 2.1 days and ended 4 trades."
  const lines = () => [
    line("paper", paper, {
      isMet: isWithout(),
      todo: isWithout() ? null : "Run it on paper for 7 days or 20 trades first.",
      field: "confirm.withoutPaper",
      override: { field: "confirm.withoutPaper", phrase: "without paper" },
    }),
    line("key", "The account's key may move money out by now.", { isMet: false, todo: "Untick it." }),
    line("dailyLoss", "The account stops for the day after a loss of 3 %."),
  ]
  const live = { id: "live1", name: "Own money", venue: "binance", mode: "live", createdMs: 1, isStandIn: false }
  const account = { ...live, key: null, warnings: [], risk: { dailyLossPercent: 3 }, riskLater: null }
  await page.route("**/api/accounts", (route) => route.fulfill({ json: { items: [account], next: null } }))
  await page.route("**/api/bots/gate", (route) => {
    asked.push(route.request().postDataJSON() as { confirm?: object })
    return route.fulfill({ json: { isOpen: false, lines: lines() } })
  })
  return asked
}

async function pair(page: Page) {
  await page.goto(relay.pairingLink)
  await expect(page.getByText("THIS BROWSER", { exact: true })).toBeVisible()
}

async function takeIn(page: Page, strategy: object) {
  await page.goto(`${relay.url}/library`)
  const buffer = Buffer.from(JSON.stringify(strategy))
  await page.getByLabel("Strategy files").setInputFiles({ name: "minutes.json", mimeType: "application/json", buffer })
  await page.getByRole("button", { name: /^More for Minutes/ }).waitFor()
}

async function boughtWithAStop(page: Page) {
  await patiently(page.getByRole("list", { name: "Positions" }).getByText(/^[\d,.]+ \([\d.]+.% below\)$/)).toBeVisible()
}

/** By the key at the newest candle, then by a press on another: the conditions, with what followed. */
async function saysWhyAtACandle(page: Page) {
  const why = page.getByRole("region", { name: "Why?" })
  const chart = page.getByRole("application", { name: /candles, live/ })
  await patiently(chart).toBeVisible()
  await page.keyboard.press("w")
  await expect(why.getByTestId("why-words")).toHaveText(
    /It held its position|It sold|It did not buy|At the close|It bought/,
  )
  await expect(why.getByRole("heading", { name: "To buy, this must be so" })).toBeVisible()
  await why.getByRole("button", { name: "Candle before" }).click()
  await expect(why).toContainText(/What happened until the next candle|Nothing else happened|did not decide/)
  await page.keyboard.press("Escape")
  await expect(why).toBeHidden()
  const box = (await chart.boundingBox())!
  await page.mouse.click(box.x + box.width / 3, box.y + box.height / 2)
  await expect(why.getByTestId("why-candle")).toBeVisible()
  expect(await objections(page)).toEqual([])
  await why.getByRole("button", { name: "Close the answer" }).click()
}

/** The card says whether live and backtest agree, and the curve gets its backtest beside it. */
async function comparesWithItsBacktest(page: Page) {
  await page.getByRole("button", { name: "Compare with its backtest" }).click()
  await patiently(page.getByTestId("parity")).toHaveText(/Live and backtest agree|difference/)
  await expect(page.getByText(/it decides (the same at every candle|as it did), to the last bit/)).toBeVisible()
  await page.getByRole("tab", { name: "Money over time" }).click()
  await expect(page.getByRole("img", { name: /Its backtest/ })).toBeVisible()
  expect(await objections(page)).toEqual([])
}
