import { expect, test } from "./support.ts"

test("a first visit sees what would have become of $100, before it decides anything", async ({ page }) => {
  await page.goto("/")
  await expect(page.getByTestId("verdict")).toHaveText(
    /^\$100 would have become \$[\d.]+ after \$[\d.]+ in fees; holding would have turned it into \$[\d.]+\. The worst dip was [\d.]+\s%\.$/,
  )
  await expect(page.getByRole("application", { name: /on a sample market/ })).toBeVisible()
  await expect(page.getByText("DEMO DATA")).toBeVisible()
})

test("a template on the home screen leads to its own result with the same money", async ({ page }) => {
  await page.goto("/")
  await page.getByRole("link", { name: /Donchian trend/ }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Donchian trend on DEMO/USD")
  await expect(page.getByTestId("verdict")).toHaveText(/^\$100 would have become/)
})

test("the other way leads to where candles are brought in", async ({ page }) => {
  await page.goto("/")
  await page.getByRole("link", { name: "Bring candles" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Data")
})

/** The compiler is 13 MB to read, and its first compilation is cold. */
const COMPILED_MS = 90_000

test("who wants to write code begins with code that trades", async ({ page }) => {
  test.setTimeout(2 * COMPILED_MS)
  await page.goto("/")
  await page.getByRole("link", { name: "Write code" }).click()
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My code on DEMO/USD")
  await expect(page.getByRole("tab", { name: "Code", selected: true })).toBeVisible()
  await expect(page.getByTestId("verdict")).toHaveText(/^\$100 would have become/, { timeout: COMPILED_MS })
})

test("where the engine cannot be fetched, the screen says so and can try again", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort())
  await page.goto("/")
  await expect(page.getByRole("alert")).toContainText("Try again")
  await page.unroute("**/*.wasm")
  await page.getByRole("button", { name: "Try again" }).click()
  await expect(page.getByTestId("verdict")).toHaveText(/would have become/)
})

test("a browser without WebAssembly gets a sentence, not a white page", async ({ browser, relayUrl }) => {
  const context = await browser.newContext()
  await context.route("**/*.js", async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `delete globalThis.WebAssembly;\n${await response.text()}` })
  })
  const page = await context.newPage()
  await page.goto(relayUrl)
  await expect(page.getByText("This browser cannot run WebAssembly")).toBeVisible()
  await expect(page.getByRole("heading", { name: "Pick a template" })).toBeVisible()
  await context.unrouteAll({ behavior: "ignoreErrors" })
  await context.close()
})
