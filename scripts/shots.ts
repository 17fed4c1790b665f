import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Page } from "playwright"
import { candleCsv, syntheticCandles } from "#engine/candles"
import { minuteStrategy } from "../relay/bots/testing/minute-strategy.ts"
import { startRelay } from "../relay/main.ts"
import { screens } from "../e2e/screens.ts"
import { chromiumArguments, needChromium } from "./chromium.ts"
import { projectPath } from "./project-path.ts"

// Pictures of every screen in shots/, on a phone and a desktop, light and dark. Pass names of screens to choose: npm
// run shots -- /data
const sizes = [
  { width: 360, height: 800 },
  { width: 1280, height: 800 },
]
const themes = ["light", "dark"] as const
/** Until a rising minute has closed at the fast exchange. */
const TRADED_MS = 60_000
/** The compiler is read and started cold. */
const COMPILED_MS = 90_000
/** A thousand combinations, on a busy machine. */
const SEARCHED_MS = 120_000
const wanted = process.argv.slice(2)

await mkdir(projectPath("shots"), { recursive: true })
const home = await mkdtemp(join(tmpdir(), "candlewright-shots-"))
// A fast practice exchange: a bot has traded before its picture is taken.
const practice = { speed: 60, historyDays: 1 }
const relay = await startRelay({ port: 0, dataDir: join(home, "data"), practice, print: () => {} })
/** A link pairs one browser; each paired one makes the next. */
const pairing = { link: relay.pairingLink }
const browser = await chromium.launch({ executablePath: needChromium(), args: chromiumArguments })
for (const theme of themes) {
  for (const viewport of sizes) {
    const context = await browser.newContext({
      viewport,
      colorScheme: theme,
      reducedMotion: "reduce",
      baseURL: relay.url,
    })
    const page = await context.newPage()
    const picture = (name: string) => take(page, `shots/${name}-${viewport.width}-${theme}.png`)
    for (const screen of wanted.length > 0 ? wanted : screens()) {
      await page.goto(screen)
      await picture(screen === "/" ? "home" : screen.slice(1).replaceAll(/\W+/g, "-"))
    }
    if (wanted.length === 0 || wanted.includes("/backtest")) await pictureWhy(page, picture)
    if (wanted.length === 0) await pictureOwnMarket(page, picture)
    if (wanted.length === 0 || wanted.includes("/backtest")) await pictureRules(page, picture)
    if (wanted.length === 0 || wanted.includes("/backtest")) await pictureCode(page, picture)
    if (wanted.length === 0 || wanted.includes("/robustness")) await pictureRobustness(page, picture)
    if (wanted.length === 0 || wanted.includes("/signals/models")) await pictureForecast(page, picture)
    if (wanted.length === 0 || wanted.includes("/library")) await pictureLibrary(page, picture)
    if (wanted.length === 0 || wanted.includes("/library")) await pictureMoved(page, picture)
    if (wanted.length === 0 || wanted.includes("/chat")) await pictureChat(page, picture)
    if (wanted.length === 0 || wanted.includes("/signals")) await pictureSignals(page, picture)
    if (wanted.length === 0 || wanted.includes("/settings") || wanted.includes("/bots"))
      await picturePaired(page, picture)
    if (wanted.length === 0 || wanted.includes("/bots")) await pictureBots(page, picture)
    await context.close()
  }
}
await browser.close()
await relay.stop()
await rm(home, { recursive: true, force: true })

/** What stands behind a press on a result: why, being there again, and a strategy that never trades. */
async function pictureWhy(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/backtest?strategy=rsi-dip")
  await page.getByRole("button", { name: "Next trade" }).click()
  await page.keyboard.press("w")
  await page.getByTestId("why-words").waitFor()
  await picture("why")
  await page.keyboard.press("b")
  await page.getByRole("dialog", { name: "Be there again" }).getByTestId("why-words").waitFor()
  await picture("replay")
  await page.goto("/backtest?strategy=rsi-dip&params=oversold:5")
  await page.getByRole("button", { name: /^Set / }).waitFor()
  await picture("never-traded")
}

