import type { Optimisation, SearchState } from "#engine/run"
import { database } from "./database.ts"

/** A search for good params, under way or done, kept so that a reload loses nothing. */
export type KeptOptimisation = {
  id: string
  /** What it is about: the same rules, markets and settings have the same. */
  subject: string
  changedAtMs: number
  /** What was asked, as whoever asked can read it again. */
  asked: object
  /** Which candles and which engine its state is of: with others it begins anew. */
  basis?: string
  /** How far it is, from 0 to 1. */
  share: number
  /** What it found; absent while it is not finished. */
  optimisation?: Optimisation
}

/** Where an unfinished search goes on. */
export type OptimisationState = { id: string; state: SearchState }

/** The oldest make room beyond this. */
export const MOST_OPTIMISATIONS = 20

/** Keeps a search that begins, or one that was forgotten and comes back. */
export async function putOptimisation(kept: KeptOptimisation, state?: SearchState): Promise<void> {
  await database.transaction("rw", database.optimisations, database.optimisationStates, async () => {
    await database.optimisations.put(kept)
    if (state) await database.optimisationStates.put({ id: kept.id, state })
    const old = await database.optimisations.orderBy("changedAtMs").reverse().offset(MOST_OPTIMISATIONS).primaryKeys()
    await database.optimisations.bulkDelete(old)
    await database.optimisationStates.bulkDelete(old)
  })
}

/** Keeps how far a search is; one that was forgotten meanwhile stays forgotten. */
export async function keepState(
  { id, ...change }: Pick<KeptOptimisation, "id" | "share" | "basis" | "changedAtMs">,
  state: SearchState,
): Promise<void> {
  await database.transaction("rw", database.optimisations, database.optimisationStates, async () => {
    const isThere = await database.optimisations.update(id, change)
    if (isThere) await database.optimisationStates.put({ id, state })
  })
}

/** Keeps what a search found, in place of its state. */
export async function keepFound(
  { id, changedAtMs }: Pick<KeptOptimisation, "id" | "changedAtMs">,
  optimisation: Optimisation,
): Promise<void> {
  await database.transaction("rw", database.optimisations, database.optimisationStates, async () => {
    await database.optimisations.update(id, { optimisation, share: 1, changedAtMs })
    await database.optimisationStates.delete(id)
  })
}

export function findOptimisation(id: string): Promise<KeptOptimisation | undefined> {
  return database.optimisations.get(id)
}

/** Where to go on; undefined before its first generation. */
export async function stateOf(id: string): Promise<SearchState | undefined> {
  return (await database.optimisationStates.get(id))?.state
}

/** The searches about a subject, newest first. */
export async function optimisationsOf(subject: string): Promise<KeptOptimisation[]> {
  const kept = await database.optimisations.where("subject").equals(subject).toArray()
  return kept.toSorted((a, b) => b.changedAtMs - a.changedAtMs)
}

/** Takes a search away; what it answers with puts it back. */
export async function forgetOptimisation(id: string): Promise<(() => Promise<void>) | undefined> {
  const [kept, state] = await Promise.all([findOptimisation(id), stateOf(id)])
  await database.transaction("rw", database.optimisations, database.optimisationStates, async () => {
    await database.optimisations.delete(id)
    await database.optimisationStates.delete(id)
  })
  return kept && (() => putOptimisation(kept, state))
}
