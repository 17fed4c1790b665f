import type { AccountSettings } from "./backtest-request.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"
import type { StrategyDocument } from "../strategy/document/strategy-document.ts"

/** The parts of a document that another program's fills do not support. Empty in the conservative mode. */
export function fillModeProblems(strategy: StrategyDocument, account: AccountSettings): StrategyProblem[] {
  if (account.fills === "conservative") return []
  const parts = [
    ...unknownToBoth(strategy, account),
    ...(account.fills === "freqtrade" ? unknownToFreqtrade(strategy) : unknownToBacktestingPy(strategy)),
  ]
  return parts.map((path) => ({
    path,
    because: `the fills of ${account.fills} have nothing like this; leave it out or use the conservative fills`,
  }))
}

function unknownToBoth({ protect, add }: StrategyDocument, account: AccountSettings): string[] {
  return named({
    "protect.breakEven": protect.breakEven !== null,
    add: add !== null,
    "account.slippagePercent": account.slippagePercent !== 0,
    "account.delayCandles": account.delayCandles !== 0,
  })
}

function unknownToFreqtrade({ protect }: StrategyDocument): string[] {
  return named({
    "protect.stopLoss": protect.stopLoss.kind === "atr" || protect.stopLoss.kind === "price",
    "protect.takeProfit": protect.takeProfit.length > 0,
  })
}

function unknownToBacktestingPy({ protect }: StrategyDocument): string[] {
  return named({
    "protect.trailing": protect.trailing !== null,
    "protect.roi": protect.roi.length > 0,
    "protect.takeProfit": protect.takeProfit.length > 1,
  })
}

function named(parts: Record<string, boolean>): string[] {
  return Object.keys(parts).filter((path) => parts[path])
}
