import fc from "fast-check"
import { expect, test } from "vitest"
import { BookField } from "../assembly/account/record.ts"
import { prepareRun } from "../host/run/engine/engine-run.ts"
import { openSession } from "../host/run/engine/engine-session.ts"
import { newInstance } from "../host/run/engine/engine.ts"
import { builtEngine } from "./built-engine.ts"
import { evenRun, plainRun, requestOf, type RandomRun } from "./random-run.ts"

const engine = await builtEngine()
const instance = newInstance(engine)

/** No run has so many candles: the stop never comes, but the engine may skip no candle for it. */
const NEVER_CANDLES = 1_000_000
/** The best price is kept only for levels that follow it. */
const fields = Object.values(BookField).filter(
  (field) => typeof field === "number" && field !== BookField.bestPrice,
) as number[]

/** The position and orders of each market after all candles, before what is open is closed. */
function booksAfter(plan: RandomRun, timeStop: { candles: number } | null): number[][] {
  const floor = instance.mark()
  const { strategy, ...request } = requestOf(plan)
  const session = openSession(engine, request.markets, instance)
  const prepared = prepareRun(session, {
    ...request,
    strategy: { ...strategy, protect: { ...strategy.protect, timeStop } },
  })
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
  while (instance.advance(1024, Infinity) > 0) continue
  const books = request.markets.map((_, n) => fields.map((field) => instance.bookValue(n, field)))
  instance.release(floor)
  return books
}

for (const [kind, runs] of Object.entries({ "one market": plainRun, "markets that share every candle": evenRun }))
  test(`candles that are skipped have passed for the position all the same, over ${kind}`, () => {
    let held = 0
    fc.assert(
      fc.property(runs, (plan) => {
        const books = booksAfter(plan, null)
        expect(books).toEqual(booksAfter(plan, { candles: NEVER_CANDLES }))
        held += books.filter((book) => book[fields.indexOf(BookField.candlesHeld)] > 1).length
      }),
      { numRuns: 200 },
    )
    expect(held, "positions that were held for some candles").toBeGreaterThan(20)
  })
