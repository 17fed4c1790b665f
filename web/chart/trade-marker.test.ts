import { HOUR_MS as HOUR } from "#engine/candles"
import fc from "fast-check"
import { expect, test } from "vitest"
import { type TradeMark, tradeMarkers, tradePlaces } from "./trade-marker.ts"

const trade = (entry: number, exit: number, side: "long" | "short" = "long"): TradeMark => ({
  side,
  entryTimeMs: entry * HOUR,
  exitTimeMs: exit * HOUR,
  entryPrice: 1,
  exitPrice: 2,
  profit: 1,
  profitPercent: 1,
})
const someTrades = fc.array(
  fc
    .tuple(fc.nat(400), fc.nat(40), fc.constantFrom("long" as const, "short" as const))
    .map(([entry, length, side]) => trade(entry, entry + length, side)),
  { maxLength: 200 },
)
const placesOf = (trades: TradeMark[]) =>
  trades.map(({ entryTimeMs, exitTimeMs }) => ({ entryBar: entryTimeMs / HOUR, exitBar: exitTimeMs / HOUR }))

test("a long trade is bought below and sold above, a short one the other way round", () => {
  const trades = [trade(2, 5), trade(10, 12, "short")]
  const markers = tradeMarkers(trades, placesOf(trades), { from: 0, to: 20, spacing: 20 })
  expect(markers.map(({ bar, isPurchase, isEntry }) => [bar, isPurchase, isEntry])).toEqual([
    [2, true, true],
    [5, false, false],
    [10, false, true],
    [12, true, false],
  ])
})

test("however crowded, every entry and exit in view is in one arrow, and arrows of a kind do not touch", () => {
  fc.assert(
    fc.property(someTrades, fc.double({ min: 0.05, max: 30, noNaN: true }), (trades, spacing) => {
      const markers = tradeMarkers(trades, placesOf(trades), { from: 50, to: 350, spacing })
      const shown = markers.reduce((sum, each) => sum + each.trades.length, 0)
      const inView = placesOf(trades)
        .flatMap(({ entryBar, exitBar }) => [entryBar, exitBar])
        .filter((bar) => bar >= 50 && bar <= 350)
      expect(shown).toBe(inView.length)
      for (const isPurchase of [true, false]) {
        const count = markers.filter((each) => each.isPurchase === isPurchase).length
        expect(count).toBeLessThanOrEqual((300 * spacing) / 13 + 2)
      }
    }),
  )
})

test("trades are on the bar of their moment, where bars are wider and where some are missing", () => {
  const openTimeMs = Float64Array.of(0, 4 * HOUR, 12 * HOUR, 16 * HOUR)
  const columns = { openTimeMs, barMs: 4 * HOUR } as Parameters<typeof tradePlaces>[1]
  expect(tradePlaces([trade(1, 5), trade(12, 19), trade(16, 400)], columns)).toEqual([
    { entryBar: 0, exitBar: 1 },
    { entryBar: 2, exitBar: 3 },
    { entryBar: 3, exitBar: 3 },
  ])
})
