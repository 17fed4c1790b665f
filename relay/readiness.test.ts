import { expect, test } from "vitest"
import { Readiness } from "./readiness.ts"
import type { Health } from "./routes/health.ts"

const never = { after: () => () => {} }
const checks = { database: "ok", keys: "ok" } as Health["checks"]

function readiness(changes: Partial<Health["checks"]> = {}) {
  return new Readiness(async () => ({ checks: { ...checks, ...changes } }), never)
}

test("a relay is ready from when everything has begun until it stops", async () => {
  const relay = readiness()
  expect(await relay.look()).toEqual({ ready: false, missing: ["The relay starts."] })
  relay.runs()
  expect(await relay.look()).toEqual({ ready: true, missing: [] })
  relay.stops()
  relay.runs()
  expect(await relay.look()).toEqual({ ready: false, missing: ["The relay stops."] })
})

test("without its database or its keys it is not ready, and says what is missing", async () => {
  const relay = readiness({ database: "The database does not answer.", keys: "locked" })
  relay.runs()
  const missing = ["The database does not answer.", "The keys of accounts are locked."]
  expect(await relay.look()).toEqual({ ready: false, missing })
})

test("a database that never answers keeps nobody waiting", async () => {
  const atOnce = (_ms: number, act: () => void) => {
    queueMicrotask(act)
    return () => {}
  }
  const relay = new Readiness(() => new Promise(() => {}), { after: atOnce })
  relay.runs()
  expect(await relay.look()).toEqual({ ready: false, missing: ["The database does not answer."] })
})
