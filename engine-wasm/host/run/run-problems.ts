import type { BacktestRequest } from "./backtest-request.ts"
import type { StrategyProblem } from "../strategy/document/strategy-document-problems.ts"

/** What prevents a run, beside the strategy itself: the account's numbers and the candles. Empty: it can run. */
export function runProblems({ account, markets, fromMs }: BacktestRequest): StrategyProblem[] {
  return [...accountProblems(account), ...marketProblems(markets), ...periodProblems(markets, fromMs)]
}

/** Numbers of an account that no account has. Empty: they can be. */
export function accountProblems(account: BacktestRequest["account"]): StrategyProblem[] {
  const bounds = [
    {
      path: "account.cash",
      value: account.cash,
      min: Number.MIN_VALUE,
      max: 1e15,
      because: "start with an amount of cash above 0",
    },
    {
      path: "account.feePercent",
      value: account.feePercent,
      min: 0,
      max: 50,
      because: "a fee is between 0 and 50 percent",
    },
    {
      path: "account.slippagePercent",
      value: account.slippagePercent,
      min: 0,
      max: 50,
      because: "slippage is between 0 and 50 percent",
    },
    {
      path: "account.delayCandles",
      value: Number.isInteger(account.delayCandles) ? account.delayCandles : NaN,
      min: 0,
      max: 100_000,
      because: "the delay is a whole number of candles, 0 or more",
    },
    {
      path: "account.minNotional",
      value: account.minNotional,
      min: 0,
      max: 1e15,
      because: "the minimum order value is 0 or more",
    },
    {
      path: "account.quantityStep",
      value: account.quantityStep,
      min: 0,
      max: 1e15,
      because: "the quantity step is 0 or more",
    },
    { path: "account.priceTick", value: account.priceTick, min: 0, max: 1e15, because: "the price tick is 0 or more" },
    { path: "account.leverage", value: account.leverage, min: 1, max: 125, because: "leverage is between 1 and 125" },
  ]
  const bad = bounds.filter(({ value, min, max }) => !(value >= min && value <= max))
  return bad.map(({ path, because }) => ({ path, because }))
}

function marketProblems(markets: BacktestRequest["markets"]): StrategyProblem[] {
  if (markets.length === 0) return [{ path: "markets", because: "choose at least one market with candles" }]
  const empty = markets.filter(({ candles }) => candles.openTimeMs.length === 0)
  const again = markets.filter(({ market }, n) => markets.findIndex((one) => one.market === market) < n)
  return [
    ...empty.map(({ market }) => ({ path: "markets", because: `${market} has no candles in this period` })),
    ...again.map(({ market }) => ({
      path: "markets",
      because: `${market} appears twice; give each market its candles once`,
    })),
  ]
}

/** A run that could not begin would look like a strategy that never trades. */
function periodProblems(markets: BacktestRequest["markets"], fromMs = -Infinity): StrategyProblem[] {
  const lastMs = Math.max(...markets.map(({ candles }) => candles.openTimeMs.at(-1) ?? NaN))
  return lastMs < fromMs ? [{ path: "from", because: "there are no candles from this time on; begin earlier" }] : []
}
