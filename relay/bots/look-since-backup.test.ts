import { expect, test } from "vitest"
import type { Difference } from "../ledger/difference.ts"
import { LookSinceBackup } from "./look-since-backup.ts"
import type { MarketDesk } from "./market-desk.ts"
import type { OpenedBot } from "./opened-bot.ts"

const facts = { market: { base: "BTC", quantityStep: "0.0001" } }

type Claims = { botId: string; held: number; locked?: number }[]

/** Bots in one market of an account, after orders that nobody knows have sold so much there. */
function account(claims: Claims, sold: number) {
  const left = { left: sold }
  const state = { nowMs: 0, others: true }
  const kept: { botId: string; is?: Difference }[] = []
  const desks = new Map<string, MarketDesk>()
  const all = () =>
    claims.map((claim) => ({
      locked: 0,
      ...claim,
      market: "BTC/USDT",
      isSettled: state.others || claim.botId === claims[0].botId,
      missing: desks.get(claim.botId)?.missing ?? 0,
    }))
  const looks = claims.map(({ botId, held, locked = 0 }) => {
    const desk = { name: "BTC/USDT", facts, missing: 0, isBeforeLook: true } as unknown as MarketDesk
    desks.set(botId, desk)
    const resting = { side: "sell", status: "open", quantity: String(locked), filledQuantity: "0", market: desk.name }
    const opened = {
      desks: [desk],
      held: () => held,
      orders: { of: () => (locked > 0 ? [resting] : []), booked: () => 0 },
      keep: async (_: unknown, { difference }: { difference?: { is: Difference } }) =>
        void kept.push({ botId, is: difference?.is }),
      parts: {
        bot: { id: botId },
        account: { claims: all, soldSinceBackup: { in: async () => left } },
        ledger: { restored: { restoredMs: 1 } },
        surroundings: { steadyMs: () => state.nowMs, nowMs: () => state.nowMs, secretBytes: () => new Uint8Array(8) },
      },
    } as unknown as OpenedBot
    return { desk, look: () => new LookSinceBackup(opened).look(desk), again: new LookSinceBackup(opened) }
  })
  return { looks, kept, state, left }
}

test("a sale that nobody knows is one bot's only: not that of one whose stop still locks its coins, however old", async () => {
  const { looks, kept, left } = account(
    [
      { botId: "old", held: 1, locked: 1 },
      { botId: "new", held: 1 },
    ],
    1,
  )
  expect(await Promise.all(looks.map(({ look }) => look()))).toEqual([true, true])
  expect(looks.map(({ desk }) => desk.missing)).toEqual([0, 1])
  expect(kept.map(({ botId, is }) => [botId, is?.soldQuantity])).toEqual([
    ["old", undefined],
    ["new", 1],
  ])
  expect(left.left).toBe(0)
})

test("of two bots that hold the same, what was sold is missing once in all, whichever looks first", async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const { looks, left } = account(
      [
        { botId: "one", held: 1 },
        { botId: "other", held: 0.5 },
      ],
      0.7,
    )
    for (const n of order) await looks[n].look()
    expect(looks[0].desk.missing + looks[1].desk.missing).toBeCloseTo(0.7)
    expect(left.left).toBeCloseTo(0)
  }
})

test("a bot waits for the others to say what they hold, and not for ever: then all that was sold counts as its own", async () => {
  const { looks, state } = account(
    [
      { botId: "one", held: 1 },
      { botId: "away", held: 1 },
    ],
    1,
  )
  state.others = false
  const [{ again, desk }] = looks
  expect(await again.look(desk)).toBe(false)
  state.nowMs = 31_000
  expect(await again.look(desk)).toBe(true)
  expect(desk.missing).toBe(1)
})
