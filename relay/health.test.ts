import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { BotCounts } from "./bots/bot-seat.ts"
import { healthOf } from "./health.ts"
import type { Health, OwnExchangeState } from "./routes/health.ts"
import { openRelayStore, type RelayStore } from "./store/relay-store.ts"
import { notedIfItCanBe } from "./store/write-watch.ts"
import { realSurroundings } from "./surroundings.ts"

let store: RelayStore
beforeAll(async () => {
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-health-")), "data")
  store = await openRelayStore({ dataDirectory, surroundings: realSurroundings() })
})
afterAll(() => store.close())

type Seen = {
  bots?: Partial<BotCounts>
  practice?: OwnExchangeState
  paper?: OwnExchangeState
  lockedBecause?: string
}

test("while the database takes no writes, health says so though it reads; it is well again once one is kept", async () => {
  let steadyMs = 0
  const counts = {
    count: 0,
    starting: 0,
    halted: 0,
    failing: 0,
    withoutStop: 0,
    stillMarkets: 0,
    clockErrorMs: 0,
  }
  const health = healthOf({
    version: "1",
    engine: null,
    store,
    vault: { lockedBecause: undefined },
    killSwitch: { isOn: false },
    practice: () => "ok",
    paper: () => "off",
    venues: [],
    bots: { counts: () => counts },
    surroundings: { steadyMs: () => steadyMs },
  })
  const write = () => store.database.updateTable("instance").set({ created_ms: 1 }).execute()
  await sql`pragma query_only = 1`.execute(store.database)
  await expect(write()).rejects.toThrow(/readonly/)
  const refused = {
    status: "degraded",
    checks: { database: expect.stringMatching(/read-only/) },
  }
  expect(await health()).toMatchObject(refused)
  // Its own try is refused as well, until the disk takes it.
  steadyMs += 60_000
  expect(await health()).toMatchObject(refused)
  await sql`pragma query_only = 0`.execute(store.database)
  expect(await health()).toMatchObject(refused)
  steadyMs += 60_000
  expect(await health()).toMatchObject({
    status: "ok",
    checks: { database: "ok" },
  })
})

test("a request that only reads is answered though its caller's last use cannot be noted", async () => {
  const refusal = Object.assign(new Error("database or disk is full"), {
    code: "SQLITE_FULL",
  })
  await notedIfItCanBe(Promise.reject(refusal))
  await expect(notedIfItCanBe(Promise.reject(new Error("a bug")))).rejects.toThrow("a bug")
})

function asked({ bots, practice = "ok", paper = "off", lockedBecause }: Seen): Promise<Health> {
  const counts = {
    count: 3,
    starting: 0,
    halted: 0,
    failing: 0,
    withoutStop: 0,
    stillMarkets: 0,
    clockErrorMs: 0,
    ...bots,
  }
  const own = { practice: () => practice, paper: () => paper, venues: [], bots: { counts: () => counts } }
  const deps = { version: "1", engine: null, store, vault: { lockedBecause }, killSwitch: { isOn: false } }
  return healthOf({ ...deps, ...own, surroundings: { steadyMs: () => 0 } })()
}

test.each<[string, Seen, Health["status"], string]>([
  ["all is well", {}, "ok", ""],
  ["bots have yet to open", { bots: { starting: 2 } }, "starting", ""],
  ["a bot is halted", { bots: { halted: 1, starting: 1 } }, "degraded", "A bot is halted: nothing is bought"],
  ["bots are halted", { bots: { halted: 2 } }, "degraded", "Some bots are halted"],
  ["a bot cannot work", { bots: { failing: 1 } }, "degraded", "A bot cannot work now"],
  [
    "the clock is fast",
    { bots: { clockErrorMs: 600_000 } },
    "degraded",
    "This computer's clock is 10 minutes ahead of an exchange's; set",
  ],
  [
    "the clock is slow",
    { bots: { clockErrorMs: -600_000 } },
    "degraded",
    "This computer's clock is 10 minutes behind an exchange's; set",
  ],
  ["a position has no stop", { bots: { withoutStop: 1 } }, "degraded", "A position stands without a stop"],
  [
    "a market stands still",
    { bots: { stillMarkets: 1 } },
    "degraded",
    "A market of a bot does not trade now or sends no",
  ],
  [
    "markets stand still",
    { bots: { stillMarkets: 2 } },
    "degraded",
    "Some markets of bots do not trade now or send no",
  ],
  ["paper trading has no prices", { paper: "away" }, "degraded", "Paper trading stands still"],
  ["the practice exchange is away", { practice: "away" }, "degraded", "The practice exchange does not run"],
  ["nobody needs an exchange of ours", { practice: "off" }, "ok", ""],
  ["keys are locked", { lockedBecause: "the passphrase is not there" }, "locked", ""],
])("where %s, health says which it is, and nothing of anybody's amounts or names", async (_, seen, status, problem) => {
  const health = await asked(seen)
  expect(health.status).toBe(status)
  expect(health.problems.map((words) => words.startsWith(problem))).toEqual(problem === "" ? [] : [true])
  expect(health.checks).toMatchObject({ paper: seen.paper ?? "off", bots: seen.bots ?? {} })
})
