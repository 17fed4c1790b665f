import { afterEach, beforeEach, expect, test } from "vitest"
import { DAY_MS, MINUTE_MS } from "#engine/candles"
import { Front } from "../door/front.ts"
import { realSurroundings } from "../surroundings.ts"
import { browser, openedApp, type OpenedApp, PORT } from "../testing/opened-app.ts"
import { passkeyDevice } from "../testing/passkey-device.ts"

// Passkeys at a relay that is opened to other computers, and at home, with a device of our own making.

const HOST = "bots.example.org"
const PUBLIC = { origin: `https://${HOST}`, host: HOST }
const HOME = { origin: `http://localhost:${PORT}`, host: "localhost" }

let relay: OpenedApp
let clock: { nowMs: number; steadyMs: number }
let entranceFrom: string

beforeEach(async () => {
  clock = { nowMs: Date.now(), steadyMs: 0 }
  entranceFrom = "203.0.113.7"
  const surroundings = { ...realSurroundings(), nowMs: () => clock.nowMs, steadyMs: () => clock.steadyMs }
  const open = { origin: PUBLIC.origin, isProxy: () => true }
  relay = await openedApp({ surroundings, front: new Front(PORT, open) })
})

afterEach(() => relay.close())

type Place = typeof PUBLIC
type Options = { challenge: string; allowCredentials?: { id: string }[] }

const headersAt = ({ host }: Place): Record<string, string> =>
  host === HOST ? { host, "x-forwarded-for": entranceFrom, "x-forwarded-proto": "https" } : {}

/** A minute later: nobody has tried too often. */
async function ask(route: string, place: Place, { body, headers }: { body?: object; headers?: object } = {}) {
  clock.steadyMs += MINUTE_MS / 4
  return relay.ask(route, { body, headers: { ...headersAt(place), ...headers } })
}

/** A paired browser at a place. */
function speaker(own: ReturnType<typeof browser>, id: string, place: Place) {
  return async (route: string, body?: object) => {
    const [method, path] = route.split(" ")
    const text = body === undefined ? undefined : JSON.stringify(body)
    const url = `${place.origin}${path}`
    const claims = { device: id, run: relay.people.run, method, path, url, body: text, timeMs: clock.nowMs }
    return ask(route, place, { body, headers: { authorization: `Proof ${own.proof(claims)}` } })
  }
}

async function paired(place: Place, person?: string) {
  const own = browser()
  const { token } = relay.people.pairing.offer(person)
  const answer = await ask("POST /api/pair", place, { body: { token, name: "Phone", publicKey: own.publicKey } })
  expect(answer.status).toBe(201)
  return speaker(own, ((await answer.json()) as { id: string }).id, place)
}

type Speaker = Awaited<ReturnType<typeof paired>>

const optionsOf = async (answer: Response) => {
  expect(answer.status).toBe(200)
  return (await answer.json()) as Options
}
const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code]

async function withPasskey(say: Speaker, place: Place) {
  const device = passkeyDevice()
  const { challenge } = await optionsOf(await say("POST /api/passkeys/creation"))
  const answer = device.create({ challenge, ...place })
  expect((await say("POST /api/passkeys", { name: "Phone", answer })).status).toBe(201)
  return { device, answer }
}

async function challengeOf(place: Place): Promise<string> {
  return (await optionsOf(await ask("POST /api/passkeys/sign-in-options", place))).challenge
}

async function signIn(place: Place, answer: object) {
  const own = browser()
  const response = await ask("POST /api/passkeys/sign-in", place, {
    body: { name: "Another browser", publicKey: own.publicKey, answer },
  })
  const said = (await response.json()) as { id: string; code?: string }
  return { status: response.status, code: said.code, say: speaker(own, said.id, place) }
}

test.each([
  ["the public address", PUBLIC],
  ["localhost", HOME],
])(
  "whoever made a passkey at %s signs in with it from any browser, which is forgotten when it is not used",
  async (_, at) => {
    const anna = await paired(at, await relay.invited("viewer"))
    const { device } = await withPasskey(anna, at)
    const { status, say } = await signIn(at, device.show({ challenge: await challengeOf(at), ...at }))
    expect(status).toBe(201)
    expect(await (await say("GET /api/me")).json()).toMatchObject({ role: "viewer", name: "a viewer" })
    const { items } = (await (await say("GET /api/devices")).json()) as { items: { name: string; goodForMs: number }[] }
    expect(items.find(({ name }) => name === "Another browser")).toMatchObject({ goodForMs: 30 * DAY_MS })
    expect(await relay.audit.check()).toMatchObject({ faults: [] })
    clock.nowMs += 31 * DAY_MS
    expect((await say("GET /api/me")).status).toBe(401)
  },
)

