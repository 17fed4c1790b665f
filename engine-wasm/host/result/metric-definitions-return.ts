import type { MetricDefinition } from "./metric-definition.ts"

/** What came out of it, by run, day, market and side. */
export const returnMetrics = [
  {
    key: "startEquity", label: "Start", unit: "money", better: "neither", group: "return",
    short: "The money you began with.",
    definition: "Starting cash in the quote currency.",
  },
  {
    key: "finalEquity", label: "End", unit: "money", better: "higher", group: "return",
    short: "The money you ended with.",
    definition: "Equity at the close of the last strategy candle: cash plus positions, net of fees. The starting cash for a run without candles.",
  },
  {
    key: "totalProfit", label: "Profit", unit: "money", better: "higher", group: "return",
    short: "The money gained or lost, after all costs.",
    definition: "Final equity - starting cash.",
  },
  {
    key: "excessReturnPercent", label: "Better than holding by", unit: "percent", better: "higher", group: "return",
    short: "How much more (or less) than doing nothing would have made.",
    definition: "Total return - market change, in percentage points.",
  },
  {
    key: "cagrPercent", label: "Yearly growth (CAGR)", unit: "percent", better: "higher", group: "return", needs: "days30",
    short: "The steady growth per year that would have led to the same end.",
    definition: "((final equity / starting cash) ^ (365 / days) - 1) x 100, with days the calendar days from the first candle's open to the last candle's close. -100 when nothing is left; undefined below one day.",
  },
  {
    key: "averageDailyReturnPercent", label: "Average day", unit: "percent", better: "higher", group: "return", needs: "days30",
    short: "What an ordinary day brought.",
    definition: "Mean of the daily UTC returns of equity x 100.",
  },
  {
    key: "bestDayPercent", label: "Best day", unit: "percent", better: "higher", group: "return",
    short: "The largest gain within one day.",
    definition: "Highest daily UTC return of equity x 100.",
  },
  {
    key: "worstDayPercent", label: "Worst day", unit: "percent", better: "higher", group: "return",
    short: "The largest loss within one day.",
    definition: "Lowest daily UTC return of equity x 100.",
  },
  {
    key: "winningDays", label: "Winning days", unit: "count", better: "higher", group: "return",
    short: "Days that ended with more money than they began.",
    definition: "UTC days with a return of equity above 0.",
  },
  {
    key: "drawDays", label: "Flat days", unit: "count", better: "neither", group: "return",
    short: "Days on which nothing changed, mostly days without a position.",
    definition: "UTC days with a return of equity of exactly 0.",
  },
  {
    key: "losingDays", label: "Losing days", unit: "count", better: "lower", group: "return",
    short: "Days that ended with less money than they began.",
    definition: "UTC days with a return of equity below 0.",
  },
  {
    key: "longProfit", label: "Profit of longs", unit: "money", better: "higher", group: "return",
    short: "What the bets on rising prices made.",
    definition: "Sum of the profits of long trades, after fees.",
  },
  {
    key: "shortProfit", label: "Profit of shorts", unit: "money", better: "higher", group: "return",
    short: "What the bets on falling prices made.",
    definition: "Sum of the profits of short trades, after fees.",
  },
  {
    key: "bestMarket", label: "Best market", unit: "text", better: "neither", group: "return",
    short: "The market that made the most.",
    definition: "Market with the highest sum of trade profits, among those traded; the first in the document's order when equal.",
  },
  {
    key: "bestMarketProfit", label: "Profit of the best market", unit: "money", better: "higher", group: "return",
    short: "What the best market made.",
    definition: "Sum of the profits of the best market's trades, after fees.",
  },
  {
    key: "worstMarket", label: "Worst market", unit: "text", better: "neither", group: "return",
    short: "The market that made the least.",
    definition: "Market with the lowest sum of trade profits, among those traded; the first in the document's order when equal.",
  },
  {
    key: "worstMarketProfit", label: "Profit of the worst market", unit: "money", better: "higher", group: "return",
    short: "What the worst market made or lost.",
    definition: "Sum of the profits of the worst market's trades, after fees.",
  },
] as const satisfies readonly MetricDefinition[]