/** A search for good values: its settings, while it runs, and what it found. */
async function pictureRobustness(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/robustness")
  await page.getByRole("button", { name: "Which values of Fast average" }).click()
  await page.getByText("More settings").click()
  await picture("robustness-settings")
  await page.getByRole("button", { name: "Find good values" }).click()
  await page.getByText(/coin-flip markets/).waitFor()
  await page.getByRole("button", { name: "Pause" }).click()
  await picture("robustness-paused")
  await page.getByRole("button", { name: "Go on" }).click()
  await page.locator("[data-verdict]").waitFor({ timeout: SEARCHED_MS })
  await picture("robustness-found")
}

/** A forecast that was trained on the sample, and its honest card. */
async function pictureForecast(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/signals/models")
  await page.getByRole("button", { name: "Train it" }).click()
  await page.locator("[data-skill]").waitFor({ timeout: SEARCHED_MS })
  await picture("signals-models-card")
}

/** What is said of the sample, and of a live market once a candle has closed. */
async function pictureSignals(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/signals?market=sample&timeframe=1h")
  await page.getByTestId("stand").waitFor()
  await picture("signals-sample")
}

/** What the chat answers: a card, the same one tested, a change beside it, one question, a refusal. */
async function pictureChat(page: Page, picture: (name: string) => Promise<void>) {
  const say = (words: string) => page.goto(`/chat?say=${encodeURIComponent(words)}`)
  await say("buy the dip on bitcoin but never lose more than 5 dollars a day, and zorblify it")
  await page.getByTestId("card").waitFor()
  await picture("chat-card")
  await page.getByRole("button", { name: "Use it and test it" }).click()
  await page.getByTestId("applied").waitFor()
  await page.getByTestId("verdict").waitFor()
  await picture("chat-tested")
  await page.getByRole("textbox", { name: "Say what to change, or ask" }).fill("make it safer")
  await page.keyboard.press("Enter")
  await page.getByRole("tab", { name: "What changes", selected: true }).waitFor()
  await picture("chat-change")
  await say("scalp on the weekly chart with lots of trades every day")
  await page.getByTestId("answer").waitFor()
  await picture("chat-question")
  await say("give me a strategy that can't lose")
  await page.getByTestId("answer").waitFor()
  await picture("chat-declined")
}

/** Rules being changed: the cards, a formula with a mistake, the list of functions. */
async function pictureRules(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/backtest?strategy=rsi-dip")
  const folded = page.getByRole("button", { name: "Change what is tested" })
  if (await folded.isVisible()) await folded.click()
  await page.getByRole("button", { name: "Change the rules" }).click()
  const buy = page.getByRole("region", { name: "When to buy" })
  await buy.getByRole("button", { name: /^strength crosses/ }).click()
  await page.getByRole("button", { name: "Protection", exact: true }).click()
  await picture("rules")
  await buy.getByRole("button", { name: "Edit as formula" }).click()
  await buy.getByLabel("Formula", { exact: true }).fill("crossunder(strength, oversold) and (close > 1")
  await page.getByTestId("rule-problems").waitFor()
  await picture("rules-with-a-mistake")
  await page.keyboard.press("Control+z")
  await page.getByRole("button", { name: "Add a condition: When to buy" }).click()
  await page.getByRole("dialog").getByRole("option").first().waitFor()
  await page.getByPlaceholder(/^Search/).fill("average")
  await picture("functions")
  await page.keyboard.press("Escape")
}

