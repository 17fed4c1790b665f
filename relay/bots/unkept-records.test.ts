import { sql } from "kysely"
import { expect, test } from "vitest"
import { MINUTE_MS } from "#engine/candles"
import { botInside } from "./testing/bot-inside.ts"

test("a bot whose records cannot be kept says so in words, as long as it lasts and once afterwards", async () => {
  const it = await botInside()
  const { ledger, runner } = await it.begin()
  await it.time.advance(2 * MINUTE_MS)
  await sql`pragma query_only = 1`.execute(it.store.database)
  await it.time.advance(3 * MINUTE_MS)
  expect(runner.lastReason).toMatch(/read-only.*is still there/)
  expect(it.store.writes.refused?.kind).toBe("read-only")
  await sql`pragma query_only = 0`.execute(it.store.database)
  await it.time.advance(30_000)
  expect(it.store.writes.refused).toBeUndefined()
  expect(runner.failure).toBe("")
  const told = (await ledger.events({}, { limit: 200 })).filter(({ words }) => /could not be kept/.test(words))
  expect(told).toMatchObject([
    {
      kind: "problem",
      words: expect.stringMatching(/read-only.*Now they are kept again/),
    },
  ])
  expect(it.bugs).toEqual([])
})