test("an answer counts once, for its own challenge, place, purpose and time, by a person who was verified, of a key that counts up", async () => {
  const anna = await paired(PUBLIC)
  const { device, answer: made } = await withPasskey(anna, PUBLIC)
  const wrong = [401, "wrong-credential"]
  expect(await codeOf(await anna("POST /api/passkeys", { name: "again", answer: made }))).not.toEqual([201, undefined])
  const attempt = async (answerTo: (challenge: string) => object) => {
    const { status, code } = await signIn(PUBLIC, answerTo(await challengeOf(PUBLIC)))
    return [status, code]
  }
  const good = device.show({ challenge: await challengeOf(PUBLIC), ...PUBLIC })
  expect((await signIn(PUBLIC, good)).status).toBe(201)
  expect((await signIn(PUBLIC, good)).status, "replayed").toBe(401)
  expect(await attempt((challenge) => device.show({ challenge, ...PUBLIC }, { counter: 1 })), "counts back").toEqual(
    wrong,
  )
  expect(await attempt((challenge) => device.show({ challenge, ...PUBLIC }, { isUnverified: true }))).toEqual(wrong)
  const evil = { signedFor: "https://evil.example" }
  expect(await attempt((challenge) => device.show({ challenge, ...PUBLIC }, evil)), "a forged origin").toEqual(wrong)
  expect(await attempt((challenge) => device.show({ challenge, ...PUBLIC, host: "evil.example" }))).toEqual(wrong)
  expect(await attempt((challenge) => passkeyDevice().show({ challenge, ...PUBLIC })), "nobody's").toEqual(wrong)
  expect(
    await attempt((challenge) => ({ ...device.show({ challenge, ...PUBLIC }), response: { clientDataJSON: "x" } })),
  ).toEqual(wrong)
  expect(await attempt(() => device.show({ challenge: "made up", ...PUBLIC }))).toEqual(wrong)
  const late = await challengeOf(PUBLIC)
  clock.steadyMs += 2 * MINUTE_MS
  expect((await signIn(PUBLIC, device.show({ challenge: late, ...PUBLIC }))).status).toBe(401)
  const other = (await optionsOf(await anna("POST /api/passkeys/step-up-options"))).challenge
  expect((await signIn(PUBLIC, device.show({ challenge: other, ...PUBLIC }))).status, "for another purpose").toBe(401)
  expect((await signIn(PUBLIC, device.show({ challenge: await challengeOf(PUBLIC), ...PUBLIC }))).status).toBe(201)
})

test("who asks for challenges without end is stopped after five, and no program with a token makes a passkey", async () => {
  const statuses: number[] = []
  for (let n = 0; n < 8; n++)
    statuses.push((await relay.ask("POST /api/passkeys/sign-in-options", { headers: headersAt(PUBLIC) })).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  const headers = await relay.bearer("admin")
  expect(await codeOf(await relay.ask("POST /api/passkeys/creation", { headers }))).toEqual([409, "browser-only"])
})

test("from the internet what could lose money needs a passkey of the last five minutes; at home it does not", async () => {
  const by = { kind: "owner", id: "owner", name: "test" } as const
  const { id } = await relay.accounts.add({ name: "paper", venue: "practice", mode: "paper" }, by)
  const say = await paired(PUBLIC)
  const looser = () => say(`PATCH /api/accounts/${id}`, { risk: { maxPositions: 50 } })
  const dangerous = {
    looser,
    key: () => say(`PUT /api/accounts/${id}/key`, { apiKey: "a1".repeat(32), secret: "B2".repeat(32) }),
    invite: () => say("POST /api/people/invitations", { name: "Zoe", role: "owner" }),
  }
  for (const [name, act] of Object.entries(dangerous))
    expect(await codeOf(await act()), name).toEqual([403, "passkey-needed"])
  const { device } = await withPasskey(say, PUBLIC)
  for (const [name, act] of Object.entries(dangerous))
    expect(await codeOf(await act()), name).toEqual([403, "step-up-needed"])
  expect(await codeOf(await say("POST /api/passkeys/creation")), "another passkey").toEqual([403, "step-up-needed"])
  // To allow less is always possible, and a viewer is no danger.
  expect((await say(`PATCH /api/accounts/${id}`, { risk: { maxPositions: 1 } })).status).toBe(200)
  expect((await say("POST /api/people/invitations", { name: "Zoe", role: "viewer" })).status).toBe(201)
  const { challenge, allowCredentials } = await optionsOf(await say("POST /api/passkeys/step-up-options"))
  expect(allowCredentials).toHaveLength(1)
  const answer = device.show({ challenge, ...PUBLIC })
  expect((await say("POST /api/passkeys/step-up", { answer })).status).toBe(204)
  expect((await looser()).status).toBe(200)
  expect((await dangerous.invite()).status).toBe(201)
  clock.steadyMs += 5 * MINUTE_MS
  expect(await codeOf(await looser())).toEqual([403, "step-up-needed"])
  const home = await paired(HOME)
  expect((await home(`PATCH /api/accounts/${id}`, { risk: { maxPositions: 60 } })).status).toBe(200)
})

test("another person's passkey does not prove who is at a browser, and whoever is ended has none", async () => {
  const zoe = await relay.invited("owner")
  const [anna, hers] = [await paired(PUBLIC), await paired(PUBLIC, zoe)]
  const { device } = await withPasskey(hers, PUBLIC)
  const { challenge } = await optionsOf(await anna("POST /api/passkeys/step-up-options"))
  expect((await anna("POST /api/passkeys/step-up", { answer: device.show({ challenge, ...PUBLIC }) })).status).toBe(401)
  expect((await anna(`DELETE /api/people/${zoe}`)).status).toBe(200)
  expect((await signIn(PUBLIC, device.show({ challenge: await challengeOf(PUBLIC), ...PUBLIC }))).status).toBe(401)
  expect(await relay.audit.check()).toMatchObject({ faults: [] })
})
