import Dexie, { type Transaction } from "dexie"
import { runIdOf } from "./run-id.ts"
import type { SavedRun } from "./saved-run.ts"

/** Until version 6 a run's id was its address, and it kept nothing but its figures. */
type OldRun = Omit<SavedRun, "address" | "strategyId" | "note" | "detail">

/** Gives each run an id of what decided it, inside the upgrade's transaction: all or nothing. */
export async function moveRuns(transaction: Transaction): Promise<void> {
  const runs = transaction.table("runs")
  const old = (await runs.toArray()) as OldRun[]
  // The upgrade's transaction would end while the browser hashes; Dexie keeps it open.
  const moved = await Dexie.waitFor(Promise.all(old.map(withOwnId)))
  await runs.clear()
  await runs.bulkPut(moved)
}

async function withOwnId(run: OldRun): Promise<SavedRun> {
  const addressed = { ...run, address: run.id }
  return { ...addressed, id: await runIdOf(addressed) }
}