/** A strategy in code: as it is, with a mistake, with a completion open; rules on their way to code; the JSON. */
async function pictureCode(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/backtest?strategy=grid")
  await page.getByTestId("verdict").waitFor({ timeout: COMPILED_MS })
  await openEditor(page, "code", "Code")
  await page.getByText("Can be run.").waitFor({ timeout: COMPILED_MS })
  await picture("code")
  // Far enough up that the editor of a phone shows it.
  await page.locator(".view-line").filter({ hasText: "most: f64" }).click()
  await page.keyboard.press("End")
  await page.keyboard.press("Enter")
  await page.keyboard.type("more: f64 = this.")
  await page.locator(".suggest-widget.visible").waitFor({ timeout: COMPILED_MS })
  await picture("code-completion")
  await page.keyboard.press("Escape")
  await page
    .getByText(/^Line \d+:/)
    .first()
    .waitFor({ timeout: COMPILED_MS })
  await picture("code-with-a-mistake")
  await page.goto("/backtest?strategy=sma-cross")
  await openEditor(page, "rules", "Code")
  await picture("rules-to-code")
  await page.getByRole("tab", { name: "JSON", exact: true }).click()
  await page.locator(".monaco-editor .view-lines").first().waitFor()
  await picture("json")
}

async function openEditor(page: Page, noun: string, tab: string) {
  const folded = page.getByRole("button", { name: "Change what is tested" })
  if (await folded.isVisible()) await folded.click()
  await page.getByRole("button", { name: `Change the ${noun}` }).click()
  await page.getByRole("tab", { name: tab, exact: true }).click()
}

/** The screens that are empty until a person has imported candles: here a market with a gap and a wick. */
async function pictureOwnMarket(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/data")
  await page
    .getByLabel("Candle files")
    .setInputFiles({ name: "BTCUSDT-1h.csv", mimeType: "text/csv", buffer: Buffer.from(spoiledCsv()) })
  const market = page.getByRole("link", { name: /^BTC\/USDT/ }).first()
  await market.waitFor()
  await picture("data-with-market")
  await market.click()
  await page.getByRole("heading", { level: 1, name: /BTC\/USDT/ }).waitFor()
  await picture("market")
  await page.getByRole("link", { name: "Test on it" }).click()
  await page.getByRole("heading", { level: 1, name: /on BTC\/USDT/ }).waitFor()
  await picture("backtest-of-own-market")
}

/** A library with something in it: a strategy with two versions and a change, its runs, and a link to share. */
async function pictureLibrary(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/backtest?strategy=rsi-dip")
  await page.getByTestId("verdict").waitFor()
  await page.getByRole("button", { name: "Keep", exact: true }).click()
  await page.getByRole("link", { name: "Versions" }).waitFor()
  const isPhone = page.viewportSize()!.width < 1024
  if (isPhone) await page.getByRole("button", { name: "Change what is tested" }).click()
  await moveSlider(page, "Buy below", 5)
  await page.getByRole("button", { name: "Keep as a version" }).click()
  await page.getByText("Version 2.").waitFor()
  await moveSlider(page, "Sell above", 4)
  await page.getByText(/Since version 2/).waitFor()
  if (isPhone) await page.getByRole("button", { name: "Hide what is tested" }).click()
  await picture("backtest-kept")
  await page.getByRole("link", { name: "Versions" }).click()
  await page.getByRole("button", { name: "Compare" }).first().click()
  await picture("library-versions")
  await page.goto("/backtest?strategy=donchian-trend")
  await page.getByTestId("verdict").waitFor()
  await page.getByRole("navigation").getByRole("link", { name: "Library" }).click()
  await picture("library-kept")
  await page.getByRole("button", { name: /^More for/ }).click()
  await page.getByRole("menuitem", { name: "Share as a link" }).click()
  const link = await page.getByLabel(/^Link of/).inputValue()
  await picture("library-share")
  await page.goto("/library/runs")
  await page.getByRole("checkbox").first().waitFor()
  await picture("library-runs-kept")
  for (const box of (await page.getByRole("checkbox").all()).slice(0, 3)) await box.check()
  await page.getByRole("link", { name: /^Compare/ }).click()
  await picture("library-compare-runs")
  await page
    .getByRole("link", { name: /RSI dip/ })
    .first()
    .click()
  await page.getByRole("button", { name: "Repeat this run" }).click()
  await page.getByText("The same result, to the last bit.").waitFor()
  await picture("library-run")
  await page.goto(link)
  await picture("share-opened")
}

