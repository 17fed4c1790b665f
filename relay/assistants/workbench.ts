import type { PublicMarkets } from "../desk/public-markets.ts"
import type { Jobs } from "../jobs/jobs.ts"
import type { Surroundings } from "../surroundings.ts"
import type { Drafts } from "./drafts.ts"

/** All that an outside assistant reaches: markets, tests, and drafts that a person may use. No account and no bot is behind it. */
export type Workbench = {
  jobs: Pick<Jobs, "backtest" | "optimise" | "find" | "asked" | "look">
  publicMarkets: Pick<PublicMarkets, "symbols">
  drafts: Drafts
  surroundings: Pick<Surroundings, "after" | "nowMs">
}

/** What an assistant asked for and why it cannot be had, in words it can act on. */
export class NotDone extends Error {
  override name = "NotDone"
}
