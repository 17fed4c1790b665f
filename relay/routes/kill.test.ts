import { existsSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { openedApp, type OpenedApp } from "../testing/opened-app.ts"

let relay: OpenedApp
let file: string

beforeEach(async () => {
  relay = await openedApp()
  file = join(relay.home, "data", "KILL")
})

afterEach(() => relay.close())

type Scope = "read" | "trade" | "admin"
const ask = async (route: string, scope: Scope = "trade") => relay.ask(route, { headers: await relay.bearer(scope) })
const isOn = async () => ((await (await ask("GET /api/kill", "read")).json()) as { isOn: boolean }).isOn
const killed = async () => ((await (await relay.ask("GET /api/health")).json()) as { killed: boolean }).killed
const logged = async () =>
  (await relay.audit.list({ limit: 50 })).map(({ what }) => what).filter((what) => what.startsWith("kill"))

test("the kill switch is turned on and released over HTTP, health says so, and each is in the log", async () => {
  expect([await isOn(), await killed()]).toEqual([false, false])
  expect(await (await ask("POST /api/kill")).json()).toEqual({ isOn: true, isLogged: true })
  expect([await isOn(), await killed(), relay.killSwitch.isOn, existsSync(file)]).toEqual([true, true, true, true])
  expect(await (await ask("POST /api/kill")).json()).toEqual({ isOn: true })
  expect((await ask("DELETE /api/kill")).status).toBe(204)
  expect([await isOn(), await killed(), existsSync(file)]).toEqual([false, false, false])
  expect((await ask("DELETE /api/kill")).status).toBe(204)
  expect(await logged()).toEqual(["kill.released", "kill.on"])
  expect((await relay.audit.check()).faults).toEqual([])
})

test("the file counts at once, whoever made it and whatever is in it; taking it away counts too", async () => {
  writeFileSync(file, "stop!")
  expect([await isOn(), await killed()]).toEqual([true, true])
  rmSync(file)
  expect([await isOn(), await killed()]).toEqual([false, false])
})

test("a log that cannot be written does not keep the switch from turning on, but keeps it from being released", async () => {
  const headers = await relay.bearer("trade")
  await relay.store.database.schema.dropTable("audit_entry").execute()
  expect(await (await relay.ask("POST /api/kill", { headers })).json()).toEqual({ isOn: true, isLogged: false })
  expect(relay.bugs).toHaveLength(1)
  expect((await relay.ask("DELETE /api/kill", { headers })).status).toBe(500)
  expect(relay.killSwitch.isOn).toBe(true)
})

test("a disk that does not take the file is said at once: the switch is not on", async () => {
  rmSync(join(relay.home, "data"), { recursive: true })
  const answer = await ask("POST /api/kill")
  expect([answer.status, await answer.json()]).toMatchObject([503, { code: "disk-refused" }])
})

test("seeing it needs read, using it needs trade, and a body is not needed", async () => {
  for (const route of ["POST /api/kill", "DELETE /api/kill"]) {
    expect((await ask(route, "read")).status, route).toBe(403)
    expect((await relay.ask(route)).status, route).toBe(401)
  }
  expect(relay.killSwitch.isOn).toBe(false)
  const headers = await relay.bearer("trade")
  const posted = async (text: string) => (await relay.ask("POST /api/kill", { headers, text })).status
  expect(await posted("{}")).toBe(200)
  expect(await posted('{"accountId": "mine"}')).toBe(422)
  expect(await posted("not json")).toBe(400)
  for (const route of ["PUT /api/kill", "PATCH /api/kill", "POST /api/kill/all", "GET /api/kill/1"])
    expect((await ask(route)).status, route).toBe(404)
})