/** A TradingView script that came in, with a function we do not have. */
async function pictureMoved(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/library")
  await page
    .getByLabel("Strategy files")
    .setInputFiles(projectPath("engine-wasm/fixtures/scripts/unknown-functions-v5.pine"))
  await page.getByRole("link", { name: "See the script line by line" }).waitFor()
  await picture("library-moved")
  await page.getByRole("link", { name: "See the script line by line" }).click()
  await page.getByRole("list", { name: "Lines of the script" }).waitFor()
  await picture("library-script")
}

/** Settings of a browser that is paired, with a token just made. */
async function picturePaired(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto(pairing.link)
  await page.getByRole("list", { name: "Paired browsers" }).waitFor()
  await page.getByLabel("Name of the program").fill("Spreadsheet")
  await page.getByRole("button", { name: "Make a token" }).click()
  await page.getByLabel("The token").waitFor()
  await picture("settings-paired")
  await page.getByRole("button", { name: "Pair another browser" }).click()
  pairing.link = await page.getByLabel("Open this in the other browser").inputValue()
}

/** A bot from the first press on: its account, what it owns, what it asks before it sells, and the kill switch. */
async function pictureBots(page: Page, picture: (name: string) => Promise<void>) {
  await page.goto("/library")
  const buffer = Buffer.from(JSON.stringify(minuteStrategy({ size: { kind: "quote", amount: 50 } })))
  await page.getByLabel("Strategy files").setInputFiles({ name: "minutes.json", mimeType: "application/json", buffer })
  await page.getByRole("button", { name: /^More for Minutes/ }).click()
  await page.getByRole("menuitem", { name: "Run it on paper" }).click()
  await page.getByRole("heading", { name: "What happens next" }).waitFor()
  await picture("bots-deploy-strategy")
  await page.getByRole("button", { name: "Start it on paper" }).click()
  await page.getByRole("list", { name: "Positions" }).waitFor({ timeout: TRADED_MS })
  await picture("bot")
  await page.getByRole("button", { name: "Sell all and end" }).click()
  await picture("bot-sell")
  await page.keyboard.press("Escape")
  await page.getByRole("button", { name: "Stop everything" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Stop everything" }).click()
  await page.getByText(/The kill switch is on/).waitFor()
  await page.goto("/bots")
  await page.getByRole("list", { name: "Bots" }).waitFor()
  await picture("bots-running")
  await page.getByRole("link", { name: "Risk and events" }).click()
  await picture("bots-events-told")
  await page.getByRole("link", { name: "Accounts" }).click()
  await page.getByRole("list", { name: "Accounts" }).getByRole("link").first().click()
  await page.getByRole("button", { name: "Save" }).waitFor()
  await picture("account")
  await page.getByRole("button", { name: "Release it" }).click()
  await page.goto("/accounts")
  await page.getByRole("button", { name: "Add an account" }).click()
  await page.getByRole("radio", { name: /^Real money/ }).check()
  await picture("account-wizard")
}

async function moveSlider(page: Page, name: string, steps: number) {
  await page.getByRole("slider", { name }).focus()
  for (let step = 0; step < steps; step++) await page.keyboard.press("ArrowRight")
}

function spoiledCsv(): string {
  const lines = [
    ...candleCsv(
      syntheticCandles({
        seed: 11,
        candles: 6000,
        timeframe: "1h",
        startMs: Date.UTC(2025, 0, 1),
        startPrice: 90_000,
        kind: "mixed",
      }),
    ),
  ]
    .join("")
    .trimEnd()
    .split("\n")
  const wick = lines[4000].split(",")
  wick[3] = String(Number(wick[3]) * 0.4)
  return lines.toSpliced(4000, 1, wick.join(",")).toSpliced(2000, 40).join("\n")
}

async function take(page: Page, path: string) {
  // Behind an open dialog it is no heading to anybody who listens.
  await page.locator("h1").first().waitFor()
  // Nothing of a screen may still be on its way: the result of a backtest comes last.
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: projectPath(path), fullPage: true })
  console.log(path)
}
