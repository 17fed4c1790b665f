import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { boundedAnswer, modelHostOf, type ModelFetch, type ModelPiece, relayedModel } from "#models"
import {
  calls,
  chunk,
  type ModelServer,
  page,
  says,
  type ServersAct,
  startModelServer,
  status,
  streamsBytes,
} from "../models/testing/model-server.ts"
import { VirtualWorld } from "../models/testing/virtual-world.ts"
import { filesUnder, findSecrets } from "../testing/secret-search.ts"
import { openedApp, type OpenedApp, PORT } from "../testing/opened-app.ts"

// A key for models in the relay, and a model's server on this computer: what goes there, what comes back, what stays.

const KEY = "sk-only-the-owner-knows-0123456789"
let relay: OpenedApp
let admin: Record<string, string>
let server: ModelServer
let script: ServersAct[]

beforeEach(async () => {
  relay = await openedApp()
  admin = await relay.bearer("admin")
  script = []
  server = await startModelServer({ script: () => script.shift() ?? says("Buy."), models: ["a", "b"] })
})

afterEach(async () => {
  await server.close()
  await relay.close()
  if (relay.bugs.length > 0) throw relay.bugs[0]
})

const wanted = (changes: object = {}) => ({
  name: "mine",
  host: "other",
  baseUrl: server.baseUrl,
  isLocal: true,
  key: KEY,
  ...changes,
})
const keep = async (changes: object = {}) => {
  const answer = await relay.ask("POST /api/model-keys", { headers: admin, body: wanted(changes) })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}
const question = { model: "m", messages: [{ role: "user", content: "hi" }], stream: true }
const ask = (id: string, headers = admin, body: object = question) =>
  relay.ask(`POST /api/model-keys/${id}/chat/completions`, { headers, body })

/** The same provider as in a page; the relay answers without a port. */
function modelOf(keyId: string) {
  const relayUrl = `http://localhost:${PORT}`
  const fetch: ModelFetch = async (address, { method, headers, body }) =>
    relay.ask(`${method} ${address.slice(relayUrl.length)}`, { headers: { ...headers, ...admin }, text: body })
  return relayedModel({ host: modelHostOf("openai"), target: "api.openai.com", keyId, model: "m", relayUrl, fetch })
}

async function answerFrom(keyId: string) {
  const pieces: ModelPiece[] = []
  const request = { messages: [{ role: "user", text: "hi" }], answer: { kind: "text" }, mostOutputTokens: 10 } as const
  const asked = { provider: modelOf(keyId), request, world: new VirtualWorld(), signal: new AbortController().signal }
  for await (const piece of boundedAnswer(asked)) pieces.push(piece)
  return pieces
}

const failureFrom = (keyId: string) =>
  answerFrom(keyId).then(
    () => undefined,
    (error: unknown) => error,
  )

describe("a key", () => {
  test("is kept, shown by its last letters, replaced, and removed", async () => {
    const { status: added, body } = await keep()
    expect(added).toBe(201)
    expect(body).toMatchObject({
      name: "mine",
      host: "other",
      target: new URL(server.baseUrl).host,
      last4: "6789",
      version: 1,
    })
    const replaced = await relay.ask(`PUT /api/model-keys/${body.id}`, {
      headers: admin,
      body: { key: "sk-another-one-aBcD" },
    })
    expect(await replaced.json()).toMatchObject({ last4: "aBcD", version: 2 })
    await ask(body.id)
    expect(server.heard[0].headers.authorization).toBe("Bearer sk-another-one-aBcD")
    expect((await relay.ask(`DELETE /api/model-keys/${body.id}`, { headers: admin })).status).toBe(204)
    expect((await ask(body.id)).status).toBe(404)
    expect(await (await relay.ask("GET /api/model-keys", { headers: admin })).json()).toEqual({ items: [], next: null })
  })

  test("is in no answer, no file, and no log, however often it is used and refused", async () => {
    const { body } = await keep()
    script = [says(`echo ${"x".repeat(10)}`), status(401, "bad key"), page(200)]
    const texts: string[] = [JSON.stringify(body)]
    for (let n = 0; n < 3; n++) texts.push(await (await ask(body.id)).text())
    for (const path of ["model-keys", "audit"])
      texts.push(await (await relay.ask(`GET /api/${path}`, { headers: admin })).text())
    expect(texts.join("")).toContain("model-key.added")
    const answers = texts.map((text, n) => ({ name: `answer ${n}`, bytes: Buffer.from(text) }))
    expect(findSecrets([...(await filesUnder(relay.home)), ...answers], { key: KEY })).toEqual([])
  })

  test.each([
    ["an address inside a private network", { baseUrl: "https://192.168.1.7/v1", isLocal: false }, /private network/],
    ["plain http on the internet", { baseUrl: "http://api.example.com/v1", isLocal: false }, /not encrypted/],
    ["a public address called local", { baseUrl: "https://93.184.216.34/v1", isLocal: true }, /not on this computer/],
    [
      "another address for a named host",
      { host: "openai", baseUrl: "https://evil.example/v1", isLocal: false },
      /address of its own/,
    ],
    ["a password in the address", { baseUrl: "https://a:b@example.com/v1", isLocal: false }, /name or password/],
    ["no address", { baseUrl: undefined, isLocal: false }, /is no address/],
    ["a key of two words", { key: "sk 1" }, /one word/],
    ["a host nobody knows", { host: "evil" }, /host/],
  ])("is not taken for %s", async (_, changes, words) => {
    const { status: refused, body } = await keep(changes)
    expect(refused).toBe(422)
    expect(body.error).toMatch(words)
  })

  test("is the twenty-first that is too many", async () => {
    for (let n = 0; n < 20; n++) expect((await keep()).status).toBe(201)
    expect((await keep()).status).toBe(409)
  })
})

