import { expect, test } from "./support.ts"

test("a crash is made up by seed, looked at before it is kept, and tested on as what it is", async ({ page }) => {
  await page.goto("/data")
  await page.getByRole("button", { name: "Make one up" }).click()
  const dialog = page.getByRole("dialog", { name: "Make a market up" })
  await expect(dialog.getByRole("img")).toHaveAttribute("aria-label", /^The prices of this made-up market\. From /)
  await dialog.getByLabel("Seed", { exact: true }).fill("7")
  await expect(dialog.getByText("8,760 candles")).toBeVisible()
  await dialog.getByRole("button", { name: "Make it" }).click()
  await expect(page.getByRole("heading", { level: 1, name: "CRASH7/USD 1h" })).toBeVisible()
  await expect(page.getByText("MADE UP", { exact: true })).toBeVisible()
  await expect(page.getByText("Made up: crash, seed 7, from 100")).toBeVisible()
  await expect(page.getByText("Nothing odd in 8,760 candles")).toBeVisible()
  await page.getByRole("link", { name: "Test on it" }).click()
  await expect(page.getByTestId("tested-on")).toContainText(
    "Tested on CRASH7/USD 1h, 1 Jan 2024 to 30 Dec 2024, 8,760 made-up candles.",
  )
})

test("another past of the sample market keeps its timeframe, and the same seed makes the same one", async ({
  page,
}) => {
  const fingerprints: (string | null)[] = []
  for (let time = 0; time < 2; time++) {
    await page.goto("/data")
    await page.getByRole("button", { name: "Make one up" }).click()
    await page.getByLabel("What it is like").selectOption("Another past of one of your markets")
    await page.getByLabel("Drawn from").selectOption("sample")
    await page.getByLabel("Candles that stay together").fill("24")
    await page.getByLabel("Length").selectOption("3 months")
    await page.getByRole("button", { name: "Make it" }).click()
    await expect(page.getByRole("heading", { level: 1, name: /DEMO\/USD redrawn 1/ })).toBeVisible()
    fingerprints.push(await page.locator('[data-hash="market"]').textContent())
  }
  expect(fingerprints[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(fingerprints[1]).toBe(fingerprints[0])
})

test("too long a market is refused before it is made", async ({ page }) => {
  await page.goto("/data")
  await page.getByRole("button", { name: "Make one up" }).click()
  await page.getByLabel("Candles of", { exact: true }).last().selectOption("1m")
  await page.getByLabel("Length").selectOption("5 years")
  await expect(page.getByText("That is more than a million candles.")).toBeVisible()
  await expect(page.getByRole("button", { name: "Make it" })).toBeDisabled()
})

test("from a result one press leads to the same strategy in a made-up crash, made only once", async ({ page }) => {
  await page.goto("/backtest?strategy=buy-and-hold")
  for (let time = 0; time < 2; time++) {
    await page.getByRole("tab", { name: "Repeat or export" }).click()
    await page.getByRole("button", { name: "How would it do in a crash?" }).click()
    await expect(page.getByTestId("tested-on")).toContainText("Tested on CRASH1/USD 1h")
    await expect(page).toHaveURL(/strategy=buy-and-hold/)
    await page.goBack()
    await expect(page.getByTestId("tested-on")).toContainText("Tested on DEMO/USD 1h")
  }
  await page.goto("/data")
  await expect(page.getByRole("heading", { name: "CRASH1/USD 1h" })).toHaveCount(1)
})
