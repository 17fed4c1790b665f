import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { HOUR_MS, SeededChance } from "#engine/candles"
import { forecastCard } from "#engine/result"
import { madeCloses, madeForecasts } from "../../engine-wasm/testing/made-forecasts.ts"
import { madeModel } from "../../engine-wasm/testing/made-model.ts"
import { makeBackup } from "../backup/backup.ts"
import { restoreBackup } from "../backup/restore.ts"
import { CallStore } from "../signals/call-store.ts"
import type { KeptCall } from "../signals/kept-call.ts"
import { ModelStore } from "../signals/model-store.ts"
import type { SignalWatch } from "../signals/signal-watch.ts"
import { realSurroundings } from "../surroundings.ts"
import { openRelayStore, type RelayStore } from "./relay-store.ts"
import { privatePostgres, withoutPostgres } from "./testing/private-postgres.ts"

// What signals keep, on both databases, and through a backup.

const surroundings = realSurroundings()
const server = await privatePostgres()
if (server === undefined) console.warn(withoutPostgres)
const place = { venue: "practice", market: "ETH/USDT" } as const
const model = madeModel({ readyFromMs: [10 * HOUR_MS] })
const next = madeModel({ seed: 2, readyFromMs: [20 * HOUR_MS] })
const close = madeCloses(new SeededChance(1), 200)
const card = forecastCard(
  madeForecasts(
    close,
    close.map(() => 0.6),
  ),
)
const watch: SignalWatch = {
  markets: [{ ...place, timeframe: "1h", models: [{ hash: model.hash, retrainDays: null }], votes: true }],
  bots: [],
}
let folder: string
let dataDirectory: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "candlewright-signals-"))
})
beforeEach(async () => {
  dataDirectory = join(await mkdtemp(join(folder, "one-")), "data")
})
afterAll(async () => {
  await server?.remove()
  await rm(folder, { recursive: true })
})

function callAt(hour: number): KeptCall {
  const candleClosedMs = hour * HOUR_MS
  const said = { ...place, source: "votes", timeframe: "1h", candleClosedMs, aheadCandles: 1, action: "BUY" } as const
  const unsaid = { probability: null, reasoning: ["It rises."], inputHash: "i", forecast: null, outcome: null }
  return { ...said, ...unsaid, id: `votes ${hour}`, close: 100.25, engine: "e" }
}

/** A model with its card and next version, a watch, and three calls of which the first has its outcome. */
async function fill({ database }: RelayStore): Promise<void> {
  const [models, calls] = [new ModelStore(database), new CallStore(database)]
  await models.add({ model, addedMs: 1, replaces: null })
  await models.add({ model: next, addedMs: 2, replaces: model.hash })
  await models.keepScore({ ...place, hash: model.hash }, { card, scoredMs: 3 })
  const warnings = [{ kind: "hits" as const, words: "It was right less often." }]
  await models.keepDrift({ ...place, hash: model.hash }, { warnings, told: ["hits"] })
  await models.keepWatch(watch)
  await calls.add([1, 2, 3].map(callAt))
  await calls.end("votes 1", { close: 101, cameTrue: true })
}

async function kept({ database }: RelayStore) {
  const [models, calls] = [new ModelStore(database), new CallStore(database)]
  return {
    models: await models.list(),
    cards: await models.cards(),
    watch: await models.watch(),
    calls: await calls.list({ ...place, most: 10 }),
  }
}

const filled = {
  models: [
    { model: next, addedMs: 2, replaces: model.hash },
    { model, addedMs: 1, replaces: null },
  ],
  cards: [
    {
      ...place,
      hash: model.hash,
      card,
      scoredMs: 3,
      warnings: [{ kind: "hits", words: "It was right less often." }],
      told: ["hits"],
    },
  ],
  watch,
  calls: [callAt(3), callAt(2), { ...callAt(1), outcome: { close: 101, cameTrue: true } }],
}

describe.each(server === undefined ? ["libsql"] : ["libsql", "PostgreSQL"])("on %s", (kind) => {
  test("models, cards, the watch and calls are what was kept, and a call's first outcome stays", async () => {
    const address = kind === "libsql" ? undefined : await server!.emptyDatabase()
    const options = { dataDirectory, surroundings, address }
    const store = await openRelayStore(options)
    await fill(store)
    const calls = new CallStore(store.database)
    await calls.add([{ ...callAt(2), close: 1 }])
    await calls.end("votes 1", { close: 1, cameTrue: false })
    expect(await kept(store)).toEqual(filled)
    expect((await calls.due(4 * HOUR_MS, 10)).map(({ id }) => id)).toEqual(["votes 2", "votes 3"])
    expect((await calls.dueIn({ ...place, closedMs: 3 * HOUR_MS })).map(({ id }) => id)).toEqual(["votes 2"])
    await calls.askAgain("votes 2", 9 * HOUR_MS)
    expect((await calls.due(4 * HOUR_MS, 10)).map(({ id }) => id)).toEqual(["votes 3"])
    await store.close()
    const again = await openRelayStore(options)
    expect(await kept(again)).toEqual(filled)
    const models = new ModelStore(again.database)
    await models.remove(model.hash)
    await models.keepScore({ ...place, hash: model.hash }, { card, scoredMs: 4 })
    expect([(await models.list()).length, await models.cards()]).toEqual([1, []])
    await again.close()
  })
})

test("a backup brings models, cards, the watch and calls back where all was lost", async () => {
  const store = await openRelayStore({ dataDirectory, surroundings })
  await fill(store)
  await store.close()
  const [staging, file] = [join(folder, "staging"), join(folder, "kept.backup")]
  await mkdir(staging)
  const { bytes } = await makeBackup({ dataDirectory, staging, version: "1", surroundings })
  await writeFile(file, bytes)
  await rm(dataDirectory, { recursive: true })
  await restoreBackup({ file, dataDirectory, replaces: false, surroundings })
  const restored = await openRelayStore({ dataDirectory, surroundings })
  expect(await kept(restored)).toEqual(filled)
  await restored.close()
})
