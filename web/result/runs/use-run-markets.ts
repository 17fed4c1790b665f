import type { SavedRun } from "../../db/saved-run.ts"
import { sampleMarket } from "../../db/sample-market.ts"
import { useMarkets } from "../../market/index.ts"
import { setupFromSearch } from "../../run/run-setup.ts"
import type { JobMarket } from "../../run/setup-job.ts"
import { parseSearch } from "../../search-text.ts"

/** Whether the candles of a kept run are still in this browser; with all its markets where they are. */
export type RunMarkets = { state: "loading" | "gone" } | { state: "here"; markets: [JobMarket, ...JobMarket[]] }

/** The markets of a kept run as they are now. */
export function useRunMarkets({ address }: SavedRun): RunMarkets {
  const answer = useMarkets()
  const { market, also } = setupFromSearch(parseSearch(address))
  const kept = answer.state === "ready" ? answer.value : []
  const found = [market, ...also].map((wanted) => [sampleMarket, ...kept].find(({ id }) => id === wanted))
  const [first, ...beside] = found.flatMap((each) => each ?? [])
  if (first && beside.length === also.length) return { state: "here", markets: [first, ...beside] }
  return { state: answer.state === "loading" ? "loading" : "gone" }
}
