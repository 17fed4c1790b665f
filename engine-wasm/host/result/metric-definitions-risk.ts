import type { MetricDefinition } from "./metric-definition.ts"

/** What it felt like to sit through it. */
export const riskMetrics = [
  {
    key: "sortino", label: "Sortino ratio", unit: "ratio", better: "higher", group: "risk", needs: "days30",
    short: "Like Sharpe, but only falling days count as risk.",
    definition: "Mean of the daily UTC returns / downside deviation x sqrt(365), where downside deviation = sqrt(sum of min(return, 0)^2 / N) over all N days, target 0. Infinity when no day lost. Source: Sortino & Price, Performance Measurement in a Downside Risk Framework (1994).",
  },
  {
    key: "calmar", label: "Calmar ratio", unit: "ratio", better: "higher", group: "risk", needs: "days30",
    short: "Yearly growth compared with the worst dip.",
    definition: "CAGR / maximum drawdown of equity, both in percent, over the whole run. Infinity with growth and no drawdown. Source: Young, Calmar Ratio: A Smoother Tool (1991), there over 36 months.",
  },
  {
    key: "recoveryFactor", label: "Recovery factor", unit: "ratio", better: "higher", group: "risk",
    short: "Profit compared with the money lost in the worst dip.",
    definition: "Profit / money of the maximum drawdown.",
  },
  {
    key: "volatilityPercent", label: "Yearly volatility", unit: "percent", better: "lower", group: "risk", needs: "days30",
    short: "How much the money wobbles in a year.",
    definition: "Sample standard deviation (ddof 1) of the daily UTC returns x sqrt(365) x 100.",
  },
  {
    key: "maxDrawdownMoney", label: "Worst dip in money", unit: "money", better: "lower", group: "risk",
    short: "The money that was gone at the bottom of the worst dip.",
    definition: "Peak equity - bottom equity of the fall that is the largest in percent.",
  },
  {
    key: "drawdownStartMs", label: "Worst dip began", unit: "time", better: "neither", group: "risk",
    short: "When the worst dip began.",
    definition: "Open time of the strategy candle with the peak before the maximum drawdown (the last one when equal); the run's start when that peak is the starting cash.",
  },
  {
    key: "drawdownBottomMs", label: "Worst dip's bottom", unit: "time", better: "neither", group: "risk",
    short: "When the worst dip was deepest.",
    definition: "Open time of the strategy candle with the lowest equity of the maximum drawdown.",
  },
  {
    key: "drawdownRecoveryMs", label: "Worst dip was made good", unit: "time", better: "neither", group: "risk",
    short: "When the money lost in the worst dip was back; empty if it never was.",
    definition: "Open time of the first strategy candle after the bottom with equity at or above the peak.",
  },
  {
    key: "longestUnderwaterDays", label: "Longest time under water", unit: "days", better: "lower", group: "risk",
    short: "The longest wait for a new high.",
    definition: "Longest time, in days, from a peak's candle to the candle that reached it again, or to the last candle; the starting cash counts from the first open.",
  },
  {
    key: "minEquity", label: "Lowest balance", unit: "money", better: "higher", group: "risk",
    short: "The least you ever had.",
    definition: "Lowest equity at any strategy candle's close, the starting cash included.",
  },
  {
    key: "maxEquity", label: "Highest balance", unit: "money", better: "higher", group: "risk",
    short: "The most you ever had.",
    definition: "Highest equity at any strategy candle's close, the starting cash included.",
  },
  {
    key: "exposurePercent", label: "Time in the market", unit: "percent", better: "neither", group: "risk",
    short: "How much of the time money was at stake.",
    definition: "Strategy candles at whose close a position was open / all strategy candles of the run x 100.",
  },
] as const satisfies readonly MetricDefinition[]
