import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest"
import { withoutPostgres, privatePostgres } from "../store/testing/private-postgres.ts"
import { realSurroundings } from "../surroundings.ts"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"
import type { Account } from "./account.ts"

const owner = { kind: "owner", id: "owner", name: "test" } as const
const server = await privatePostgres()
if (server === undefined) console.warn(withoutPostgres)

afterAll(() => server?.remove())

describe.each(server === undefined ? ["libsql"] : ["libsql", "PostgreSQL"])("on %s", (kind) => {
  let relay: OpenedApp
  let headers: Record<string, string>

  beforeEach(async () => {
    let steadyMs = 0
    const surroundings = { ...realSurroundings(), steadyMs: () => (steadyMs += 60_000) }
    const address = kind === "libsql" ? undefined : await server!.emptyDatabase()
    relay = await openedApp({ surroundings, address, checkKey: async () => ({ ok: true }) })
    headers = await relay.bearer("admin")
  })

  afterEach(() => relay.close())

  const ask = (route: string, body?: unknown) => relay.ask(route, { headers, body })
  const live = (name: string, four: string) => ({
    name,
    venue: "binance",
    mode: "live",
    key: { apiKey: four.repeat(16), secret: four.repeat(16) },
  })

  test("of many accounts of one name at once one is added, and each change at once leaves its mark in a whole log", async () => {
    const adds = await Promise.all(Array.from({ length: 6 }, () => ask("POST /api/accounts", live("one", "aB3x"))))
    expect(adds.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409])
    const { id } = (await adds.find(({ status }) => status === 201)!.json()) as Account
    const lowered = [0.9, 0.5, 0.7, 0.6, 0.8]
    const changes = lowered.map((riskPercent) => ask(`PATCH /api/accounts/${id}`, { risk: { riskPercent } }))
    for (const { status } of await Promise.all(changes)) expect(status).toBe(200)
    expect((await relay.accounts.find(id))?.risk.riskPercent).toBe(0.5)
    await Promise.all([1, 2, 3].map(() => ask("POST /api/tokens", { name: "t", scope: "read" })))
    expect(await relay.audit.check()).toMatchObject({ entries: 1 + 2 + 5 + 3, faults: [] })
  })

  test("a key goes in, opens, is changed and goes away with its account", async () => {
    const { id } = (await (await ask("POST /api/accounts", live("one", "aB3x"))).json()) as Account
    expect((await ask(`PUT /api/accounts/${id}/key`, live("", "zZ9y").key)).status).toBe(200)
    expect((await relay.accounts.keys.open(id, owner))?.secret.reveal()).toBe("zZ9y".repeat(16))
    const page = (await (await ask(`GET /api/accounts/${id}/key-log?limit=2`)).json()) as {
      items: unknown[]
      next: string
    }
    const rest = (await (await ask(`GET /api/accounts/${id}/key-log?after=${page.next}`)).json()) as typeof page
    expect([page.items.length, rest.items.length, rest.next]).toEqual([2, 1, null])
    expect((await ask(`DELETE /api/accounts/${id}`)).status).toBe(204)
    expect(await relay.store.database.selectFrom("account_key").selectAll().execute()).toEqual([])
    expect(await relay.audit.check()).toMatchObject({ faults: [] })
  })

  test.skipIf(kind === "libsql")(
    "while the server is away, every address says so and nothing is half done",
    async () => {
      const { id } = (await (await ask("POST /api/accounts", live("one", "aB3x"))).json()) as Account
      await server!.crash()
      for (const [route, body] of [
        ["GET /api/accounts", undefined],
        ["POST /api/accounts", live("two", "zZ9y")],
        [`PATCH /api/accounts/${id}`, { name: "renamed" }],
        [`PUT /api/accounts/${id}/key`, live("", "zZ9y").key],
        [`DELETE /api/accounts/${id}`, undefined],
        ["GET /api/audit/verification", undefined],
      ] as const) {
        const answer = await ask(route, body)
        expect([answer.status, ((await answer.json()) as { code: string }).code], route).toEqual([
          503,
          "store-unreachable",
        ])
      }
      await server!.start()
      expect(await (await ask("GET /api/accounts")).json()).toMatchObject({
        items: [{ id, name: "one", key: { version: 1 } }],
      })
      expect(await relay.audit.check()).toMatchObject({ entries: 3, faults: [] })
      expect(relay.bugs).toEqual([])
    },
  )
})
