import { policies, scopes, type Policy, type Scope } from "../../door/policy.ts"
import { type Attack, request, type Target, upgrade } from "./attack.ts"

const guarded = (Object.entries(policies) as [string, Policy][]).filter(
  (entry): entry is [string, Scope] => entry[1] !== "everyone",
)

const addressOf = (route: string, id: string) =>
  route
    .replace(/:command/, "pause")
    .replace(/:\w+/g, id)
    .replace(/why$/, "why?atMs=0")

/** Every route with no token, and with each that is not good: 401. With one of too small a scope: 403. */
export function tokenAttacks(target: Target): Attack[] {
  const host = `localhost:${target.port}`
  const [, , secret = ""] = target.admin.split("_")
  const credentials: Record<string, string | undefined> = {
    none: undefined,
    empty: "",
    "of another shape": "Bearer cw_x",
    guessed: `Bearer cw_${target.tokenId}_${"A".repeat(43)}`,
    "with another's id": `Bearer cw_000000000000_${secret}`,
    revoked: target.revoked,
    expired: target.expired,
    "without its scheme": target.admin.replace("Bearer ", ""),
    basic: `Basic ${Buffer.from(target.admin).toString("base64")}`,
  }
  return guarded.flatMap(([route, policy]) => {
    const line = addressOf(route, target.accountId)
    const asked = (headers: string[]) =>
      request({ line, host, headers, body: /^(POST|PUT|PATCH)/.test(line) ? "{}" : undefined })
    return [
      ...Object.entries(credentials).map(([name, credential]) => ({
        name: `${line}, token ${name}`,
        bytes: asked(credential === undefined ? [] : [`Authorization: ${credential}`]),
        statuses: [401],
      })),
      ...scopes.slice(0, scopes.indexOf(policy)).map((scope) => ({
        name: `${line} as ${scope}`,
        bytes: asked([`Authorization: ${target[scope]}`]),
        statuses: [403],
      })),
    ]
  })
}

/** Ids that are nobody's, or written so that they lead elsewhere. */
export function idAttacks({ port, admin }: Target): Attack[] {
  const ids = ["nobody", "..%2f..", "%00", "1%27%20or%20%271", "__proto__", "constructor", "a".repeat(5_000)]
  const addressed = guarded.filter(([route]) => route.includes(":"))
  return addressed.flatMap(([route]) =>
    ids.map((id) => {
      const line = addressOf(route, id)
      const isWriting = /^(POST|PUT|PATCH)/.test(line)
      const body = isWriting ? goodBodies[route] : undefined
      return {
        name: line.slice(0, 80),
        bytes: request({
          line,
          host: `localhost:${port}`,
          headers: [`Authorization: ${admin}`, "Idempotency-Key: attack"],
          body,
        }),
        // What a route takes that is not known here is missed first.
        statuses: isWriting && body === undefined ? [400, 404, 422] : [404, ...unanswered(route)],
      }
    }),
  )
}

/** No exchange runs here, so nobody knows its markets. */
const unanswered = (route: string) => (route.endsWith(":symbol") ? [503] : [])

/** What each addressed route takes, so that only its id is wrong. */
const goodBodies: Record<string, string> = {
  "PATCH /api/accounts/:id": '{"name":"another"}',
  "POST /api/accounts/:id/orders": '{"market":"BTC/USDT","side":"buy","quantity":"1","kind":"market"}',
  "POST /api/reconcile/:id": '{"action":"ignore"}',
  "POST /api/bots/:id/:command": "{}",
  "POST /api/signals/models/:hash/adopt": '{"bot":"nobody"}',
  "PUT /api/accounts/:id/key": JSON.stringify({ apiKey: "a1".repeat(32), secret: "B2".repeat(32) }),
}