describe("a model is asked in a page's place", () => {
  test("with the relay's key at the key's own address, and the answer streams through", async () => {
    const { body } = await keep()
    const pieces = await answerFrom(body.id)
    expect(pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("")).toBe("Buy.")
    const [heard] = server.heard
    expect(heard.path).toBe("/v1/chat/completions")
    expect(heard.headers.authorization).toBe(`Bearer ${KEY}`)
    // Nothing of the page's proof or token reaches a stranger's server.
    expect(Object.keys(heard.headers).toSorted()).toEqual([
      "accept",
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
    ])
  })

  test("its tools, its list of models and its name are the same as without the relay", async () => {
    const { body } = await keep()
    script = [calls({ name: "list_markets", arguments: {} })]
    expect((await answerFrom(body.id)).some((piece) => piece.kind === "call" && piece.name === "list_markets")).toBe(
      true,
    )
    const model = modelOf(body.id)
    expect(await model.models(new AbortController().signal)).toEqual(["a", "b"])
    expect(model.facts).toMatchObject({ id: "openai/m", host: "api.openai.com" })
  })

  test("by programs that may trade, not by those that only read", async () => {
    const { body } = await keep()
    expect((await ask(body.id, await relay.bearer("read"))).status).toBe(403)
    expect((await ask(body.id, await relay.bearer("trade"))).status).toBe(200)
  })

  test("a server's refusal stays its own, the relay's own is said in its words", async () => {
    const { body } = await keep()
    script = [status(429, "slow down", { headers: { "retry-after": "7" } })]
    expect(await failureFrom(body.id)).toMatchObject({ kind: "rateLimited", retryAfterMs: 7_000 })
    script = [status(401, "bad key")]
    expect(await failureFrom(body.id)).toMatchObject({ kind: "badKey" })
    expect(await failureFrom("nobody")).toMatchObject({ kind: "gone", because: "There is no such model key." })
    await server.close()
    expect(await failureFrom(body.id)).toMatchObject({
      kind: "gone",
      because: expect.stringContaining("could not be reached") as string,
    })
  })

  test("a server that sends us elsewhere is not followed, and a page of its does not appear on our origin", async () => {
    const { body } = await keep()
    script = [(answer) => void answer.writeHead(307, { location: "http://127.0.0.1:9/" }).end(), page(200)]
    for (const words of ["sends elsewhere", "a page in place"]) {
      const answer = await ask(body.id)
      expect([answer.status, answer.headers.get("content-type")]).toEqual([502, "application/json"])
      expect(await answer.text()).toContain(words)
    }
    expect(server.heard).toHaveLength(2)
  })

  test("eight at once are enough: the ninth waits, and an answer that is left makes room", async () => {
    const { body } = await keep()
    const endless = streamsBytes([`data: ${JSON.stringify(chunk({ content: "x" }))}\n\n`], "open")
    script = Array.from({ length: 8 }, () => endless)
    const open = await Promise.all(Array.from({ length: 8 }, () => ask(body.id)))
    const ninth = await ask(body.id)
    expect([ninth.status, ninth.headers.get("retry-after")]).toEqual([429, "5"])
    await open[0].body!.cancel()
    expect((await ask(body.id)).status).toBe(200)
    await Promise.all(open.slice(1).map((answer) => answer.body!.cancel()))
  })

  test("a server that breaks off ends the answer, and its place is free again", async () => {
    const { body } = await keep()
    script = Array.from({ length: 20 }, () =>
      streamsBytes([`data: ${JSON.stringify(chunk({ content: "Bu" }))}\n\n`], "cut"),
    )
    for (let n = 0; n < 20; n++) expect(await failureFrom(body.id)).toMatchObject({ kind: "cutShort" })
  })
})
