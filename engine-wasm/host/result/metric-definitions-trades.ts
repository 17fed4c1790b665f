import type { MetricDefinition } from "./metric-definition.ts"

/** What the single trades were like. "R" is a trade's profit / its initial risk (quantity x distance from entry to the first stop). */
export const tradeMetrics = [
  {
    key: "winCount", label: "Wins", unit: "count", better: "higher", group: "trades",
    short: "Trades that made money.",
    definition: "Trades with a profit above 0, after fees.",
  },
  {
    key: "drawCount", label: "Draws", unit: "count", better: "neither", group: "trades",
    short: "Trades that ended exactly even.",
    definition: "Trades with a profit of exactly 0, after fees.",
  },
  {
    key: "lossCount", label: "Losses", unit: "count", better: "lower", group: "trades",
    short: "Trades that lost money.",
    definition: "Trades with a profit below 0, after fees.",
  },
  {
    key: "tradesPerDay", label: "Trades per day", unit: "ratio", better: "neither", group: "trades",
    short: "How busy it is.",
    definition: "Trades / calendar days of the run.",
  },
  {
    key: "expectancy", label: "Average profit per trade", unit: "money", better: "higher", group: "trades", needs: "trades30",
    short: "What one more trade brings on average.",
    definition: "Sum of the trades' profits / trades, after fees, in the quote currency.",
  },
  {
    key: "expectancyR", label: "Expectancy in R", unit: "ratio", better: "higher", group: "trades", needs: "trades30",
    short: "What a trade brings for each unit of money it risks.",
    definition: "Mean of profit / initial risk, over the trades that had a stop. Source: Van Tharp, Trade Your Way to Financial Freedom.",
  },
  {
    key: "expectancyRatio", label: "Expectancy ratio", unit: "ratio", better: "higher", group: "trades", needs: "trades30",
    short: "Average result for each unit of an average loss; below 0 it loses.",
    definition: "(1 + payoff ratio) x wins / trades - 1. Infinity with wins and without a loss.",
  },
  {
    key: "payoffRatio", label: "Average win / average loss", unit: "ratio", better: "higher", group: "trades", needs: "trades30",
    short: "How large a usual win is compared with a usual loss.",
    definition: "Mean profit of winning trades / absolute mean profit of losing trades. 0 without a win, Infinity without a loss.",
  },
  {
    key: "sqn", label: "System quality (SQN)", unit: "ratio", better: "higher", group: "trades", needs: "trades30",
    short: "How steadily the trades win: above 1.6 is usable, above 3 excellent.",
    definition: "sqrt(min(N, 100)) x mean(R) / sample standard deviation of R (ddof 1), over the N trades that had a stop; when none had, over all trades with profit in place of R. Source: Van Tharp, Definitive Guide to Position Sizing.",
  },
  {
    key: "meanProfitPValue", label: "Chance that it was luck (p-value)", unit: "ratio", better: "lower", group: "trades", needs: "trades30",
    short: "How often trades with no edge at all would look this good or this bad; below 0.05 is worth a second look.",
    definition: "Two-sided one-sample t-test that the mean profit per trade (money, after fees) is 0, N - 1 degrees of freedom. Assumes independent trades; undefined below 2 trades or when all profits are equal. Source: Student, The Probable Error of a Mean (1908).",
  },
  {
    key: "averageTradePercent", label: "Average trade", unit: "percent", better: "higher", group: "trades", needs: "trades30",
    short: "What an average trade returned on the money put in.",
    definition: "Mean over the trades of profit / (quantity x entry price) x 100.",
  },
  {
    key: "averageWin", label: "Average win", unit: "money", better: "higher", group: "trades",
    short: "What a winning trade usually made.",
    definition: "Mean profit of the winning trades.",
  },
  {
    key: "averageLoss", label: "Average loss", unit: "money", better: "higher", group: "trades",
    short: "What a losing trade usually cost.",
    definition: "Mean profit of the losing trades, a negative number.",
  },
  {
    key: "bestTradeProfit", label: "Best trade", unit: "money", better: "higher", group: "trades",
    short: "The most one trade made.",
    definition: "Highest profit of a trade, after fees.",
  },
  {
    key: "bestTradePercent", label: "Best trade in percent", unit: "percent", better: "higher", group: "trades",
    short: "The best return of one trade on the money put in.",
    definition: "Highest profit / (quantity x entry price) x 100 of a trade.",
  },
  {
    key: "worstTradeProfit", label: "Worst trade", unit: "money", better: "higher", group: "trades",
    short: "The most one trade lost.",
    definition: "Lowest profit of a trade, after fees.",
  },
  {
    key: "worstTradePercent", label: "Worst trade in percent", unit: "percent", better: "higher", group: "trades",
    short: "The worst return of one trade on the money put in.",
    definition: "Lowest profit / (quantity x entry price) x 100 of a trade.",
  },
  {
    key: "longestWinStreak", label: "Most wins in a row", unit: "count", better: "higher", group: "trades",
    short: "The longest lucky row.",
    definition: "Most winning trades in a row, in the order they closed; a draw ends the row.",
  },
  {
    key: "longestLossStreak", label: "Most losses in a row", unit: "count", better: "lower", group: "trades",
    short: "The longest row of losses you must be able to stand.",
    definition: "Most losing trades in a row, in the order they closed; a draw ends the row.",
  },
  {
    key: "longCount", label: "Long trades", unit: "count", better: "neither", group: "trades",
    short: "Bets on rising prices.",
    definition: "Trades that bought first.",
  },
  {
    key: "shortCount", label: "Short trades", unit: "count", better: "neither", group: "trades",
    short: "Bets on falling prices.",
    definition: "Trades that sold first.",
  },
  {
    key: "openAtEndCount", label: "Open at the end", unit: "count", better: "neither", group: "trades",
    short: "Trades that were only closed because the data ended.",
    definition: "Trades with the exit reason endOfData, closed at the last close.",
  },
  {
    key: "ambiguousCandles", label: "Ambiguous candles", unit: "count", better: "lower", group: "trades",
    short: "Candles that hit stop and target, where we assumed the stop; finer candles would tell.",
    definition: "Base candles within which stop and target of a position both lay; the stop was taken.",
  },
  {
    key: "rejectedCount", label: "Refused orders", unit: "count", better: "lower", group: "trades",
    short: "Signals that could not be acted on, for lack of cash or because of a limit.",
    definition: "Rows of the run's rejected list; each has its reason.",
  },
] as const satisfies readonly MetricDefinition[]