/** Proofs of a browser that is paired, for something else than what they are sent with. */
export function proofAttacks(target: Target): Attack[] {
  const { port, device } = target
  const host = `localhost:${port}`
  const [method, path] = ["GET", "/api/accounts"]
  const url = (own: string) => `http://${host}${own}`
  const proof = (claims: Record<string, unknown> = {}) =>
    device.proof({ device: device.id, run: device.run, method, path, url: url(path), ...claims })
  const good = proof()
  const [claims, signature] = good.split(".")
  const flipped = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1)
  const unsigned = Buffer.from(JSON.stringify({ ...JSON.parse(String(Buffer.from(claims, "base64url"))), alg: "none" }))
  const wrong: Record<string, string> = {
    "of another address": proof({ url: url("/api/tokens") }),
    "of another query": proof({ url: url(`${path}?limit=1`) }),
    "of another name of ours": proof({ url: `http://127.0.0.1:${port}${path}` }),
    "of another port": proof({ url: `http://localhost:1${path}` }),
    "of another method": proof({ method: "POST" }),
    "of a method in small letters": proof({ method: "get" }),
    "of another body": proof({ body: "{}" }),
    "from a minute ago": proof({ timeMs: Date.now() - 300_000 }),
    "from the future": proof({ timeMs: Date.now() + 300_000 }),
    "of no time": proof({ timeMs: null }),
    "of endless time": proof({ timeMs: "Infinity" }),
    "of another start": proof({ run: "the start before" }),
    "of another browser": proof({ device: "nobody" }),
    "of every browser": proof({ device: ["a"] }),
    "with a claim too many": proof({ scope: "admin" }),
    "of a short id": proof({ id: "x" }),
    "with another signature": `${claims}.${flipped(signature)}`,
    "with a signature of zeros": `${claims}.${"A".repeat(86)}`,
    "without a signature": `${claims}.`,
    "without claims": `.${signature}`,
    "that says it needs no signature": `${unsigned.toString("base64url")}.${signature}`,
    "in three parts": `${good}.${signature}`,
    "of 16 KiB": `${"A".repeat(15_000)}.${signature}`,
  }
  const asked = (authorization: string) => request({ host, headers: [`Authorization: Proof ${authorization}`] })
  const inAddress = (line: string, own: string) =>
    request({ line: `${line}?proof=${own}`, host, body: line.startsWith("GET") ? undefined : "{}" })
  return [
    ...Object.entries(wrong).map(([name, text]) => ({ name: `a proof ${name}`, bytes: asked(text), statuses: [401] })),
    ...Object.entries(wrong).map(([name, text]) => ({
      name: `a stream with a proof ${name}`,
      bytes: upgrade({ line: "GET /api/accounts", host, headers: [`Authorization: Proof ${text}`] }),
      statuses: [401],
    })),
    ...Object.entries(wrong)
      .slice(0, 6)
      .map(([name, text]) => ({
        name: `in its address a proof ${name}`,
        bytes: inAddress("GET /api/accounts", text),
        statuses: [401],
      })),
    {
      name: "in the address of what changes something, a good proof",
      bytes: inAddress(
        "POST /api/kill",
        proof({ method: "POST", path: "/api/kill", url: url("/api/kill"), body: "{}" }),
      ),
      statuses: [401],
    },
  ]
}

/** Guesses at the link that pairs a browser, and keys that are none. */
export function pairingAttacks({ port, device }: Target, usedLink: string): Attack[] {
  const publicKey = { kty: "EC", crv: "P-256", x: "A".repeat(43), y: "A".repeat(43) }
  const bodies: Record<string, object> = {
    "a used link": { token: usedLink, name: "x", publicKey },
    "a guess": { token: "A".repeat(43), name: "x", publicKey },
    "no token": { token: "", name: "x", publicKey },
    "a list of tokens": { token: [usedLink], name: "x", publicKey },
    "a device's id": { token: device.id, name: "x", publicKey },
    "a private key": { token: usedLink, name: "x", publicKey: { ...publicKey, d: "A".repeat(43) } },
    "a symmetric key": { token: usedLink, name: "x", publicKey: { kty: "oct", k: "AAAA" } },
    "another curve": { token: usedLink, name: "x", publicKey: { ...publicKey, crv: "P-384" } },
    "a key by address": { token: usedLink, name: "x", publicKey: { ...publicKey, x5u: "https://evil.example" } },
    "more than asked": { token: usedLink, name: "x", publicKey, scope: "admin" },
  }
  return Object.entries(bodies).map(([name, body]) => ({
    name: `pairing with ${name}`,
    bytes: request({ line: "POST /api/pair", host: `localhost:${port}`, body: JSON.stringify(body) }),
    statuses: [401, 422],
  }))
}
