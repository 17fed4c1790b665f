import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { afterAll, beforeAll, expect, test } from "vitest"
import { webFilesIn, type WebFiles } from "./door/web-files.ts"
import { realSurroundings } from "./surroundings.ts"
import { openedApp, type OpenedApp } from "./testing/opened-app.ts"
import { realVenues } from "#venues"

const script = "console.log(1);".repeat(200)
let folder: string
let webFiles: WebFiles
let relay: OpenedApp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "candlewright-web-"))
  await mkdir(join(folder, "assets"))
  const files = {
    "index.html": "<html>the app</html>",
    "sw.js": "self",
    "manifest.webmanifest": "{}",
    "assets/index-B8hN.js": script,
    "assets/index-B8hN.js.gz": gzipSync(script),
    "assets/index-B8hN.js.br": "packed by brotli",
    "assets/engine-x1.wasm": "wasm",
    "assets/asc-worker-Zz9.js": "asc",
  }
  for (const [name, contents] of Object.entries(files)) await writeFile(join(folder, name), contents)
  webFiles = await webFilesIn(folder, realSurroundings())
  relay = await openedApp({ webFiles, venues: realVenues })
  // Plays the part of a resource with a bug in it.
  relay.app.get("/boom", () => {
    throw new Error("planted")
  })
})

afterAll(async () => {
  await relay.close()
  await rm(folder, { recursive: true })
})

function ask(path: string, { host = "localhost:8787", ...init }: RequestInit & { host?: string } = {}) {
  return relay.app.request(path, { ...init, headers: { host, ...(init.headers as Record<string, string>) } })
}

test("every answer carries the whole content policy: pages, files, the API, refusals and our own bugs", async () => {
  const answers = await Promise.all([
    ask("/"),
    ask("/assets/index-B8hN.js"),
    ask("/api/health"),
    ask("/api/nothing"),
    ask("/", { host: "evil.example" }),
    ask("/boom"),
  ])
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 404, 421, 500])
  for (const { headers } of answers) {
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin")
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin")
    expect(headers.get("x-content-type-options")).toBe("nosniff")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("access-control-allow-origin")).toBeNull()
    expect(headers.get("content-security-policy")!.split("; ")).toEqual([
      "default-src 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      "connect-src 'self' https://data-api.binance.vision https://api.binance.com wss://data-stream.binance.vision wss://stream.binance.com:9443 " +
        "https://api.bybit.com wss://stream.bybit.com https://api.coinbase.com wss://advanced-trade-ws.coinbase.com",
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self' 'unsafe-inline'",
      "require-trusted-types-for 'script'",
      "trusted-types app-worker editorViewLayer richScreenReaderContent domLineBreaksComputer diffReview diffEditorWidget editorGhostText " +
        "stickyScrollViewLayer standaloneColorizer defaultWorkerFactory tokenizeToString dompurify 'allow-duplicates'",
    ])
  }
})

test("only the compiler's own worker may fetch data: addresses", async () => {
  const policyOf = async (path: string) => (await ask(path)).headers.get("content-security-policy")
  expect(await policyOf("/assets/asc-worker-Zz9.js")).toContain("connect-src 'self' data:;")
  expect(await policyOf("/asc-worker-Zz9.js")).toContain("connect-src 'self' https://data-api")
  expect(await policyOf("/assets/x/asc-worker-Zz9.js")).toContain("connect-src 'self' https://data-api")
})

test("a hashed file is kept for a year, the page and the service worker are asked for again each time", async () => {
  const cachingOf = async (path: string) => (await ask(path)).headers.get("cache-control")
  expect(await cachingOf("/assets/index-B8hN.js")).toBe("public, max-age=31536000, immutable")
  expect(await cachingOf("/")).toBe("no-cache")
  expect(await cachingOf("/sw.js")).toBe("no-cache")
  expect(await cachingOf("/api/health")).toBe("no-store")
})

test("a page that has not changed gets a 304 without a body", async () => {
  const etag = (await ask("/")).headers.get("etag")!
  const again = await ask("/", { headers: { "if-none-match": etag } })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe("")
})

