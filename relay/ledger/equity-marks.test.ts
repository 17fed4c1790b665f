import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { openRelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { EquityMarks } from "./equity-marks.ts"
import { Ledger } from "./ledger.ts"
import { keptBot } from "./testing/kept-bot.ts"

const surroundings = realSurroundings()

test("marks of a curve that grows are those of its records, in whatever order points come", async () => {
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-marks-")), "data")
  const store = await openRelayStore({ dataDirectory, surroundings })
  const { database, instanceId } = store
  const ledger = await Ledger.open({ database, nowMs: surroundings.nowMs, instanceId })
  const bot = await keptBot({ store, ledger })
  expect(await ledger.equity(bot.id, 50)).toMatchObject({ first: undefined, last: undefined, most: undefined })
  const points = [
    [10, 100],
    [20, 90],
    [60, 95],
    [60, 80],
    [70, 130],
    [55, 140],
    [5, 99],
    [80, 70],
    [40, 85],
    [80, 200],
    [90, 1],
  ]
  for (const [atMs, equity] of points) {
    await ledger.keep(bot, { equity: { atMs, equity } })
    for (const beforeMs of [50, 65, 50])
      expect(await ledger.equity(bot.id, beforeMs)).toEqual(await new EquityMarks(database).of(bot.id, beforeMs))
  }
  await store.close()
})
