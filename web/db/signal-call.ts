import type { SignalCall } from "#engine/run"
import { database } from "./database.ts"

/** A call as it is kept; `dueMs` is when its outcome is known. */
export type KeptCall = SignalCall & { dueMs: number }

/** Older ones make room beyond this. */
export const MOST_CALLS = 20_000

/** Keeps calls before their outcome is known; one that was kept under the same id stays as it was. */
export async function putCalls(calls: readonly KeptCall[]): Promise<void> {
  await database.transaction("rw", database.signalCalls, async () => {
    const known = await database.signalCalls.bulkGet(calls.map(({ id }) => id))
    await database.signalCalls.bulkPut(calls.filter((_, at) => known[at] === undefined))
    const tooMany = (await database.signalCalls.count()) - MOST_CALLS
    if (tooMany > 0) await database.signalCalls.orderBy("candleClosedMs").limit(tooMany).delete()
  })
}

/** The calls of a market, the newest candle first. */
export async function callsOf(market: string): Promise<KeptCall[]> {
  const calls = await database.signalCalls.where("market").equals(market).toArray()
  return calls.toSorted((a, b) => b.candleClosedMs - a.candleClosedMs)
}

/** Calls that are due by now and still wait for their outcome. */
export function dueCalls(nowMs: number): Promise<KeptCall[]> {
  return database.signalCalls
    .where("dueMs")
    .belowOrEqual(nowMs)
    .filter(({ outcome }) => outcome === null)
    .toArray()
}

/** Notes what came of a call; an outcome that is known stays. */
export async function settleCall(id: string, outcome: NonNullable<KeptCall["outcome"]>): Promise<void> {
  await database.signalCalls
    .where("id")
    .equals(id)
    .filter((call) => call.outcome === null)
    .modify({ outcome })
}
