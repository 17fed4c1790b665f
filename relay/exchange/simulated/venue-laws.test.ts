import fc from "fast-check"
import { expect, test } from "vitest"
import type { OrderStatus } from "./matching/order.ts"
import { action, attempt, crowd } from "./testing/venue-action.ts"
import { checkAccepted, checkLocks, checkPriority, checkStep, holds, totals } from "./testing/venue-laws.ts"
import { openVenue } from "./testing/venue-orders.ts"

// The laws: whatever anybody sends, in any order, at any time.

test(
  "laws: no balance is ever negative, every coin is accounted for, locks match open orders, statuses and quantities only go forward, price and then time decide who trades",
  { timeout: 300_000 },
  () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 30 }), fc.nat(50), (actions, seed) => {
        const venue = openVenue(`law${seed}`)
        const ids = crowd(venue)
        const before = totals(venue)
        const last = new Map<number, { status: OrderStatus; executed: bigint }>()
        venue.listen((event) => {
          if (event.kind !== "execution") return
          checkStep(last, event.order)
          if (event.fill?.isMaker) checkPriority(venue, event.order, event.fill.price)
        })
        for (const act of actions) {
          attempt(venue, ids, act)
          for (const [asset, amount] of Object.entries(totals(venue)))
            holds(`every ${asset} is accounted for`, amount === (before[asset] ?? 0n))
          for (const id of ids) checkLocks(venue, id)
        }
        for (const placed of venue.orders.values()) checkAccepted(venue, placed)
      }),
      { numRuns: 2_000 },
    )
  },
)

test("laws: the same seed and the same requests give the same day, bit for bit", () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 10, maxLength: 30 }), (actions) => {
      const [first, second] = [0, 1].map(() => {
        const venue = openVenue("twice")
        const ids = crowd(venue)
        const heard: unknown[] = []
        venue.listen((event) => event.kind === "trade" && heard.push([event.atMs, event.trade]))
        for (const act of actions) attempt(venue, ids, act)
        return { heard, accounts: [...venue.accounts.values()], orders: [...venue.orders.values()] }
      })
      expect(second).toEqual(first)
    }),
    { numRuns: 15 },
  )
})