test("the compressed twin goes to those who can read it, under the name of the plain file", async () => {
  const packed = await ask("/assets/index-B8hN.js", { headers: { "accept-encoding": "gzip, deflate" } })
  expect(packed.headers.get("content-encoding")).toBe("gzip")
  expect(packed.headers.get("content-type")).toBe("text/javascript; charset=utf-8")
  expect(packed.headers.get("vary")).toBe("accept-encoding")
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(script)
  const brotli = await ask("/assets/index-B8hN.js", { headers: { "accept-encoding": "gzip, br;q=0.9" } })
  expect(brotli.headers.get("content-encoding")).toBe("br")
  const refused = await ask("/assets/index-B8hN.js", { headers: { "accept-encoding": "br;q=0, gzip;q=0.0" } })
  expect(refused.headers.get("content-encoding")).toBeNull()
  expect(await refused.text()).toBe(script)
})

test("a HEAD request answers the length and sends no body", async () => {
  const answer = await ask("/assets/index-B8hN.js", { method: "HEAD" })
  expect(answer.headers.get("content-length")).toBe(String(script.length))
  expect(await answer.text()).toBe("")
})

test("WebAssembly and the web manifest go out under their own types", async () => {
  expect((await ask("/assets/engine-x1.wasm")).headers.get("content-type")).toBe("application/wasm")
  expect((await ask("/manifest.webmanifest")).headers.get("content-type")).toBe("application/manifest+json")
})

test("any page a person opens is the app; a missing file or script is not", async () => {
  const opened = await ask("/backtest/btc", { headers: { "sec-fetch-mode": "navigate" } })
  expect(await opened.text()).toBe("<html>the app</html>")
  const byOldBrowser = await ask("/backtest/btc", { headers: { accept: "text/html,*/*" } })
  expect(byOldBrowser.status).toBe(200)
  expect((await ask("/assets/gone-1234.js", { headers: { "sec-fetch-mode": "no-cors" } })).status).toBe(404)
  expect((await ask("/api/gone", { headers: { "sec-fetch-mode": "navigate", accept: "text/html" } })).status).toBe(404)
})

test("no path leads out of the app's folder", async () => {
  for (const path of [
    "/../package.json",
    "/%2e%2e/package.json",
    "/..%2fpackage.json",
    "/assets/..%2f..%2fetc%2fpasswd",
    "/assets/%00",
    "/C:%5Cboot.ini",
    "//etc/passwd",
  ]) {
    expect((await ask(path)).status, path).toBe(404)
  }
})

test("without a built app the page says how to build it", async () => {
  const empty = await openedApp({ webFiles: await webFilesIn(join(folder, "nowhere"), realSurroundings()) })
  const answer = await empty.ask("GET /", { headers: { "sec-fetch-mode": "navigate" } })
  await empty.close()
  expect(answer.status).toBe(404)
  expect(await answer.text()).toBe('The app is not built yet. Run "npm run build" and start again.\n')
})

test("the API takes JSON only, and at most 256 KiB of it", async () => {
  const post = (type: string, body: string) =>
    ask("/api/health", {
      method: "POST",
      body,
      headers: { "content-type": type, "content-length": String(body.length) },
    })
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/json",
    "application/jsonp",
  ]) {
    expect((await post(type, "{}")).status, type).toBe(415)
  }
  expect((await post("application/json", `"${"x".repeat(256 * 1024)}"`)).status).toBe(413)
  expect((await post("application/json; charset=utf-8", "{}")).status).toBe(404)
})

test("health answers that all is well, and the version", async () => {
  expect(await (await ask("/api/health")).json()).toMatchObject({ status: "ok", version: "1.2.3" })
})

test("a bug of ours is reported to us and explained to the person, without its details", async () => {
  const answer = await ask("/boom")
  expect(await answer.text()).toBe(
    "Candlewright made a mistake and stopped this request. Nothing else was touched; the terminal says more.\n",
  )
  expect(String(relay.bugs.at(-1))).toBe("Error: planted")
})

test("a refusal under /api is JSON with one sentence", async () => {
  const answer = await ask("/api/health", { headers: { origin: "https://evil.example" } })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toEqual({
    error: "Another website tried to use your Candlewright. It was refused, and nothing was changed.",
    code: "foreign-page",
  })
})
