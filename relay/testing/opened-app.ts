import { generateKeyPairSync, sign } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createApp, type AppDeps } from "../app.ts"
import type { CheckKey } from "../accounts/key-check.ts"
import { CallerGuard } from "../door/caller-guard.ts"
import { Front } from "../door/front.ts"
import type { Role, Scope } from "../door/policy.ts"
import { VenueWays } from "../desk/venue-ways.ts"
import type { PracticeExchange } from "../exchange/practice-exchange.ts"
import { realVenues, type VenueId } from "#venues"
import { noWebFiles } from "../door/web-files.ts"
import { healthOf } from "../health.ts"
import { bodyHash } from "../people/device-proof.ts"
import { Metrics } from "../metrics.ts"
import { Readiness } from "../readiness.ts"
import { openRecords } from "../records.ts"
import { openRelayStore } from "../store/relay-store.ts"
import { expectDocumented } from "./documented-refusal.ts"
import { openTrading } from "../trading.ts"
import { realSurroundings, type Surroundings } from "../surroundings.ts"

const tester = { kind: "owner", id: "owner", name: "test" } as const
export const PORT = 8787
const host = `localhost:${PORT}`

export type Ask = { headers?: Record<string, string>; body?: unknown; text?: string }

type OpenedOptions = Partial<AppDeps> & {
  checkKey?: CheckKey
  practice?: PracticeExchange
  /** Exchanges that are not the real ones. */
  standIns?: readonly VenueId[]
  /** The folder of an earlier one, to go on where its store was closed. */
  home?: string
  /** A PostgreSQL instead of the embedded database. */
  address?: string
}

/** An app over a store of its own, in a folder that goes with it; asked without a port. */
export async function openedApp({
  checkKey,
  practice,
  standIns,
  home: earlier,
  address,
  ...changes
}: OpenedOptions = {}) {
  const home = earlier ?? (await mkdtemp(join(tmpdir(), "candlewright-app-")))
  const surroundings: Surroundings = changes.surroundings ?? realSurroundings()
  const store = await openRelayStore({ dataDirectory: join(home, "data"), address, surroundings })
  const keySource = { kind: "file" as const, file: join(home, "keys.key"), isChosen: true }
  const dataDirectory = join(home, "data")
  const records = await openRecords({ store, dataDirectory, surroundings, keySource, checkKey, standIns })
  const { people, vault } = records
  const venues = changes.venues ?? realVenues
  const ways = new VenueWays({ venues, practice, surroundings })
  const bugs: unknown[] = []
  const onBug = (error: unknown) => void bugs.push(error)
  const trading = openTrading({
    store,
    dataDirectory,
    records,
    ways,
    venues,
    practice,
    surroundings,
    print: () => {},
    onBug,
  })
  await trading.bots.begin()
  await trading.hand.begin()
  await trading.jobs.begin()
  await trading.analyses.begin()
  await trading.forecasts.begin()
  const { killSwitch } = records
  const asked = { store, vault, killSwitch, bots: trading.bots, surroundings }
  const health = healthOf({
    version: "1.2.3",
    engine: null,
    practice: () => "off",
    paper: () => "off",
    venues: [],
    ...asked,
  })
  const readiness = new Readiness(health, surroundings)
  readiness.runs()
  const stopping = new AbortController()
  const app = createApp({
    front: new Front(PORT),
    webFiles: noWebFiles,
    venues: [],
    ...records,
    ...trading,
    guard: new CallerGuard({ identify: people.identify, surroundings }),
    health,
    readiness,
    metrics: new Metrics(health, [trading.figures.registry]),
    version: "1.2.3",
    surroundings,
    stopping: stopping.signal,
    onBug,
    ...changes,
  })
  const ask = async (
    route: string,
    { headers, body, text = body === undefined ? undefined : JSON.stringify(body) }: Ask = {},
  ) => {
    const [method, path] = route.split(" ")
    const described: Record<string, string> =
      text === undefined
        ? {}
        : { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) }
    const answer = await app.request(path, { method, body: text, headers: { host, ...described, ...headers } })
    await expectDocumented(route, answer)
    return answer
  }
  /** A token of a person's, the first one's unless said. */
  const bearer = async (scope: Scope, person?: string) => {
    const wanted = { name: `for ${scope}`, scope, expiresMs: null }
    const { token } = await people.tokens.create(wanted, { ...tester, person })
    return { authorization: `Bearer ${token}` }
  }
  /** Somebody who opened an invitation; their id. */
  const invited = async (role: Role, accounts: string[] = []) => {
    const { token } = await people.invitations.make({ name: `a ${role}`, role, accounts }, tester)
    return (await people.invitations.open(token))!
  }
  /** Ends it and leaves its folder to another one. */
  const end = async () => {
    stopping.abort()
    await trading.close()
    await store.close()
  }
  const close = async () => {
    await end()
    await rm(home, { recursive: true })
  }
  return {
    app,
    ask,
    bearer,
    invited,
    bugs,
    analyses: trading.analyses,
    forecasts: trading.forecasts,
    workbench: trading.workbench,
    ...records,
    store,
    surroundings,
    end,
    close,
    home,
  }
}

export type OpenedApp = Awaited<ReturnType<typeof openedApp>>

/** A browser with a key of its own. */
export function browser() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" })
  let made = 0
  const proof = (claims: {
    device: string
    run: string
    method: string
    path: string
    body?: string
    [name: string]: unknown
  }) => {
    const { path, body = "", ...rest } = claims
    const id = `id-of-this-request-${++made}`
    const all = { timeMs: Date.now(), id, url: `http://${host}${path}`, body: bodyHash(Buffer.from(body)), ...rest }
    const signed = Buffer.from(JSON.stringify(all)).toString("base64url")
    const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" })
    return `${signed}.${signature.toString("base64url")}`
  }
  return { publicKey: { kty, crv, x, y }, proof }
}
