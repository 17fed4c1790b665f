import { expect, test } from "vitest"
import { type Entrance, Front } from "./front.ts"
import { entranceOf, type Caller } from "./origin-guard.ts"
import { Refusal } from "./refusal.ts"

const ownPage: Caller = {
  method: "POST",
  path: "/api/bots",
  host: "localhost:8787",
  from: "127.0.0.1",
  isEncrypted: false,
  forwardedFor: undefined,
  forwardedProto: undefined,
  origin: "http://localhost:8787",
  site: "same-origin",
  mode: "cors",
}

/** The status of the refusal, or how it came in. */
function judged(caller: Caller, front: Front): Entrance | number {
  try {
    return entranceOf(caller, front)
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.status
    throw refusal
  }
}

function statusAt(front: Front, caller: Caller): number | undefined {
  const answer = judged(caller, front)
  return typeof answer === "number" ? answer : undefined
}

const statusFor = (changes: Partial<Caller>) => statusAt(new Front(8787), { ...ownPage, ...changes })

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
  const at80 = (changes: Partial<Caller>) => statusAt(new Front(80), { ...ownPage, ...changes })
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

const proxied = {
  ...ownPage,
  host: "bots.example.org",
  origin: "https://bots.example.org",
  from: "172.18.0.2",
  forwardedFor: "203.0.113.7",
  forwardedProto: "https",
}
const isProxy = (address: string) => address.startsWith("172.18.0.")
const open = new Front(8787, { origin: "https://bots.example.org", isProxy })
const openly = (changes: Partial<Caller>) => judged({ ...proxied, ...changes }, open)

test("through the declared proxy a page of the public address comes in, as the sender that the proxy names", () => {
  const entrance = { origin: "https://bots.example.org", isPublic: true, from: "203.0.113.7" }
  expect(openly({})).toEqual(entrance)
  expect(openly({ host: "bots.example.org:443" })).toEqual(entrance)
  expect(openly({ forwardedProto: undefined })).toEqual(entrance)
})

test("what stands before the proxies' own words is forged: the sender is the last that is no proxy", () => {
  const from = (forwardedFor: string | undefined) => (openly({ forwardedFor }) as Entrance).from
  expect(from("127.0.0.1, 203.0.113.7")).toBe("203.0.113.7")
  expect(from("203.0.113.7, 172.18.0.9")).toBe("203.0.113.7")
  expect(from(undefined)).toBe("172.18.0.2")
  expect(from("here")).toBe("172.18.0.2")
  expect(from("203.0.113.7, <script>")).toBe("172.18.0.2")
})

test("the public name without the proxy and without our TLS finds nothing, whatever it says of itself", () => {
  for (const from of ["203.0.113.7", "127.0.0.1", "::ffff:203.0.113.7", undefined]) expect(openly({ from })).toBe(403)
  expect(openly({ forwardedProto: "http" })).toBe(403)
  expect(openly({ from: "203.0.113.7", isEncrypted: true })).toMatchObject({ isPublic: true, from: "203.0.113.7" })
})

test("a page of any other origin is foreign to the public address too", () => {
  for (const origin of ["http://bots.example.org", "https://bots.example.org:8443", "https://example.org", "null"])
    expect(openly({ origin }), origin).toBe(403)
  expect(openly({ whole: "https://evil.example/" })).toBe(421)
  expect(openly({ host: "evil.example" })).toBe(421)
})

test("this computer's own names are for this computer alone, and not for what a proxy carries", () => {
  const own = { host: "localhost:8787", origin: undefined, forwardedFor: undefined, forwardedProto: undefined }
  for (const from of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    expect(openly({ ...own, from })).toMatchObject({ isPublic: false, from })
  for (const from of ["203.0.113.7", "172.18.0.2", "10.0.0.1"]) expect(openly({ ...own, from }), from).toBe(421)
  expect(openly({ ...own, from: "127.0.0.1", forwardedFor: "203.0.113.7" })).toBe(421)
  expect(openly({ ...own, from: "127.0.0.1", isEncrypted: true })).toBe(421)
})
