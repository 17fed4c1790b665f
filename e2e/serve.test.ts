import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, startRelayProcess, stopProcess, test } from "./support.ts"

test("two starts of the command answer side by side, each prints one address, and both stop cleanly", async () => {
  const home = await mkdtemp(join(tmpdir(), "candlewright-serve-"))
  const first = await startRelayProcess(join(home, "data"))
  const port = new URL(first.url).port
  const second = await startRelayProcess(join(home, "other"), { PORT: port })
  expect(first.output()).toMatch(
    new RegExp(`^Candlewright is running at ${first.url}\n.*: ${first.url}/#pair=[\\w-]{43}\n$`),
  )
  expect(second.output()).toContain(
    `Port ${port} is taken, so Candlewright uses ${new URL(second.url).port}.\nCandlewright is running at ${second.url}\n`,
  )
  for (const { url } of [first, second]) {
    const page = await fetch(url)
    expect(await page.text()).toContain("<title>Candlewright</title>")
    expect(page.headers.get("content-encoding")).toMatch(/^(br|gzip)$/)
    expect(await (await fetch(`${url}/api/health`)).json()).toMatchObject({ status: "ok" })
  }
  expect(await stopProcess(first.process)).toBe(0)
  expect(await stopProcess(second.process)).toBe(0)
  await rm(home, { recursive: true, force: true })
})

test("the engine goes out as WebAssembly, packed, to be kept for a year", async ({ page, relayUrl }) => {
  const engine = page.waitForResponse(/\/assets\/engine-[\w-]+\.wasm$/)
  await page.goto(relayUrl)
  const headers = await (await engine).allHeaders()
  expect(headers["content-type"]).toBe("application/wasm")
  expect(headers["content-encoding"]).toBe("br")
  expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable")
})
