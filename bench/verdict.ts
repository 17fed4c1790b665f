import {
  defaultAccount,
  dimensionsOf,
  type Engine,
  historyOf,
  optimise,
  type OptimiseRequest,
  TaskDesk,
} from "#engine/run"
import type { VerdictLevel } from "#engine/result"
import { benchStrategy } from "./bench-strategy.ts"
import { chanceMarket, type MarketKind } from "./chance-market.ts"

const crossing = benchStrategy({
  timeframe: "1h",
  params: { fast: { type: "int", value: 10, min: 2, max: 100 }, slow: { type: "int", value: 50, min: 2, max: 500 } },
  series: { quick: "sma(close, fast)", calm: "sma(close, slow)" },
  long: { enter: { all: ["crossover(quick, calm)"] }, exit: { any: ["crossunder(quick, calm)"] } },
  size: { kind: "equity", percent: 100 },
  protect: { stopLoss: { kind: "none" } },
})

const vary = { fast: [5, 10, 15, 20, 25, 30], slow: [20, 40, 60, 80, 100, 120, 140, 160, 180, 200] }

export type VerdictTerms = {
  kind: MarketKind
  seed: number
  candles?: number
  coinFlips?: number
  method?: OptimiseRequest["plan"]["method"]
}

/** What a search of two averages is said to have found on a made market: a year of hours unless said otherwise. */
export async function verdictOn(
  engine: Engine,
  { kind, seed, candles = 8_760, coinFlips, method = "grid" }: VerdictTerms,
): Promise<VerdictLevel | "nothing"> {
  const markets = [{ market: "A/USD", candles: chanceMarket(kind, { seed, candles }) }]
  const answer = await optimise(new TaskDesk(engine, { own: markets }), {
    terms: { space: { variants: [crossing], dimensions: dimensionsOf(vary) }, account: defaultAccount },
    plan: { method, trials: 40, seed: 1, objectives: ["sharpe"], minTrades: 30 },
    history: historyOf(markets, {}),
    holdOutPercent: 20,
    coinFlips,
  })
  return answer.ok ? answer.optimisation.verdict.level : "nothing"
}
