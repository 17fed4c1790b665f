import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { openRelayStore } from "../store/relay-store.ts"
import { realSurroundings } from "../surroundings.ts"
import { Ledger } from "./ledger.ts"
import { fillOf, keptBot, tradeOf } from "./testing/kept-bot.ts"

const surroundings = realSurroundings()

async function freshLedger() {
  const dataDirectory = join(await mkdtemp(join(tmpdir(), "candlewright-ledger-")), "data")
  const store = await openRelayStore({ dataDirectory, surroundings })
  const { database, instanceId } = store
  return { store, ledger: await Ledger.open({ database, nowMs: surroundings.nowMs, instanceId }) }
}

const said = (words: string) => [{ kind: "status" as const, words }]

test("steps of many bots that come at once are kept together, in their order, each once", async () => {
  const { store, ledger } = await freshLedger()
  const bots = await Promise.all(Array.from({ length: 30 }, (_, n) => keptBot({ store, ledger }, { id: `bot-${n}` })))
  let transactions = 0
  const begin = store.database.transaction.bind(store.database)
  store.database.transaction = () => (transactions++, begin())
  const heard: number[] = []
  ledger.listen(({ seq }) => void heard.push(seq))
  const steps = [...bots, ...bots].map((bot, n) =>
    ledger.keep(bot, { inputs: [{ n }, { n }], trades: [tradeOf()], events: said(`${n}`) }),
  )
  await Promise.all(steps)
  // The first goes at once, all others together.
  expect(transactions).toBe(2)
  const events = await ledger.events({}, { after: 0, limit: 100 })
  expect(events.map(({ seq, words }) => [seq, words])).toEqual(events.map((_, n) => [n + 1, `${n}`]))
  expect(events).toHaveLength(60)
  expect(heard).toEqual(events.map(({ seq }) => seq))
  const { inputs } = (await store.database
    .selectFrom("bot_input")
    .select((select) => [select.fn.countAll().as("inputs")])
    .executeTakeFirst())!
  expect(Number(inputs)).toBe(120)
  await store.close()
})

test("a step that cannot be kept stops no other, and nothing of it is kept", async () => {
  const { store, ledger } = await freshLedger()
  const bot = await keptBot({ store, ledger })
  const other = await keptBot({ store, ledger }, { id: "bot-2" })
  await ledger.keep(bot, { fills: [fillOf()] })
  const outcomes = await Promise.allSettled([
    ledger.keep(other, { events: said("before") }),
    ledger.keep(bot, { events: said("twice the same fill"), fills: [fillOf()] }),
    ledger.keep(other, { events: said("between"), trades: [tradeOf()] }),
    ledger.keep(bot, { events: said("after"), trades: [tradeOf()] }),
    ledger.keep(bot, { events: said("again"), fills: [fillOf()] }),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "rejected"])
  await ledger.keep(bot, { events: said("last"), trades: [tradeOf()] })
  const events = await ledger.events({}, { after: 0, limit: 100 })
  expect(events.map(({ words }) => words)).toEqual(["before", "between", "after", "last"])
  expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  await store.close()
})
