import type { MarketCandles } from "../engine/engine-session.ts"
import { robustnessOf, type RobustnessNews } from "../robustness/robustness.ts"
import type { RobustnessRequest } from "../robustness/robustness-request.ts"
import type { Optimisation, Optimised, OptimiseNews, OptimiseRequest } from "./optimisation.ts"
import { optimise, type OptimiseOptions } from "./optimise.ts"
import type { TaskRunner } from "./optimise-task.ts"

/** Of all the work, in what is shown of progress. */
const SEARCH_SHARE = 0.8
/** Chance is asked so often about what was found, and not more often than about the search. */
const MOST_SHAKES = 200

export type ShakenMarkets = { markets: readonly MarketCandles[]; others?: readonly string[]; currency?: string }

/**
 * `optimise`, and then what is asked of any one strategy, over the whole period with the values that were found: orders
 * of trades, other pasts, costs, starts, entries by chance, moods, other markets.
 */
export async function optimiseAndShake(
  runner: TaskRunner,
  request: OptimiseRequest,
  markets: ShakenMarkets,
  options: OptimiseOptions = {},
): Promise<Optimised> {
  let last: OptimiseNews | undefined
  const onNews = (news: OptimiseNews) => {
    last = news
    options.onNews?.({ ...news, share: news.share * SEARCH_SHARE })
  }
  const found = await optimise(runner, request, { ...options, onNews })
  if (!found.ok) return found
  const onShake = ({ share }: RobustnessNews) =>
    last && options.onNews?.({ ...last, stage: "robustness", share: SEARCH_SHARE + (1 - SEARCH_SHARE) * share })
  const asked = robustnessRequest(found.optimisation, request, markets)
  const shaken = await robustnessOf(runner, asked, { onNews: onShake, signal: options.signal })
  return shaken.ok ? { ok: true, optimisation: { ...found.optimisation, robustness: shaken.robustness } } : found
}

function robustnessRequest(
  { best, plan }: Optimisation,
  { terms, history, coinFlips = MOST_SHAKES }: OptimiseRequest,
  markets: ShakenMarkets,
): RobustnessRequest {
  return {
    terms: {
      space: { variants: [terms.space.variants[best.variant]], dimensions: [] },
      params: { ...terms.params, ...best.params },
      account: terms.account,
    },
    ...markets,
    period: { fromMs: history.fromMs, toMs: history.toMs },
    trials: Math.max(1, Math.min(MOST_SHAKES, coinFlips)),
    seed: plan.seed,
  }
}
