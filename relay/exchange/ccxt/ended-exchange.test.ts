import { expect, test } from "vitest"
import type { Cancel } from "../../surroundings.ts"
import type { VirtualTime } from "../simulated/virtual-time.ts"
import { venueInside } from "./testing/venue-inside.ts"

test("an exchange that is closed leaves no wait behind, so that nothing keeps a relay that ends", async () => {
  const waits = new Map<Cancel, number>()
  const { exchange, time, until } = await venueInside({}, (real) => ({
    clock: Object.assign(Object.create(real) as VirtualTime, {
      after: (ms: number, act: () => void) => {
        const cancel = real.after(ms, () => {
          waits.delete(stop)
          act()
        })
        const stop = () => {
          waits.delete(stop)
          cancel()
        }
        waits.set(stop, ms)
        return stop
      },
    }),
  }))
  exchange.watchAccount(["BTC/USDT", "ETH/USDT"], () => {})
  await time.advance(5_000)
  expect(Math.max(...waits.values())).toBeGreaterThan(10_000)
  await until(exchange.close())
  expect([...waits.values()]).toEqual([])
})
