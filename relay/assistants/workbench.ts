import type { PublicMarkets } from "../desk/public-markets.ts"
import type { Jobs } from "../jobs/jobs.ts"
import type { Surroundings } from "../surroundings.ts"
import type { Drafts } from "./drafts.ts"

/** All that an outside assistant reaches: markets, tests, and drafts that a person may use. No account and no bot is behind it. */
export type Workbench = {
  jobs: Pick<Jobs, "backtest" | "optimise" | "find" | "asked" | "look" | "isOf">
  publicMarkets: Pick<PublicMarkets, "symbols">
  drafts: Pick<Drafts, "list" | "save" | "remove">
  surroundings: Pick<Surroundings, "after" | "nowMs">
}

/** The workbench as one person's assistants find it: tests and drafts of their own. */
export function benchOf({ jobs, drafts, ...bench }: Workbench, person: string): Workbench {
  const own = async <Found>(id: string, find: () => Promise<Found>) =>
    (await jobs.isOf(id, person)) ? find() : undefined
  return {
    ...bench,
    drafts: {
      list: () => drafts.list(person),
      save: (written) => drafts.save({ ...written, person }),
      remove: (id) => drafts.remove(id),
    },
    jobs: {
      backtest: (wanted) => jobs.backtest(wanted, person),
      optimise: (wanted) => jobs.optimise(wanted, person),
      isOf: (id) => jobs.isOf(id, person),
      find: (id) => own(id, () => jobs.find(id)),
      asked: (id) => own(id, () => jobs.asked(id)),
      look: (id, look) => own(id, () => jobs.look(id, look)),
    },
  }
}

/** What an assistant asked for and why it cannot be had, in words it can act on. */
export class NotDone extends Error {
  override name = "NotDone"
}
