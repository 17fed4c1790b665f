import { measureFirstLoad } from "../bench/first-load.ts"
import { expect, test } from "./support.ts"

test("the home screen needs at most 260 KB of packed JavaScript, workers included, before its first result", async ({
  browser,
  relayUrl,
}) => {
  const { scriptGzipBytes, scripts } = await measureFirstLoad(browser, relayUrl, 1)
  expect(scripts.length, "the page's own script and the worker's").toBeGreaterThan(1)
  expect(scriptGzipBytes, JSON.stringify(scripts, null, 1)).toBeLessThanOrEqual(260_000)
})

test("a screen without a chart fetches none", async ({ page, relayUrl }) => {
  for (const screen of ["data", "library", "settings", "templates"]) {
    const scripts: string[] = []
    const keep = (request: { url: () => string }) => scripts.push(new URL(request.url()).pathname)
    page.on("request", keep)
    await page.goto(`${relayUrl}/${screen}`)
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible()
    page.off("request", keep)
    expect(
      scripts.filter((path) => /\/chart-/.test(path)),
      screen,
    ).toEqual([])
  }
})
