import { type AccountSettings, type Engine, type MarketCandles, openSession, whyAlone } from "#engine/run"
import type { StrategyDocument } from "#engine/strategy"
import { report } from "./answer.ts"

/** Says on stderr whether a strategy's combinations run over the candles together, and else why not. */
export function explainSpeed(
  engine: Engine,
  markets: readonly MarketCandles[],
  request: { strategy: StrategyDocument; account: AccountSettings },
): void {
  const because = whyAlone(openSession(engine, markets), request)
  report(
    because === undefined
      ? "All combinations run over the candles together."
      : `Each combination runs by itself, which takes longer. ${because}`,
  )
}
