import { expect, test } from "vitest"
import { refusalOf, type Caller } from "./origin-guard.ts"

const ownPage: Caller = {
  method: "POST",
  path: "/api/bots",
  host: "localhost:8787",
  origin: "http://localhost:8787",
  site: "same-origin",
  mode: "cors",
}
const statusFor = (changes: Partial<Caller>) => refusalOf({ ...ownPage, ...changes }, 8787)?.status

test("our own page may come in by each of the three names of this computer", () => {
  for (const host of ["localhost:8787", "127.0.0.1:8787", "[::1]:8787"]) {
    expect(statusFor({ host, origin: `http://${host}` }), host).toBeUndefined()
  }
})

test("a name that is not exactly ours gets a 421, so DNS rebinding finds nothing", () => {
  const foreign = [
    "evil.example:8787",
    "localhost",
    "localhost:8788",
    "localhost.evil.example:8787",
    "LOCALHOST:8787",
    "127.0.0.1.:8787",
    "0.0.0.0:8787",
    "",
    undefined,
  ]
  for (const host of foreign) expect(statusFor({ host, origin: undefined }), String(host)).toBe(421)
})

test("on port 80 browsers leave the port out, and their page may still come in", () => {
  const at80 = (changes: Partial<Caller>) => refusalOf({ ...ownPage, ...changes }, 80)?.status
  for (const host of ["localhost", "localhost:80", "[::1]", "127.0.0.1:80"])
    for (const origin of [undefined, `http://${host.replace(/:80$/, "")}`, `http://${host.replace(/:80$/, "")}:80`])
      expect(at80({ host, origin }), `${host} ${origin}`).toBeUndefined()
  expect(at80({ host: "localhost:8080", origin: undefined })).toBe(421)
  expect(at80({ host: "localhost", origin: "http://localhost:8080" })).toBe(403)
  expect(statusFor({ host: "localhost", origin: undefined })).toBe(421)
})

test("a whole address in the request must be this computer's too", () => {
  expect(statusFor({ whole: "http://localhost:8787/api/bots" })).toBeUndefined()
  for (const whole of ["http://evil.example:8787/", "http://[", "*", "", "evil.example:443", "http://localhost/"])
    expect(statusFor({ whole }), whole).toBe(421)
})

test("a page of another origin is refused, even one on another port of this computer", () => {
  for (const origin of [
    "https://evil.example",
    "http://localhost:3000",
    "http://127.0.0.1:8787",
    "https://localhost:8787",
    "null",
    "",
  ]) {
    expect(statusFor({ origin }), origin).toBe(403)
  }
})

test("without an Origin header the browser's Sec-Fetch headers decide", () => {
  expect(statusFor({ origin: undefined, site: "cross-site" })).toBe(403)
  expect(statusFor({ origin: undefined, site: "same-site" })).toBe(403)
  expect(statusFor({ origin: undefined, site: "none" })).toBeUndefined()
})

test("a command-line program, which sends neither Origin nor Sec-Fetch headers, may come in", () => {
  expect(statusFor({ origin: undefined, site: undefined, mode: undefined })).toBeUndefined()
})

test("a link on another site may open the app in a tab, but neither the API, nor a frame, nor a form post", () => {
  const link = {
    origin: undefined,
    site: "cross-site",
    mode: "navigate",
    destination: "document",
    method: "GET",
    path: "/backtest",
  }
  expect(statusFor(link)).toBeUndefined()
  expect(statusFor({ ...link, path: "/api/health" })).toBe(403)
  expect(statusFor({ ...link, destination: "iframe" })).toBe(403)
  expect(statusFor({ ...link, method: "POST" })).toBe(403)
})
