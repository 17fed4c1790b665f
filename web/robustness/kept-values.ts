import { changesBetween, type WrittenStrategy } from "#engine/strategy"
import { endDeletion } from "../db/deleted-strategy.ts"
import {
  changeDraft,
  describeStrategy,
  findStrategy,
  keepStrategy,
  keepVersion,
  rollBack,
} from "../db/kept-strategy.ts"

/** What is to be kept of a search, and where it comes from. */
export type ValuesToKeep = {
  /** The strategy of the library that was searched; without one it was a template, which is kept first. */
  strategyId: string | undefined
  /** As it was searched. */
  before: WrittenStrategy
  /** With the values that were found. */
  document: WrittenStrategy
  /** Why there is this version, in words. */
  how: string
  /** Where a template comes from: "from the template Donchian trend". */
  origin: string
  /** Where it was tested, as an address says it. */
  settings: string
}

/** The version that holds the values, and the way back. */
export type KeptValues = { strategyId: string; version: number; takeBack: () => Promise<void> }

/** Thrown where the strategy is no longer in the library; the message is for the person. */
export class StrategyGone extends Error {
  constructor() {
    super(
      "This strategy was deleted meanwhile. What was found is still here: keep the strategy again, or bring it back.",
    )
  }
}

/** Keeps found values as the next version of a strategy; what was not yet in a version becomes one before. */
export async function keepValues(wanted: ValuesToKeep): Promise<KeptValues> {
  const { before, document, how, origin, settings } = wanted
  const isNew = wanted.strategyId === undefined
  const id = wanted.strategyId ?? (await keepStrategy({ document: before, origin, settings })).id
  await keepVersion(id, "before values from a search")
  const kept = await findStrategy(id)
  if (!kept) throw new StrategyGone()
  await changeDraft(id, changesBetween(kept.draft, document))
  const version = await keepVersion(id, how)
  return {
    strategyId: id,
    version: version?.number ?? kept.version,
    takeBack: () => (isNew ? forget(id) : rollBack(id, kept.version).then(() => {})),
  }
}

async function forget(id: string): Promise<void> {
  await describeStrategy(id, { deletedAtMs: Date.now() })
  await endDeletion(id)
}
